"""Questions that ask for a time, through the whole core: what was found, and what is said where nothing was."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.answers.answer import Answer, Kind
from bot.answers.planning.followups import Turn, needs_history
from bot.answers.planning.plan import plan_in_code, planned
from bot.answers.planning.planner import plan_from_json
from bot.answers.request import RequestContext
from bot.app import App
from bot.errors.requests import DatesExclude, LinkUnknown, QuestionEmpty
from bot.i18n.translation import use_locale
from tests.answers.asking import answer_of, asked
from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.factories import make_paper

TODAY = date(2026, 2, 11)
CLOCK = FakeClock(datetime(2026, 2, 11, 12, tzinfo=UTC))


def pots(*days: str) -> list[str]:
    return [f"Pots of {day}" for day in days]


PAPERS = [
    make_paper(
        title=f"Pots of {day}", abstract="Clay pots that whistle.", arxiv_id=f"2401.{number:05}", published=day, **more
    )
    for number, (day, more) in enumerate(
        [
            (date(2019, 5, 1), {}),
            (date(2021, 3, 1), {"code_url": "https://github.com/pots/a"}),
            (date(2021, 9, 1), {}),
            (date(2025, 7, 4), {}),
            (date(2026, 1, 20), {}),
        ],
        start=1,
    )
]


@pytest.fixture
async def app(tmp_path: Path):  # type: ignore[no-untyped-def]
    async with sample_app(tmp_path, papers=PAPERS, clock=CLOCK) as opened:
        yield opened


async def found(app: App, question: str) -> list[str]:
    answer = await asked(app, question)
    return [source.paper.title for source in answer.sources]


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("2021?", ["2021-09-01", "2021-03-01"]),
        ("anything 2021", ["2021-09-01", "2021-03-01"]),
        ("papers from 2021, oldest first", ["2021-03-01", "2021-09-01"]),
        ("pots from last summer", ["2025-07-04"]),
        ("pots vom letzten Monat", ["2026-01-20"]),
        ("les articles de l'été dernier", ["2025-07-04"]),
        ("Papiere vor 2020", ["2019-05-01"]),
        ("with code", ["2021-03-01"]),
    ],
)
async def test_only_the_days_that_were_asked_for_are_shown(app: App, question: str, days: list[str]) -> None:
    assert await found(app, question) == pots(*days)


@pytest.mark.parametrize(
    ("question", "notice"),
    [
        (
            "how do pots ring this week?",
            "Nothing came between 9 Feb 2026 and 15 Feb 2026; the newest papers are of 20 Jan 2026.",
        ),
        ("how did pots ring yesterday?", "Nothing came on 10 Feb 2026; the newest papers are of 20 Jan 2026."),
        ("since yesterday", "Nothing came since 10 Feb 2026; the newest papers are of 20 Jan 2026."),
        ("how did pots ring before 2018?", "Nothing came up to 31 Dec 2017; the oldest papers are of 1 May 2019."),
        ("2018?", "Nothing came between 1 Jan 2018 and 31 Dec 2018; the oldest papers are of 1 May 2019."),
        (
            "Töpfe dieser Woche",
            "Nothing came between 9 Feb 2026 and 15 Feb 2026; the newest papers are of 20 Jan 2026.",
        ),
    ],
)
async def test_an_empty_span_is_said_with_what_there_is(app: App, question: str, notice: str) -> None:
    answer = await asked(app, question)
    assert (answer.kind, answer.notice) == (Kind.NOTHING, notice)


async def test_an_empty_span_is_said_in_german(app: App) -> None:
    with use_locale("de"):
        answer = await asked(app, "was kam diese Woche zu Töpfen?")
    assert answer.notice == (
        "Zwischen dem 9. Feb. 2026 und dem 15. Feb. 2026 kam nichts; die neuesten Papers sind vom 20. Jan. 2026."
    )


async def test_a_topic_that_a_span_lacks_is_said_with_the_span(app: App) -> None:
    answer = await asked(app, "violin papers from 2021")
    assert answer.kind is Kind.NOTHING
    assert answer.notice == (
        "Nothing from 1 Jan 2021 to 31 Dec 2021 is about this. Ask for more days, or try other words."
    )


@pytest.mark.parametrize("question", ["pots since 2023 and before 2020", "pots nach 2023, aber vor 2020"])
async def test_times_that_exclude_each_other_are_told(app: App, question: str) -> None:
    with pytest.raises(DatesExclude, match=r"No day is within both “(since|nach) 2023” and “(before|vor) 2020”"):
        await asked(app, question)


@pytest.mark.parametrize(
    "question",
    [
        "spiking transformers this week",
        "anything new this month?",
        "what came this past quarter",
        "In this paper, we present a kettle",
    ],
)
def test_a_time_points_at_nothing_said_before(question: str) -> None:
    assert not needs_history(question)


@pytest.mark.parametrize("question", ["does this paper have code?", "what are these for?", "this one?"])
def test_a_pointer_still_points(question: str) -> None:
    assert needs_history(question)


@pytest.mark.parametrize(
    ("question", "span"),
    [
        ("artículos desde 2020", (date(2020, 1, 1), None)),  # not read in code: the model's days
        ("papers from 2021", (date(2021, 1, 1), date(2021, 12, 31))),  # read in code: never the model's
        ("what is a kettle?", (None, None)),  # speaks of no time
    ],
)
def test_a_model_fills_only_a_date_that_code_did_not_read(question: str, span: tuple[date | None, date | None]) -> None:
    written = '{"standalone": null, "keywords": ["kettle"], "after": "2020-01-01", "before": null}'
    by_model = plan_from_json(written, question=question)
    assert by_model is not None
    plan = planned(plan_in_code(question, today=TODAY), by_model, today=TODAY)
    assert (plan.filters.after, plan.filters.before) == span


def test_a_year_from_now_is_kept_in_the_topic() -> None:
    plan = plan_in_code("how good will pots be a year from now", today=TODAY)
    assert plan.filters.after is None
    assert plan.topic == "how good will pots be a year from now"


async def summary(app: App, message: str) -> Answer:
    return await answer_of(app.assistant.ask(message, context=RequestContext()))


@pytest.mark.parametrize(
    "message",
    [
        "summarise https://example.com/foo",
        "what does https://example.com/foo say?",
        "example.com/a/b",
        "explain www.a.de",
    ],
)
async def test_a_link_to_no_paper_is_refused(app: App, message: str) -> None:
    with pytest.raises(LinkUnknown, match="it is no link to a paper that I know"):
        await summary(app, message)


async def test_a_link_beside_a_question_is_not_searched_for(app: App) -> None:
    answer = await asked(app, "which pots whistle? https://example.com/violin")
    assert answer.sources
    plan = await app.assistant.plan("which pots whistle? https://example.com/violin")
    assert plan.topic == "which pots whistle?"


@pytest.mark.parametrize("text", ["🎉", "1️⃣", "👍🏽 ❤️", "🇩🇪"])
async def test_an_emoji_is_no_question(app: App, text: str) -> None:
    with pytest.raises(QuestionEmpty):
        await asked(app, text)


async def test_thirty_authors_are_answered_in_a_sentence(app: App) -> None:
    names = ", ".join(f"Ann{chr(97 + number % 26)} Potter{chr(97 + number // 26)}" for number in range(30))
    answer = await asked(app, f"papers by {names}")
    assert answer.kind in {Kind.NOTHING, Kind.CLOSEST}
    assert answer.notice
    assert len(answer.notice) < 500


async def test_a_time_does_not_continue_a_conversation(app: App) -> None:
    history = (Turn("user", "what is Kettle?"), Turn("assistant", "A net [1].", titles=("Kettle: A Net",)))
    plan = await app.assistant.plan("clay pots this week", history=history)
    assert plan.wording is None
