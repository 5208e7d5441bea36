"""The form for a guild's limits. SetupCog takes what is submitted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord.ui import Label, Modal, TextInput

from bot.config import LimitsSettings
from bot.errors.requests import RuleWrong
from bot.frontends.discord.shared.components import form_id, form_texts
from bot.frontends.discord.shared.guild_rules import answers_text, cooldown_text
from bot.guilds.settings import MOST_ANSWERS, MOST_COOLDOWN_SECONDS, OwnRules
from bot.i18n.translation import gettext
from bot.text import one_line, shorten

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
        described = gettext("Leave empty for the operator's default: {default}").format(default=field.default)
        form.add_item(Label(text=field.label, description=described, component=text))
    form.stop()  # so that discord.py doesn't keep it
    return form


def submitted(interaction: discord.Interaction[Any], operator: LimitsSettings) -> dict[str, int | None]:
    """Return the rules that a form changes, by name; None for a default. Raises RuleWrong for the first wrong one."""
    texts = form_texts(interaction)
    opened_with = form_id(interaction).removeprefix(f"{LIMITS_FORM}:").split(":")
    return {
        field.rule: _number(text, field)
        for field, before in zip(_fields(operator), opened_with, strict=False)
        if (text := texts.get(field.rule, "").strip()) != before
    }


def _fields(operator: LimitsSettings) -> Sequence[_Field]:
    return (
        _Field(
            "cooldown_seconds",
            gettext("Seconds between answers to a member"),
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
