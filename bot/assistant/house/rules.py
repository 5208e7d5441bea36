"""A guild's own rules, the operator's defaults, and what comes of both."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from bot.assistant.house.languages import ANSWER_LANGUAGES, AUTO, INTERFACE_LANGUAGES
from bot.config import LimitsSettings

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
            raise ValueError("is no language that can be fixed")
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
        log.warning("guild %s has settings that can't be used and are left out: %s", guild, ", ".join(sorted(wrong)))
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
