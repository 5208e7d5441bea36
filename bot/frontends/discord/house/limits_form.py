"""The form for a guild's limits.

A form isn't kept in memory: what is submitted comes by the listener of the cog, so that one that was open during a
restart counts as well.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord.ui import Label, Modal, TextInput

from bot.assistant.house.rules import MOST_ANSWERS, MOST_COOLDOWN_SECONDS, OwnRules
from bot.config import LimitsSettings
from bot.errors import RuleWrong
from bot.frontends.discord.rendering.rules import answers_text, cooldown_text
from bot.text import one_line, shorten
from bot.translation import gettext

LIMITS_FORM = "setup:form:limits"
"""How a form's custom_id begins; the values that it was opened with follow, so that only those that differ are set."""

_LONGEST = 12
_ECHOED = 40


@dataclass(frozen=True, slots=True)
class _Field:
    rule: str
    label: str
    least: int
    most: int
    default: str


def limits_form(own: OwnRules, operator: LimitsSettings) -> Modal:
    """Return the form with what a guild has set. It needs a running event loop."""
    fields = {field: getattr(own, field.rule) for field in _fields(operator)}
    opened_with = ":".join(str(value or "") for value in fields.values())
    form = Modal(title=gettext("Limits"), custom_id=f"{LIMITS_FORM}:{opened_with}")
    for field, value in fields.items():
        text = TextInput[Any](
            required=False,
            max_length=_LONGEST,
            default=None if value is None else str(value),
            placeholder=f"{field.least} – {field.most}",
            custom_id=field.rule,
        )
        described = gettext("Empty: the operator's default, {default}").format(default=field.default)
        form.add_item(Label(text=field.label, description=described, component=text))
    form.stop()  # so that discord.py doesn't keep it
    return form


def submitted(interaction: discord.Interaction[Any], operator: LimitsSettings) -> dict[str, int | None]:
    """Return the rules that a form changes, by name; None for a default. Raises RuleWrong for the first wrong one."""
    data: Mapping[str, Any] = interaction.data or {}
    texts = dict(_texts(data))
    opened_with = str(data.get("custom_id", "")).removeprefix(f"{LIMITS_FORM}:").split(":")
    return {
        field.rule: _number(text, field)
        for field, before in zip(_fields(operator), opened_with, strict=False)
        if (text := texts.get(field.rule, "").strip()) != before
    }


def _fields(operator: LimitsSettings) -> Sequence[_Field]:
    return (
        _Field(
            "cooldown_seconds",
            gettext("Seconds between two answers to a member"),
            operator.cooldown_seconds,
            MOST_COOLDOWN_SECONDS,
            cooldown_text(operator.cooldown_seconds),
        ),
        _Field(
            "user_answers",
            gettext("Answers a day for each member"),
            1 if operator.user_answers else 0,
            operator.user_answers or MOST_ANSWERS,
            answers_text(operator.user_answers),
        ),
        _Field(
            "guild_answers",
            gettext("Answers a day for this server"),
            1 if operator.guild_answers else 0,
            operator.guild_answers or MOST_ANSWERS,
            answers_text(operator.guild_answers),
        ),
    )


def _number(text: str, field: _Field) -> int | None:
    if not text:
        return None
    number = int(text) if text.isascii() and text.isdigit() else -1
    if not field.least <= number <= field.most:
        raise RuleWrong(text=shorten(one_line(text), _ECHOED), name=field.label, least=field.least, most=field.most)
    return number or None  # 0 where the operator has set no limit: that is the default


def _texts(part: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the values of text fields, wherever within a form they stand, by their custom_ids."""
    if isinstance(part.get("value"), str) and isinstance(part.get("custom_id"), str):
        yield part["custom_id"], part["value"]
    for inner in (*part.get("components", ()), part.get("component")):
        if isinstance(inner, Mapping):
            yield from _texts(inner)
