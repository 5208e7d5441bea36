"""Plans that a model wrote."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.planning.followups import Turn
from bot.answers.planning.plan import Intent
from bot.answers.planning.planner import plan_from_json
from bot.search.query.filters import Filters

QUESTION = "newest kettle papers?"
WHOLE: dict[str, object] = {
    "standalone": QUESTION,
    "keywords": ["kettle", "steam"],
    "after": "2023-12-01",
    "before": None,
    "intent": "list",
    "order": "newest",
    "sides": ["KettleNet", "SteamNet"],
}


def test_a_whole_plan() -> None:
    plan = plan_from_json(json.dumps(WHOLE), question=QUESTION)
    assert plan is not None
    assert (plan.question, plan.rewritten, plan.keywords) == (QUESTION, False, ("kettle", "steam"))
    assert plan.filters == Filters(after=date(2023, 12, 1))
    assert (plan.intent, plan.order, plan.sides) == (Intent.LIST, "newest", ("KettleNet", "SteamNet"))


@pytest.mark.parametrize(
    "around", ["{}", "Sure! Here is {{it}}: {}", "```json\n{}\n```\nHope this helps {{", '{{"a": 1}} {}']
)
def test_text_around_the_object_is_passed_over(around: str) -> None:
    assert plan_from_json(around.format(json.dumps(WHOLE)), question=QUESTION) is not None


@pytest.mark.parametrize(
    "text",
    [
        *("", "no", "[]", "null", "3", '"standalone"', "{}", '{"standalone": 3}', '{"keywords": "kettle"}'),
        *('{"keywords": []}', '{"standalone": ""}', '{"keywords": [3, null, "", "?"]}', '{"standalone": "kettle'),
        *("[" * 100_000, "{" * 100_000, '{"standalone":' * 10_000, '{"standalone": "bananas grow"}'),
        json.dumps({"standalone": "kettle " * 200}),
    ],
    ids=range(18),
)
def test_what_is_unusable_is_no_plan(text: str) -> None:
    assert plan_from_json(text, question=QUESTION) is None


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"after": "2023"}, Filters()),
        ({"after": "2023-02-30"}, Filters()),
        ({"after": 20231201}, Filters()),
        ({"after": "0001-01-01"}, Filters()),
        ({"after": "2024-01-01", "before": "2023-01-01"}, Filters()),
        ({"before": "2024-01-01"}, Filters(after=date(2023, 12, 1), before=date(2024, 1, 1))),
    ],
)
def test_dates_are_validated(change: dict[str, object], expected: Filters) -> None:
    plan = plan_from_json(json.dumps(WHOLE | change), question=QUESTION)
    assert plan is not None
    assert plan.filters == expected


def test_wrong_types_are_passed_over() -> None:
    wrong = {
        "intent": ["list"],
        "order": {},
        "sides": ["one"],
        "keywords": ["Kettle", 3, "kettle", "x" * 81, " a\u200b  b "],
    }
    plan = plan_from_json(json.dumps(WHOLE | wrong), question=QUESTION)
    assert plan is not None
    assert (plan.intent, plan.order, plan.sides, plan.keywords) == (Intent.QUESTION, None, (), ("Kettle", "a b"))


def test_another_wording_keeps_the_words_that_were_typed() -> None:
    history = (Turn("user", "what is KettleNet?"),)
    text = json.dumps({"standalone": "How fast is KettleNet?"})
    plan = plan_from_json(text, question="and how quick?", history=history)
    assert plan is not None
    assert (plan.question, plan.rewritten) == ("How fast is KettleNet? (and how quick?)", True)
    assert plan_from_json(text, question="and how quick?") is None


@pytest.mark.parametrize("standalone", ["Newest kettle papers", "what are the newest kettle papers?", QUESTION.upper()])
def test_a_wording_that_differs_in_small_words_alone_is_none(standalone: str) -> None:
    plan = plan_from_json(json.dumps({"standalone": standalone}), question=QUESTION)
    assert plan is not None
    assert (plan.question, plan.wording) == (QUESTION, None)


def test_links_and_pings_of_a_model_are_deleted() -> None:
    text = json.dumps(
        {
            "standalone": "kettle [x](https://evil.example) @everyone <@1> steam",
            "keywords": ["https://evil.example/a", "tea"],
        }
    )
    plan = plan_from_json(text, question=QUESTION)
    assert plan is not None
    assert plan.wording == "kettle x everyone steam"
    assert plan.keywords == ("tea",)


@pytest.mark.slow
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*WHOLE, "x"]), inner),
    )
)
def test_any_json_gives_a_plan_or_none(value: object) -> None:
    plan_from_json(json.dumps(value), question=QUESTION)


@given(st.text())
def test_any_text_gives_a_plan_or_none(text: str) -> None:
    plan_from_json(text, question=QUESTION)
