"""Completing authors, categories and topics from what the store holds."""

from pathlib import Path

import pytest

from bot.arxiv_categories import category_label
from bot.models import Paper
from bot.search.completion import Kind, KnownNames
from bot.store.database import open_database
from bot.store.papers import SqlitePaperStore
from tests.factories import make_paper

PAPERS = [
    make_paper(
        arxiv_id="2401.00001",
        authors=("Geoffrey Hinton", "José García"),
        categories=("cs.CL", "cs.LG"),
        keywords=("Spiking Networks", "kettles"),
    ),
    make_paper(
        title="B",
        arxiv_id="2401.00002",
        authors=("Jose Garcia", "Ada Hinterland"),
        categories=("cs.LG", "quant-ph"),
        keywords=("kettles", "…"),
    ),
    make_paper(
        title="C", arxiv_id="2401.00003", authors=("José García",), categories=("stat.ML",), keywords=("Kettles",)
    ),
]


async def matching(folder: Path, kind: Kind, *typed: str, papers: list[Paper] = PAPERS) -> list[list[str]]:
    async with open_database(folder / "store.db") as database:
        store = SqlitePaperStore(database=database)
        await store.upsert(papers, now=1)
        names = KnownNames(papers=store)
        await names.current(patience_s=30)
        found = [[name.title for name in await names.matching(kind, text, limit=25)] for text in typed]
        await names.close()
    return found


async def test_authors_are_completed_in_any_order_and_without_accents(tmp_path: Path) -> None:
    typed = ("hinton geoffrey", "geof", "garcia", "GARCÍA jo", "hint", "turing")
    assert await matching(tmp_path, "author", *typed) == [
        ["Geoffrey Hinton"],
        ["Geoffrey Hinton"],
        ["José García"],  # once, as most papers write it
        ["José García"],
        ["Ada Hinterland", "Geoffrey Hinton"],
        [],
    ]


async def test_nothing_typed_gives_those_of_the_most_papers(tmp_path: Path) -> None:
    assert (await matching(tmp_path, "author", ""))[0][0] == "José García"
    assert await matching(tmp_path, "topic", "") == [["kettles", "Spiking Networks"]]


async def test_categories_are_found_by_code_and_by_name(tmp_path: Path) -> None:
    language = "cs.CL – Computation and Language"
    machine = ["cs.LG – Machine Learning", "stat.ML – Machine Learning"]
    assert await matching(tmp_path, "category", "cs.cl", "language", "machine le", "quantum", "cs") == [
        [language],
        [language],
        machine,
        ["quant-ph – Quantum Physics"],
        ["cs – Computer Science", machine[0], language, "quant-ph – Quantum Physics"],  # "Physics" has these letters
    ]


async def test_organisations_are_completed_and_papers_without_one_change_nothing(tmp_path: Path) -> None:
    papers = [
        make_paper(arxiv_id="2401.00001", organisation="Kettle Institute"),
        make_paper(title="B", arxiv_id="2401.00002", organisation="kettle institute"),
        make_paper(title="C", arxiv_id="2401.00003", organisation="Kettle Institute"),
        make_paper(title="D", arxiv_id="2401.00004", organisation="Teapot Labs"),
        make_paper(title="E", arxiv_id="2401.00005"),
    ]
    assert await matching(tmp_path, "organisation", "", "inst", papers=papers) == [
        ["Kettle Institute", "Teapot Labs"],
        ["Kettle Institute"],
    ]


async def test_names_follow_the_store(tmp_path: Path) -> None:
    async with open_database(tmp_path / "store.db") as database:
        store = SqlitePaperStore(database=database)
        names = KnownNames(papers=store)
        assert await names.matching("topic", "kett", limit=25) == []
        await store.upsert(PAPERS, now=1)
        assert [name.key for name in await names.matching("topic", "kett", limit=25)] == ["kettles"]
        assert await names.papers_of("kettles") == 3
        assert await names.papers_of("pots") == 0
        await names.close()


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("cs.CL", "cs.CL – Computation and Language"),
        ("cond-mat.mes-hall", "cond-mat.mes-hall – Mesoscale and Nanoscale Physics"),
        ("hep-th", "hep-th – High Energy Physics - Theory"),
        ("cs.XX", "cs.XX"),
        ("nonsense", "nonsense"),
    ],
)
def test_a_category_is_shown_with_its_name(code: str, label: str) -> None:
    assert category_label(code) == label
