"""Cleaning of what a user typed."""

from datetime import date
from typing import Any

import pytest

from bot.answers.planning.followups import Turn
from bot.answers.planning.plan import Intent, Plan, clean_question, plan_in_code, planned, reads_as_question
from bot.errors.requests import QuestionEmpty, QuestionTooLong
from bot.search.query.filters import Filters

TODAY = date(2024, 1, 6)
HISTORY = (
    Turn("user", "what is KettleNet?"),
    Turn("assistant", "A net [1].", titles=("KettleNet: Telling Whistles Apart",)),
)


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
    with pytest.raises(QuestionTooLong, match="101 characters long; the limit is 100"):
        clean_question("a" * 101, limit=100)


def test_the_plan_without_a_model_is_the_question_itself() -> None:
    plan = plan_in_code("what is KettleNet?")
    assert (plan.question, plan.keywords) == ("what is KettleNet?", ())


@pytest.mark.parametrize(
    "question",
    [
        *("2401.00001", "arXiv:2401.00001v2", "https://arxiv.org/abs/2401.00001", "what is 2401.00001 about?"),
        *('"Attention Is All You Need"', "explain the paper “Attention Is All You Need”", "papers from December 2023"),
        *("what came out last week?", "newest papers?"),
    ],
)
def test_code_has_all_of_an_id_a_quoted_title_or_a_span_of_time(question: str) -> None:
    assert plan_in_code(question, today=TODAY).complete


@pytest.mark.parametrize(
    "question",
    [
        *("what is KettleNet?", "who wrote 2401.00001 and does it beat KettleNet?", 'what is an "attention sink"?'),
        *("newest kettle papers?", "kettle", "which data does “Attention Is All You Need” use?", "水壶"),
    ],
)
def test_code_has_not_all_of_a_topic(question: str) -> None:
    assert not plan_in_code(question, today=TODAY).complete


def test_code_has_not_all_of_a_question_that_needs_the_conversation() -> None:
    assert not plan_in_code("and in 2023?", today=TODAY, history=HISTORY).complete


@pytest.mark.parametrize(
    ("text", "expected"),
    [("spiking transformer", False), ("GPT-4", False), ("which nets spike", True), ("kettles?", True), ("", False)],
)
def test_bare_keywords_are_no_question(text: str, expected: bool) -> None:
    assert reads_as_question(text) is expected


def merged(typed: str, /, *, history: tuple[Turn, ...] = (), **by_model: Any) -> Plan:
    in_code = plan_in_code(typed, today=TODAY, history=history)
    return planned(in_code, Plan(**{"question": typed, **by_model}), today=TODAY)


def test_a_models_keywords_and_wording_are_taken_and_its_dates_are_not() -> None:
    plan = merged(
        "how loud was it in 2023?",
        history=HISTORY,
        question="How loud was KettleNet in 2023? (how loud was it in 2023?)",
        wording="How loud was KettleNet in 2023?",
        keywords=("kettle",),
        filters=Filters(after=date(2020, 1, 1)),
    )
    assert (plan.wording, plan.keywords) == ("How loud was KettleNet in 2023?", ("kettle",))
    assert plan.filters == Filters(after=date(2023, 1, 1), before=date(2023, 12, 31))
    assert "2023" not in plan.topic


def test_a_wording_of_codes_own_stands_where_the_model_gives_none() -> None:
    plan = merged("and how loud is it?", history=HISTORY, keywords=("sound pressure",))
    assert plan.wording is not None
    assert "KettleNet" in plan.wording
    assert plan.question.endswith("and how loud is it?")
    assert plan.keywords == ("sound pressure",)


def test_keywords_make_no_topic_where_a_span_of_time_is_all() -> None:
    assert merged("what came out last week?", keywords=("deep learning",)).keywords == ()


def test_a_models_sides_are_those_of_a_comparison() -> None:
    sides = ("KettleNet", "PotNet")
    assert merged("is KettleNet louder?", sides=sides).sides == ()
    assert merged("is KettleNet louder?", sides=sides, intent=Intent.COMPARE).sides == sides
    assert merged("KettleNet vs PotNet", intent=Intent.COMPARE).sides == sides


def test_putting_together_twice_changes_nothing() -> None:
    once = merged("how loud was it in 2023?", history=HISTORY, keywords=("kettle",))
    again = planned(plan_in_code("how loud was it in 2023?", today=TODAY, history=HISTORY), once, today=TODAY)
    assert again == once
