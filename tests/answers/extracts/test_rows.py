"""Summaries, overviews and comparisons as verbatim sentences."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from bot.answers.answer import Column, Row, Source, number_sources
from bot.answers.extracts.rows import comparison_rows, gist, summary_rows, topic_rows
from bot.answers.extracts.slots import Slot
from bot.search.engine.index import Bm25Index
from tests.answers.extracts.test_slots import ABSTRACT
from tests.factories import make_paper, make_sources

KETTLE = " ".join(ABSTRACT)
POT = (
    "Pots boil over too often. We introduce PotNet, which watches them with a camera. "
    "PotNet achieves 95% accuracy on BoilBench, a benchmark of 300 pots. It uses little energy."
)
SLOTS = ("Problem", "Method", "Data", "Result", "Cost", "Code")
words = st.sampled_from(["However, ", "we propose ", "Kettles. ", "outperforms ", "datasets ", "5x faster. ", "\n"])
abstracts = st.lists(words, min_size=1, max_size=25).map("".join)


def sources_of(*papers: tuple[str, str]) -> tuple[Source, ...]:
    return number_sources([make_paper(title=title, abstract=text, arxiv_id=None) for title, text in papers])


def index_of(sources: Sequence[Source]) -> Bm25Index:
    return Bm25Index([source.paper for source in sources])


def summary(abstract: str) -> dict[str, list[str]]:
    [source] = sources_of(("KettleNet: Telling Whistles Apart", abstract))
    return shown(summary_rows(source, index_of([source])))


def shown(rows: Sequence[Row], column: int = 0) -> dict[str, list[str]]:
    return {row.label: [statement.text for statement in row.cells[column]] for row in rows}


def compared(*labels: str) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    sources = make_sources(KETTLE, POT)
    rows = comparison_rows([Column("K", (1,)), Column("P", (2,))], sources, labels, index_of(sources))
    return shown(rows, 0), shown(rows, 1)


def test_a_summary_has_a_sentence_for_each_of_its_rows() -> None:
    rows = summary(KETTLE)
    assert list(rows) == ["In short", "Problem", "Method", "Result", "Limits"]
    assert rows["In short"] == [ABSTRACT[2]]
    assert rows["Problem"] == [ABSTRACT[1]]
    assert rows["Result"] == [ABSTRACT[5]]
    assert rows["Limits"] == [ABSTRACT[7]]


def test_what_an_abstract_does_not_tell_is_an_empty_cell() -> None:
    assert summary(POT)["Limits"] == []
    assert all(cell == [] for cell in summary("").values())


@given(abstracts)
def test_every_sentence_of_a_summary_is_verbatim_and_stands_there_once(abstract: str) -> None:
    [source] = make_sources(abstract)
    told = [s for row in summary_rows(source, index_of([source])) for cell in row.cells for s in cell]
    assert len({statement.text for statement in told}) == len(told)
    for statement in told:
        assert statement.text in abstract
        assert statement.citations == (1,)
        assert statement.evidence == ()


def test_an_overview_has_each_paper_once_under_its_title() -> None:
    sources = sources_of(("KettleNet", KETTLE), ("PotNet: Watching Pots with a Camera", POT))
    again = Source(3, sources[0].paper)
    rows = topic_rows([*sources, again], index_of(sources))
    assert [row.label for row in rows] == ["KettleNet", "PotNet: Watching Pots with a Camera"]
    assert [[s.citations for s in row.cells[0]] for row in rows] == [[(1,)], [(2,)]]
    assert rows[1].cells[0][0].text.startswith("We introduce PotNet")


def test_a_paper_that_may_not_be_quoted_still_has_its_row() -> None:
    [source] = number_sources([make_paper(abstract="See https://example.org/evil.")])
    assert gist(source, index_of([source])) == ()
    [row] = topic_rows([source], index_of([source]))
    assert row.cells == ((),)


def test_both_sides_of_a_comparison_tell_the_same_things() -> None:
    kettle, pot = compared(*SLOTS)
    assert list(kettle) == list(pot) == list(SLOTS)
    assert kettle["Method"] == [ABSTRACT[2]]
    assert pot["Method"] == ["We introduce PotNet, which watches them with a camera."]
    assert kettle["Result"] == [ABSTRACT[5]]
    assert pot["Data"] == ["PotNet achieves 95% accuracy on BoilBench, a benchmark of 300 pots."]
    assert kettle["Cost"] == [ABSTRACT[6]]
    assert pot["Code"] == []


def test_an_aspect_is_looked_for_by_its_words() -> None:
    kettle, pot = compared("energy use", "wooden handles")
    assert kettle == {"energy use": [], "wooden handles": []}
    assert pot == {"energy use": ["It uses little energy."], "wooden handles": []}


def test_a_slot_is_known_by_other_names() -> None:
    kettle, _ = compared("limitations", "Datasets")
    assert kettle == {"limitations": [ABSTRACT[7]], "Datasets": [ABSTRACT[4]]}


def test_a_code_sentence_is_shown_with_the_papers_own_link_only() -> None:
    own = make_paper(abstract=KETTLE, code_url="https://example.org/kettle")
    sources = number_sources([own])
    [row] = comparison_rows([Column("K", (1,))], sources, ["Code"], index_of(sources))
    assert [s.text for s in row.cells[0]] == [ABSTRACT[8]]
    assert compared("Code")[0] == {"Code": []}


def test_a_topics_cell_speaks_of_two_papers_at_most() -> None:
    sources = make_sources(KETTLE, POT, KETTLE.replace("Kettle", "Mug"))
    [row] = comparison_rows([Column("all", (1, 2, 3))], sources, [Slot.METHOD.value], index_of(sources))
    assert [s.citations for s in row.cells[0]] == [(1,), (2,)]


def test_a_column_without_papers_is_empty() -> None:
    [row] = comparison_rows([Column("none", ()), Column("gone", (9,))], [], ["Method"], Bm25Index())
    assert row.cells == ((), ())
