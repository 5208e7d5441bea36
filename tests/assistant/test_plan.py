"""Cleaning of what a user typed."""

import pytest

from bot.assistant.plan import clean_question, plan_in_code
from bot.errors import QuestionEmpty, QuestionTooLong


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("what is KettleNet?", "what is KettleNet?"),
        ("  what\n\tis   it ", "what is it"),
        ("<@123456> what is <@!99>it<#5>?", "what is it ?"),
        ("<@&7> hello", "hello"),
        ("<:kettle:123> and <a:steam:456>", "and"),
        ("</ask:123> this", "this"),
        ("ket\u200btle \u202enet", "kettle net"),
        ("<@\u200b123456> kettle", "kettle"),
        ("kettle\x00net", "kettlenet"),
        ("a < b and c > d", "a < b and c > d"),
        ("¿qué es? 茶", "¿qué es? 茶"),
    ],
)
def test_markup_and_hidden_characters_go(typed: str, question: str) -> None:
    assert clean_question(typed, limit=100) == question


@pytest.mark.parametrize("typed", ["", " \n", "?!", "<@123>", "<:kettle:1>", "\u200b\u202e", "…"])
def test_nothing_to_look_for_is_refused(typed: str) -> None:
    with pytest.raises(QuestionEmpty):
        clean_question(typed, limit=100)


def test_the_limit_counts_what_is_left() -> None:
    assert clean_question("a" * 100 + " " * 50, limit=100) == "a" * 100
    with pytest.raises(QuestionTooLong, match="101 characters; the limit is 100"):
        clean_question("a" * 101, limit=100)


def test_the_plan_without_a_model_is_the_question_itself() -> None:
    plan = plan_in_code("what is KettleNet?")
    assert (plan.question, plan.keywords) == ("what is KettleNet?", ())
