"""The rules of each guild: in memory for a moment, in the store for good."""

import logging
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

from bot.assistant.expiring_cache import ExpiringCache
from bot.assistant.house.rules import NAMES, OwnRules, Rules, own_rules, rules_of
from bot.config import LimitsSettings
from bot.store.guild_settings import GuildSettingsStore

log = logging.getLogger(__name__)

READ_AGAIN_AFTER = timedelta(seconds=10)
"""How long another process's change may go unnoticed."""

KEPT_AFTER_LEAVING = timedelta(days=30)
"""How long the settings of a guild are kept that has removed the bot, which may have been a mistake."""

_GUILDS_IN_MEMORY = 10_000


class House:
    """Gives and changes the rules of guilds. Every method raises StoreError."""

    def __init__(
        self, *, settings: GuildSettingsStore, operator: LimitsSettings, clock: Callable[[], datetime]
    ) -> None:
        self._settings = settings
        self._operator = operator
        self._clock = clock
        self._known: ExpiringCache[str, Rules] = ExpiringCache(
            size=_GUILDS_IN_MEMORY, lifetime=READ_AGAIN_AFTER, clock=clock
        )
        self._changes = 0

    @property
    def operator(self) -> LimitsSettings:
        """What the operator allows at the most."""
        return self._operator

    async def rules(self, guild: str | None) -> Rules:
        """Return what holds in a guild; in private, for which None stands, the operator's defaults."""
        if guild is None:
            return rules_of(OwnRules(), self._operator)
        if known := self._known.get(guild):
            return known
        changes = self._changes
        rules = rules_of(await self.own(guild), self._operator)
        if changes == self._changes:  # otherwise it may have been read before that change
            self._known.put(guild, rules)
        return rules

    async def own(self, guild: str) -> OwnRules:
        """Return what a guild has set itself, read anew."""
        return own_rules(await self._settings.get(guild), guild=guild)

    async def change(self, guild: str, **values: Any) -> Rules:
        """Set rules by their names (see OwnRules) and return what holds then; None takes one back to its default.

        Of two admins at once the last one's value stands for each rule, and nothing of the other's other rules is
        lost. Raises pydantic's ValidationError for a value that can't be one: front ends check before.
        """
        unknown = values.keys() - set(NAMES)
        assert not unknown, f"no rules: {unknown}"
        given = OwnRules.model_validate(values).model_dump(mode="json")
        stored = await self._settings.change(guild, {name: given[name] for name in values})
        self._changes += 1
        rules = rules_of(own_rules(stored, guild=guild), self._operator)
        self._known.put(guild, rules)
        return rules

    async def reset(self, guild: str) -> Rules:
        """Take every rule back to its default and return what holds then."""
        return await self.change(guild, **dict.fromkeys(NAMES))

    async def left(self, guild: str) -> None:
        """Note that the bot was removed from a guild: its settings go after KEPT_AFTER_LEAVING."""
        await self._settings.left(guild, now=self._clock().timestamp())

    async def joined(self, guild: str) -> None:
        """Note that the bot is in a guild, perhaps again: its settings stay."""
        await self._settings.joined(guild)

    async def present(self, guilds: Collection[str]) -> None:
        """Note in which guilds the bot is, and delete the settings of those that it left long ago."""
        now = self._clock()
        await self._settings.present(guilds, now=now.timestamp())
        await self.purge()

    async def purge(self) -> int:
        """Delete the settings of guilds that the bot left more than KEPT_AFTER_LEAVING ago; return how many guilds."""
        gone = await self._settings.purge((self._clock() - KEPT_AFTER_LEAVING).timestamp())
        if gone:
            log.info("deleted the settings of %d servers that removed the bot", gone)
        return gone
