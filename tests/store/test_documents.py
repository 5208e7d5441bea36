"""The index's lasting part, in a real file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from bot.models import Paper
from bot.store.database import Database
from bot.store.documents import FAN_IN, LARGEST_SEGMENT, Position, SegmentRow, SqliteDocuments, mergeable
from bot.store.papers import SqlitePaperStore
from bot.store.protocol import IndexedPapers
from tests.factories import make_papers

PAPERS = make_papers("Kettles", "Pots", "Lids", abstract="Steam.")


def encode(papers: Sequence[Paper], questions: Mapping[str, Sequence[str]]) -> IndexedPapers:
    segment = "".join(f"{paper.title} {paper.abstract};" for paper in papers).encode()
    return IndexedPapers(segment, [paper.abstract.encode() for paper in papers])


async def store(database: Database, *papers: Paper, now: float = 1.0) -> None:
    await SqlitePaperStore(database=database).upsert(papers, now=now)


async def index_all(documents: SqliteDocuments, *, form: str = "one", limit: int = 100) -> None:
    while await documents.index_waiting(form=form, encode=encode, limit=limit):
        pass


async def test_every_paper_gets_a_number_and_a_place_in_a_segment(database: Database) -> None:
    documents = SqliteDocuments(database=database)
    await store(database, *PAPERS)
    await index_all(documents, limit=2)
    changes = await documents.changes(Position())
    assert changes.from_scratch
    assert changes.segments == (SegmentRow(0, 2, b"Kettles Steam.;Pots Steam.;"), SegmentRow(2, 1, b"Lids Steam.;"))
    assert [(number, key) for number, key, _ in changes.documents] == list(enumerate(paper.key for paper in PAPERS))
    assert changes.position.total == 3


async def test_a_reader_gets_only_what_is_new(database: Database) -> None:
    documents = SqliteDocuments(database=database)
    await store(database, *PAPERS[:2])
    await index_all(documents)
    first = await documents.changes(Position())
    await store(database, PAPERS[2], replace(PAPERS[0], abstract="Whistles."), now=2.0)
    await index_all(documents)
    then = await documents.changes(first.position)
    assert not then.from_scratch
    assert then.segments == (SegmentRow(0, 2), SegmentRow(2, 2, b"Kettles Whistles.;Lids Steam.;"))
    assert [key for _, key, _ in then.documents] == [PAPERS[0].key, PAPERS[2].key]
    assert then.dead == (0,)
    assert (await documents.changes(then.position)).dead == ()


async def test_every_document_has_its_terms_until_its_paper_changes(database: Database) -> None:
    documents = SqliteDocuments(database=database)
    await store(database, *PAPERS)
    await index_all(documents)
    generation = (await documents.changes(Position())).position.generation
    assert await documents.terms([0, 2, 9], generation=generation) == {0: b"Steam.", 2: b"Steam."}
    await store(database, replace(PAPERS[0], abstract="Whistles."), now=2.0)
    assert await documents.terms([0, 1], generation=generation) == {1: b"Steam."}
    await index_all(documents)
    assert await documents.terms([0, 3], generation=generation) == {3: b"Whistles."}


async def test_numbers_of_another_generation_have_no_terms(database: Database) -> None:
    documents = SqliteDocuments(database=database)
    await store(database, *PAPERS)
    await index_all(documents)
    before = (await documents.changes(Position())).position.generation
    await documents.reset()
    await index_all(documents)
    now = (await documents.changes(Position())).position.generation
    assert await documents.terms([0], generation=before) == {}
    assert await documents.terms([0], generation=now) == {0: b"Steam."}


async def test_votes_do_not_index_a_paper_again(database: Database) -> None:
    documents = SqliteDocuments(database=database)
    await store(database, *PAPERS)
    await index_all(documents)
    await store(database, replace(PAPERS[0], upvotes=5), now=2.0)
    assert await documents.index_waiting(form="one", encode=encode, limit=9) == 0


async def test_segments_of_another_form_are_made_anew(database: Database) -> None:
    documents = SqliteDocuments(database=database)
    await store(database, *PAPERS)
    await index_all(documents)
    first = await documents.changes(Position())
    await index_all(documents, form="two", limit=1)
    then = await documents.changes(first.position)
    assert then.from_scratch
    assert [(row.first, row.count) for row in then.segments] == [(0, 1), (1, 1), (2, 1)]
    assert len(then.documents) == 3


async def test_a_failure_while_indexing_leaves_the_papers_waiting(database: Database) -> None:
    documents = SqliteDocuments(database=database)
    await store(database, *PAPERS)

    def broken(papers: Sequence[Paper], questions: object) -> IndexedPapers:
        raise MemoryError

    with pytest.raises(MemoryError):
        await documents.index_waiting(form="one", encode=broken, limit=9)
    assert (await documents.changes(Position())).documents == ()
    await index_all(documents)
    assert len((await documents.changes(Position())).documents) == 3


async def test_many_small_segments_become_one_and_keep_their_numbers(database: Database) -> None:
    documents = SqliteDocuments(database=database)
    papers = make_papers(*(f"Paper {number}" for number in range(FAN_IN)), abstract="Text.")
    await store(database, *papers)
    await index_all(documents, limit=1)
    assert await documents.merge(b"".join)
    assert not await documents.merge(b"".join)
    changes = await documents.changes(Position())
    assert [(row.first, row.count) for row in changes.segments] == [(0, FAN_IN)]
    assert changes.segments[0].data == encode(papers, {}).segment
    assert [key for _, key, _ in changes.documents] == [paper.key for paper in papers]


def test_what_is_merged() -> None:
    def rows(*counts: int) -> list[SegmentRow]:
        return [SegmentRow(sum(counts[:place]), count) for place, count in enumerate(counts)]

    assert not mergeable(rows(*[5] * (FAN_IN - 1)))
    assert len(mergeable(rows(100_000, *[5] * FAN_IN))) == FAN_IN
    assert not mergeable(rows(100_000, *[5] * (FAN_IN - 1)))
    assert not mergeable(rows(*[LARGEST_SEGMENT] * 20))
