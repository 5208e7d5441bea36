"""Every digest there is: those of DIGEST_CHANNEL_IDS and those that servers set up."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.config import DigestSettings
from bot.i18n.translation import gettext, phrase
from bot.store.digests import SETTINGS_PREFIX, DigestDefinition, DigestStore
from bot.user_data import DIGEST_SIGNATURE

SETTINGS_NAME = phrase("New papers")
"""The name of a digest that the settings define."""


def display_name(name: str) -> str:
    """Return a digest's name as members read it: as its server gave it, or the settings' name translated."""
    return gettext(name) if name == SETTINGS_NAME else name


class DigestDefinitions:
    """Reads definitions, wherever they come from."""

    def __init__(self, *, store: DigestStore, defaults: DigestSettings) -> None:
        self._store = store
        self.default = DigestDefinition(
            key="",
            guild=None,
            channel=0,
            name=str(SETTINGS_NAME),
            at=defaults.time.replace(second=0, microsecond=0),
            zone=defaults.time_zone,
            length=defaults.papers,
        )
        """What the settings say of digests, for no channel: what is mailed."""
        self._of_settings = tuple(
            replace(self.default, key=f"{SETTINGS_PREFIX}{channel}", channel=channel)
            for channel in defaults.channel_ids
        )

    async def all(self) -> Sequence[DigestDefinition]:
        """Return every definition, those of the settings first."""
        return (*self._of_settings, *await self._store.all())

    async def get(self, key: str) -> DigestDefinition | None:
        """Return the definition with this key, or None."""
        found = next((definition for definition in self._of_settings if definition.key == key), None)
        return found or await self._store.get(key)

    async def export(self, user: str) -> list[dict[str, Any]]:
        """Return the digests that a user set up, as values of JSON. The digests themselves are their servers'."""
        return [
            {
                "what": DIGEST_SIGNATURE,
                "server": definition.guild,
                "channel": str(definition.channel),
                "name": definition.name,
            }
            for definition in await self._store.of_user(user)
        ]

    async def forget_user(self, user: str) -> int:
        """Forget that a user set digests up; return how many."""
        return await self._store.forget_user(user)

    def of_channels(self, channels: Sequence[int]) -> Sequence[DigestDefinition]:
        """Return the definitions that the settings make for some channels."""
        return [definition for definition in self._of_settings if definition.channel in channels]
