"""Finished answers."""

from datetime import date

from bot.answers.answer import Answer, Kind
from bot.answers.wording import days
from bot.frontends.console.rendering import papers_table, render_answer
from tests.factories import make_paper
from tests.frontends.console.answers import make_answer as make_full_answer
from tests.frontends.console.paper import printed


def shown(answer: Answer) -> str:
    return printed(render_answer(answer))


def make_answer(wording: str | None) -> Answer:
    return Answer(
        question="and?",
        kind=Kind.NOTHING,
        statements=(),
        sources=(),
        searched=3,
        span=None,
        wording=wording,
        notice="No.",
    )


def test_another_wording_stands_below_the_heading() -> None:
    assert shown(make_answer("What is KettleNet?")).startswith("No answer\nSearched for: What is KettleNet?\n\nNo.\n")
    assert "Searched for" not in shown(make_answer(None))


def test_a_long_wording_is_cut() -> None:
    text = " ".join(shown(make_answer("kettle " * 90)).split())
    assert "kettle… No." in text
    assert len(text) < 400


def test_a_whole_answer() -> None:
    assert shown(make_full_answer()) == (
        "Answer\n"
        "\n"
        "A network of 12 layers tells whistles apart [1]. It is right in 91.5% of cases [1].\n"
        "\n"
        "[1] KettleNet: Telling Whistles Apart\n"
        "    5 Jan 2024\n"
        "    https://arxiv.org/abs/2401.00001\n"
        "    https://github.com/kettles/kettlenet\n"
        "\n"
        "Searched 412 papers, 6 Oct to 12 Oct 2026, abstracts only · checked by words only · test-model\n"
    )


def test_an_answer_that_was_kept_says_so() -> None:
    assert ("reused from an earlier, identical question; --fresh asks again") in " ".join(
        shown(make_full_answer(cached=True)).split()
    )


def test_a_folded_link_can_be_followed_whole() -> None:
    link = f"https://github.com/kettles/{'kettle' * 10}"
    table = printed(papers_table([(1, make_paper(code_url=link))]), width=40, terminal=True)
    assert table.count(f";{link}\x1b\\") == 3


def test_a_span_names_a_year_once() -> None:
    assert days(date(2026, 10, 6), date(2026, 10, 12)) == "6 Oct to 12 Oct 2026"
    assert days(date(2025, 10, 6), date(2026, 10, 12)) == "6 Oct 2025 to 12 Oct 2026"
    assert days(date(2026, 10, 6), date(2026, 10, 6)) == "6 Oct 2026"
