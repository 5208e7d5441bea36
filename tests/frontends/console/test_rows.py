"""Rows of summaries and comparisons."""

from dataclasses import replace

import pytest

from bot.answers.answer import Answer, Column, Kind, Row, Statement
from bot.frontends.console.rendering import render_answer, render_rows
from tests.frontends.console.answers import METHOD, make_comparison, make_summary
from tests.frontends.console.paper import printed


def rows_of(answer: Answer, width: int = 100) -> str:
    return printed(render_rows(answer.task, answer.columns, answer.rows), width=width)


def stripped(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines()]


def test_a_summary_of_one_paper_is_lines() -> None:
    assert stripped(rows_of(make_summary())) == [
        "Method: A network of 12 layers tells whistles apart [1].",
        "Limits: not stated in the abstract",
    ]


def test_a_summary_of_several_papers_has_a_line_for_each() -> None:
    assert stripped(rows_of(make_summary(2))) == [
        "KettleNet: Telling Whistles Apart: A network of 12 layers tells whistles apart [1].",
        "TeapotGPT: Pouring Without Spilling: A transformer pours tea [2].",
    ]


@pytest.mark.parametrize("sides", [2, 3])
def test_a_comparison_is_a_table_where_there_is_room(sides: int) -> None:
    lines = stripped(rows_of(make_comparison(sides), width=80))
    assert any(line.startswith("────") for line in lines)
    assert next(line for line in lines if line.startswith("Method")).split("  ")[0] == "Method"
    assert "not stated in the" in " ".join(lines)


@pytest.mark.parametrize(("sides", "width"), [(2, 79), (4, 100), (5, 40)])
def test_a_comparison_is_stacked_where_a_table_could_not_be_read(sides: int, width: int) -> None:
    lines = stripped(rows_of(make_comparison(sides), width=width))
    assert lines[0].startswith("A: KettleNet")
    assert "Result" in lines
    assert any(line.startswith("  B: not stated in the abstract") for line in lines)


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100])
@pytest.mark.parametrize("answer", [make_summary(), make_summary(3), *map(make_comparison, (2, 3, 4, 5))])
def test_no_line_is_wider_than_the_screen(answer: Answer, width: int) -> None:
    lines = printed(render_answer(answer), width=width).splitlines()
    assert max(len(line) for line in lines if "https://" not in line) <= width  # a link is whole, to be copied
    assert [line for line in lines if line != line.rstrip()] == []


def test_what_is_verbatim_stands_in_quotation_marks() -> None:
    verbatim = replace(METHOD, evidence=())
    extracts = replace(make_summary(), kind=Kind.EXTRACTS, rows=(Row("Method", ((verbatim,),)),))
    assert rows_of(extracts).startswith("Method: “A network of 12 layers tells whistles apart.” [1]")
    assert printed(render_answer(extracts)).startswith("Summary (extracts)\n")


def test_a_long_label_stands_before_its_sentence() -> None:
    rows = [Row("Energy used while it is trained", ((METHOD,),)), Row("Method", ((METHOD,),))]
    assert stripped(printed(render_rows(make_summary().task, [Column("A", (1,))], rows))) == [
        "Energy used while it is trained: A network of 12 layers tells whistles apart [1].",
        "Method: A network of 12 layers tells whistles apart [1].",
    ]


def test_nothing_in_a_cell_is_taken_for_markup() -> None:
    rows = [Row("[red]Method", ((Statement("It is [bold]bold[/bold].", ()),),))]
    assert printed(render_rows(make_summary().task, [Column("A", (1,))], rows)).startswith(
        "[red]Method: It is [bold]bold[/bold]."
    )
