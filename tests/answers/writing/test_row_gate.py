"""The gate for rows: which lines become cells, when a row is complete, and what never passes."""

import pytest

from bot.answers.answer import Column, Evidence, Row
from bot.answers.grounding.check import Problem
from bot.answers.writing.row_gate import RowGate
from tests.answers.writers import grounder_of
from tests.factories import make_sources

A, B, C = (
    "Kettles of type A whistle. Their lids rattle in 7 ways.",
    "Pots of type B hum. They have 5 handles.",
    "Lids of type C rattle.",
)
SOURCES = make_sources(A, B, C)
COLUMNS = (Column("kettles", (1,)), Column("the others", (2, 3)))
LABELS = ("In short", "Result")


def new_gate(*, own_words: tuple[str, ...] = ()) -> RowGate:
    return RowGate(LABELS, COLUMNS, grounder_of(SOURCES), own_words=own_words)


def numbered_gate() -> RowGate:
    columns = [Column(str(number), (number,)) for number in (1, 2, 3)]
    return RowGate(LABELS, columns, grounder_of(SOURCES), numbered=True)


def run(gate: RowGate, text: str, *, size: int = 7) -> list[Row]:
    """Feed a text in pieces; return the rows in the order in which they were yielded."""
    yielded = [row for at in range(0, len(text), size) for row in gate.feed(text[at : at + size])]
    return [*yielded, *gate.finish()]


def texts(row: Row) -> list[list[str]]:
    return [[statement.text for statement in cell] for cell in row.cells]


def told(text: str) -> dict[str, list[list[str]]]:
    gate = new_gate()
    run(gate, text)
    return {row.label: texts(row) for row in gate.rows}


def test_lines_become_cells_with_evidence() -> None:
    gate = new_gate()
    rows = run(gate, "In short | A | Kettles whistle [1].\nIn short | B | Pots hum [2]. Lids rattle [3].\n")
    assert [texts(row) for row in rows] == [[["Kettles whistle."], ["Pots hum.", "Lids rattle."]]]
    [statement] = rows[0].cells[0]
    assert (statement.citations, statement.evidence) == ((1,), (Evidence(1, "Kettles of type A whistle."),))
    assert [row.label for row in gate.rows] == list(LABELS)
    assert gate.passed == 3


def test_a_row_is_yielded_once_all_its_cells_were_told() -> None:
    gate = new_gate()
    assert not list(gate.feed("Result | A | Kettles whistle [1].\n"))
    assert [row.label for row in gate.feed("Result | B | not stated\n")] == ["Result"]
    assert not list(gate.feed("Result | A | Kettles have lids [1].\n")), "a cell is told once"
    assert not list(gate.finish())


def test_a_row_that_was_begun_is_yielded_at_the_end() -> None:
    assert [texts(row) for row in run(new_gate(), "Result | A | Kettles whistle [1].")] == [[["Kettles whistle."], []]]


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_the_same_passes_however_the_stream_is_cut(size: int) -> None:
    gate = new_gate()
    run(gate, "Here:\n- In short | A | Kettles whistle [1].\n1. result | b | Pots hum [2].", size=size)
    assert [texts(row) for row in gate.rows] == [[["Kettles whistle."], []], [[], ["Pots hum."]]]


@pytest.mark.parametrize(
    "line",
    [
        "Result | A | Kettles whistle [1].",
        "| Result | A | Kettles whistle [1]. |",
        "**Result** | (A) | **Kettles** whistle [1].",
        "* result|a|Kettles whistle. [1]",
        "RESULT | [A] | Kettles whistle [1].",
    ],
)
def test_usual_forms_of_a_line(line: str) -> None:
    assert told(f"{line}\n")["Result"] == [["Kettles whistle."], []]


def test_a_markdown_table_is_understood() -> None:
    table = (
        "| Row | A | B |\n|---|---|---|\n| In short | Kettles whistle [1]. | Pots hum [2]. |\n| Result | n/a | - [2] |"
    )
    assert told(table) == {"In short": [["Kettles whistle."], ["Pots hum."]], "Result": [[], []]}


@pytest.mark.parametrize("said", ["not stated", "Not stated.", "N/A", "none", "not mentioned [1]", "(not reported)"])
def test_what_is_not_stated_leaves_the_cell_empty_and_is_no_failure(said: str) -> None:
    gate = new_gate()
    run(gate, f"Result | A | {said}\nResult | B | Pots hum [2].")
    assert texts(gate.rows[1]) == [[], ["Pots hum."]]
    assert gate.failures == []


def test_a_cell_never_cites_another_column() -> None:
    gate = new_gate()
    run(gate, "Result | A | Pots hum [2].\nResult | B | Lids rattle [1][3].\n")
    assert texts(gate.rows[1]) == [[], ["Lids rattle."]]
    assert gate.rows[1].cells[1][0].citations == (3,), "the foreign number is deleted"
    assert [(failure.sentence, failure.problems) for failure in gate.failures] == [
        ("Pots hum [2].", (Problem.UNCITED,))
    ]


def test_columns_can_be_named_by_their_sources_number() -> None:
    gate = numbered_gate()
    run(gate, "In short | 2 | Pots hum [2].\nIn short | [3] | Lids rattle [3].\nIn short | 1 | Kettles hum [2].\n")
    assert texts(gate.rows[0]) == [[], ["Pots hum."], ["Lids rattle."]]


def test_other_rows_other_columns_and_chatter_are_left_out() -> None:
    gate = new_gate()
    run(gate, "Verdict | A | Kettles whistle [1].\nResult | Z | Pots hum [2] | x.\nKettles whistle [1].\nResult\n|\n\n")
    assert [texts(row) for row in gate.rows] == [[[], []], [[], []]]
    assert gate.failures == []


def test_a_last_line_that_was_cut_off_is_left_out() -> None:
    assert told("Result | A | Kettles whis")["Result"] == [[], []]
    assert told("Result | A | Kettles whistle [1")["Result"] == [[], []]


def test_rows_in_own_words_must_not_be_copied() -> None:
    gate = new_gate(own_words=("In short",))
    run(gate, "In short | A | Their lids rattle in 7 ways [1].\nResult | A | Their lids rattle in 7 ways [1].\n")
    assert texts(gate.rows[0]) == [[], []]
    assert texts(gate.rows[1]) == [["Their lids rattle in 7 ways."], []]
    assert gate.failures[0].problems == (Problem.COPIED,)


def test_mended_sentences_go_to_their_cells_and_are_checked_for_their_own_column() -> None:
    gate = new_gate()
    run(gate, "In short | A | Kettles have 9 lids [1].\nResult | B | Pots have 8 handles [2].\n")
    assert len(gate.failures) == 2
    rows = list(gate.fix("A: Pots hum [2].\nB: They have 5 handles [2].\n"))
    assert [(row.label, texts(row)) for row in rows] == [("Result", [[], ["They have 5 handles."]])]
    assert [failure.sentence for failure in gate.failures] == ["Kettles have 9 lids [1]."]


def test_links_mentions_and_formatting_never_pass() -> None:
    said = told("Result | A | **Kettles** <@1> whistle, see [this](https://evil.example) @everyone [1].\n")
    assert said["Result"][0] == ["Kettles whistle, see this everyone."]
