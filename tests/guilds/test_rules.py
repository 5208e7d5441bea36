"""What comes of a guild's own rules and the operator's."""

import logging

import pytest

from bot.config import LimitsSettings
from bot.guilds.settings import Rules, own_rules, rules_of
from bot.i18n.languages import AUTO


def operator(cooldown: int = 0, user: int = 0, guild: int = 0) -> LimitsSettings:
    return LimitsSettings.model_validate({"cooldown_seconds": cooldown, "user_answers": user, "guild_answers": guild})


def test_a_guild_that_set_nothing_has_the_operators_limits_and_no_others() -> None:
    rules = rules_of(own_rules({}, guild="1"), operator(cooldown=5, user=20, guild=500))
    assert rules == Rules(cooldown_seconds=5, user_answers=20, guild_answers=500)
    assert (rules.answer_language, rules.channels, rules.channel_memory) == (AUTO, (), False)


@pytest.mark.parametrize(
    ("own", "operators", "holds", "is_own"),
    [
        ({"cooldown_seconds": 30}, operator(cooldown=10), (30, 0, 0), {"cooldown_seconds"}),
        ({"cooldown_seconds": 5}, operator(cooldown=10), (10, 0, 0), set()),
        ({"cooldown_seconds": 5}, operator(), (5, 0, 0), {"cooldown_seconds"}),
        ({"user_answers": 5}, operator(user=20), (0, 5, 0), {"user_answers"}),
        ({"user_answers": 50}, operator(user=20), (0, 20, 0), set()),
        ({"user_answers": 50}, operator(), (0, 50, 0), {"user_answers"}),
        ({"guild_answers": 9}, operator(guild=10), (0, 0, 9), {"guild_answers"}),
        ({"guild_answers": 11}, operator(guild=10), (0, 0, 10), set()),
    ],
)
def test_a_guild_tightens_the_operators_limits_and_never_loosens_them(
    own: dict[str, int], operators: LimitsSettings, holds: tuple[int, int, int], is_own: set[str]
) -> None:
    rules = rules_of(own_rules(own, guild="1"), operators)
    assert (rules.cooldown_seconds, rules.user_answers, rules.guild_answers) == holds
    assert rules.own == is_own


def test_a_stored_value_that_can_not_be_one_is_left_out_and_the_others_hold(
    caplog: pytest.LogCaptureFixture,
) -> None:
    stored = {
        "channels": ["5", "6"],
        "roles": ["@everyone"],
        "answer_language": "klingon",
        "interface_language": "de",
        "user_answers": -3,
        "cooldown_seconds": "soon",
        "from_the_future": True,
    }
    with caplog.at_level(logging.WARNING):
        rules = rules_of(own_rules(stored, guild="1"), operator())
    assert rules == Rules(
        channels=("5", "6"), interface_language="de", own=frozenset({"channels", "interface_language"})
    )
    assert "answer_language, cooldown_seconds, roles, user_answers" in caplog.text
    assert "klingon" not in caplog.text
