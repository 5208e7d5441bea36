"""Papers stored by the batch end as if they had come one by one."""

import sqlite3
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.models import SAMPLE_ORIGIN, Paper, slug
from bot.store.merging import FIELDS, merge_papers, values_of

_COLUMNS = ("key", "title_slug", *FIELDS)


def papers() -> st.SearchStrategy[Paper]:
    return st.builds(
        Paper,
        title=st.sampled_from(["One Study", "Another Study", "one  study!"]),
        abstract=st.sampled_from(["Text.", "Other text."]),
        origin=st.sampled_from(["arxiv", "saved page", SAMPLE_ORIGIN]),
        arxiv_id=st.sampled_from([None, "2610.00001", "2610.00002"]),
        version=st.sampled_from([None, 1, 2]),
    )


def one_by_one(arrived: list[Paper]) -> tuple[list[Paper], int, int, int]:
    """Keep papers in a list, each merged with the one of its key, or of its title where one has no id."""
    kept: list[Paper] = []
    new = changed = unchanged = 0
    for paper in arrived:
        own = [at for at, other in enumerate(kept) if other.key == paper.key]
        titled = [
            at
            for at, other in enumerate(kept)
            if slug(other.title) == slug(paper.title) and None in (other.arxiv_id, paper.arxiv_id)
        ]
        if not own and not titled:
            kept.append(paper)
            new += 1
            continue
        at = [*own, *titled][0]
        after = kept[at].merged_with(paper)
        if after == kept[at]:
            unchanged += 1
        else:
            kept[at] = after
            changed += 1
    return kept, new, changed, unchanged


@pytest.mark.slow
@settings(max_examples=80)
@given(st.lists(papers(), max_size=8))
def test_a_batch_is_merged_as_if_its_papers_came_one_by_one(arrived: list[Paper]) -> None:
    result = merge_papers(arrived, [])
    kept, *counts = one_by_one(arrived)
    assert sorted(map(repr, (held.paper for held in result.inserted))) == sorted(map(repr, kept))
    assert [result.new, result.changed, result.unchanged] == counts


def test_a_row_is_written_once_however_often_it_changes() -> None:
    known = Paper(title="One Study", abstract="Text.", origin="arxiv", arxiv_id="2610.00001", version=1)
    with sqlite3.connect(":memory:") as db:
        db.row_factory = sqlite3.Row
        db.execute(f"CREATE TABLE papers ({', '.join(_COLUMNS)}, document)")
        marks = ", ".join("?" for _ in _COLUMNS)
        db.execute(f"INSERT INTO papers VALUES ({marks}, 7)", values_of(known))
        rows = list(db.execute("SELECT rowid, * FROM papers"))
    db.close()
    result = merge_papers(
        [replace(known, version=2), known, replace(known, upvotes=3), replace(known, version=3)], rows
    )
    [held] = result.updated
    assert (held.rowid, held.document, held.paper.version) == (1, 7, 3)
    assert [(kind, detail) for _, kind, detail in result.changes] == [("version", "2"), ("version", "3")]
    assert (result.new, result.changed, result.unchanged) == (0, 2, 2)
