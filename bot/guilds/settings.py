"""The rules of each guild: in memory for a moment, in the store for good."""

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

from cachetools import TTLCache
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from bot.config import LimitsSettings
from bot.i18n.languages import ANSWER_LANGUAGES, AUTO, INTERFACE_LANGUAGES
from bot.store.guild_settings import GuildSettingsStore

log = logging.getLogger(__name__)

MOST_PLACES = 25
"""How many channels or roles a guild can name: what a menu in Discord can hold."""

MOST_COOLDOWN_SECONDS = 3600
MOST_ANSWERS = 100_000

_Id = Annotated[str, Field(pattern=r"^[0-9]{1,20}$")]
_Ids = Annotated[tuple[_Id, ...], Field(max_length=MOST_PLACES)]


class OwnRules(BaseModel):
    """What a guild has set; None where it has not. Names that this version doesn't know are left out."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    channels: _Ids | None = None
    roles: _Ids | None = None
    answer_language: str | None = None
    interface_language: str | None = None
    cooldown_seconds: int | None = Field(None, ge=1, le=MOST_COOLDOWN_SECONDS)
    user_answers: int | None = Field(None, ge=1, le=MOST_ANSWERS)
    guild_answers: int | None = Field(None, ge=1, le=MOST_ANSWERS)
    channel_memory: bool | None = None

    @field_validator("answer_language", "interface_language")
    @classmethod
    def _known(cls, value: str | None, info: Any) -> str | None:
        known = ANSWER_LANGUAGES if info.field_name == "answer_language" else INTERFACE_LANGUAGES
        if value is not None and value not in known:
            raise ValueError("isn't an available language")
        return value


NAMES = tuple(OwnRules.model_fields)
"""The names of the rules, as they are stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What holds in a guild. `own` are the names of the rules that the guild has set itself.

    No channels or roles: all of them. Languages are codes, or AUTO. Seconds between two answers to a user, answers a
    day (UTC) to a user and to all in the guild; 0: no limit.
    """

    channels: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    answer_language: str = AUTO
    interface_language: str = AUTO
    cooldown_seconds: int = 0
    user_answers: int = 0
    guild_answers: int = 0
    channel_memory: bool = False
    own: frozenset[str] = frozenset()


def own_rules(stored: Mapping[str, Any], *, guild: str) -> OwnRules:
    """Return what a guild has set. A value that can't be one is left out, with a line in the log."""
    try:
        return OwnRules.model_validate(stored)
    except ValidationError as error:
        wrong = {str(problem["loc"][0]) for problem in error.errors()}
        log.warning("server %s has invalid settings, which are ignored: %s", guild, ", ".join(sorted(wrong)))
        return OwnRules.model_validate({name: value for name, value in stored.items() if name not in wrong})


def rules_of(own: OwnRules, operator: LimitsSettings) -> Rules:
    """Return what holds.

    The operator pays for the model, so that a guild can only tighten the operator's limits: ask for more time between
    answers, and give fewer answers a day. Where the operator set none, the guild is free. Everything else is the
    guild's alone.
    """
    return Rules(
        channels=own.channels or (),
        roles=own.roles or (),
        answer_language=own.answer_language or AUTO,
        interface_language=own.interface_language or AUTO,
        cooldown_seconds=max(own.cooldown_seconds or 0, operator.cooldown_seconds),
        user_answers=_fewer(own.user_answers, operator.user_answers),
        guild_answers=_fewer(own.guild_answers, operator.guild_answers),
        channel_memory=bool(own.channel_memory),
        own=frozenset(name for name in NAMES if _holds(name, own, operator)),
    )


def _fewer(own: int | None, operator: int) -> int:
    return min(own, operator) if own and operator else own or operator


def _holds(name: str, own: OwnRules, operator: LimitsSettings) -> bool:
    """Whether a guild's own value is what holds, rather than the operator's, which it can't loosen."""
    value = getattr(own, name)
    if value is None:
        return False
    if name == "cooldown_seconds":
        return bool(value >= operator.cooldown_seconds)
    if name in {"user_answers", "guild_answers"}:
        return bool(value == _fewer(value, getattr(operator, name)))
    return True


READ_AGAIN_AFTER = timedelta(seconds=10)
"""How long another process's change may go unnoticed."""

KEPT_AFTER_LEAVING = timedelta(days=30)
"""How long the settings of a guild are kept that has removed the bot, which may have been a mistake."""

_GUILDS_IN_MEMORY = 10_000


class GuildSettings:
    """Gives and changes the rules of guilds. Every method raises StoreError."""

    def __init__(
        self, *, settings: GuildSettingsStore, operator: LimitsSettings, clock: Callable[[], datetime]
    ) -> None:
        self._settings = settings
        self._operator = operator
        self._clock = clock
        self._known: TTLCache[str, Rules] = TTLCache(
            _GUILDS_IN_MEMORY, ttl=READ_AGAIN_AFTER.total_seconds(), timer=lambda: clock().timestamp()
        )
        self._changes = 0

    @property
    def operator(self) -> LimitsSettings:
        """What the operator allows at the most."""
        return self._operator

    async def rules(self, guild: str | None) -> Rules:
        """Return what holds in a guild; in private (None), the operator's defaults."""
        if guild is None:
            return rules_of(OwnRules(), self._operator)
        if known := self._known.get(guild):
            return known
        changes = self._changes
        rules = rules_of(await self.own(guild), self._operator)
        if changes == self._changes:  # otherwise it may have been read before that change
            self._known[guild] = rules
        return rules

    async def answer_language(self, guild: str | None) -> str:
        """Return the code of the language that a guild's answers are fixed to, or AUTO."""
        return (await self.rules(guild)).answer_language

    async def own(self, guild: str) -> OwnRules:
        """Return what a guild has set itself, read from the store."""
        return own_rules(await self._settings.get(guild), guild=guild)

    async def change(self, guild: str, **values: Any) -> Rules:
        """Set rules by their names (see OwnRules) and return what holds then; None takes one back to its default.

        Of two admins at once the last one's value holds for each rule, and nothing of the other's other rules is
        lost. Raises pydantic's ValidationError for a value that can't be one: front ends check before.
        """
        unknown = values.keys() - set(NAMES)
        assert not unknown, f"no rules: {unknown}"
        given = OwnRules.model_validate(values).model_dump(mode="json")
        stored = await self._settings.change(guild, {name: given[name] for name in values})
        self._changes += 1
        rules = rules_of(own_rules(stored, guild=guild), self._operator)
        self._known[guild] = rules
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
            log.info("deleted the settings of servers that removed the bot (servers: %d)", gone)
        return gone
