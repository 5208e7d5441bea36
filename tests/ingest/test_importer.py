import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.errors.operation import SourceUnknown
from bot.ingest.imports import import_records
from bot.models import SAMPLE_ORIGIN, Paper
from bot.sources.files import read_file, read_sample
from bot.sources.records import Refusal
from bot.store.database import open_database
from bot.store.papers import SqlitePaperStore
from bot.store.protocol import UpsertCounts
from tests.shared import shared_file

TODAY = date(2026, 1, 15)
PAPER = Paper(title="A Made-Up Paper", abstract="It says little.", origin="test")


async def test_every_record_is_accounted_for(tmp_path: Path) -> None:
    records: list[Paper | Refusal] = [
        PAPER,
        Refusal(2, "not JSON"),
        replace(PAPER, comments=1),
        replace(PAPER, comments=1),
        Refusal(5, "no title"),
        replace(PAPER, title="Another"),
    ]
    async with open_database(tmp_path / "store.db") as database:
        papers = SqlitePaperStore(database=database)
        report = await import_records(papers, records, now=1)
        assert report.counts == UpsertCounts(new=2, changed=1, unchanged=1)
        assert report.refused == (Refusal(2, "not JSON"), Refusal(5, "no title"))
        assert [paper.title for paper in await papers.all()] == ["A Made-Up Paper", "Another"]


async def test_records_that_break_off_leave_the_store_as_it_was(tmp_path: Path) -> None:
    def breaking_off() -> Iterator[Paper | Refusal]:
        yield PAPER
        raise SourceUnknown(path="papers.json", reason="the JSON is broken")

    async with open_database(tmp_path / "store.db") as database:
        papers = SqlitePaperStore(database=database)
        with pytest.raises(SourceUnknown):
            await import_records(papers, breaking_off(), now=1)
        assert await papers.all() == []


async def test_files_of_all_formats_end_in_one_store(tmp_path: Path) -> None:
    page, daily, lines = tmp_path / "page", tmp_path / "daily", tmp_path / "lines"
    page.write_text("Dec 8\n\nA Made-Up Paper\n\nIt says little.\n\n • 3 authors\n·\nDec 6, 2024 2\n")
    record = {"id": "2412.01234", "title": "A made-up paper", "summary": "It says little.", "upvotes": 10**19}
    daily.write_text(json.dumps([{"paper": {**record, "upvotes": 5}}, {"paper": record}], indent=1))
    lines.write_text(json.dumps({"title": "A Made-Up Paper", "abstract": "It says little.", "categories": ["cs.CL"]}))
    async with open_database(tmp_path / "store.db") as database:
        papers = SqlitePaperStore(database=database)
        refused: list[Refusal] = []
        for file in (page, daily, lines, page):
            report = await import_records(papers, read_file(file, today=TODAY).records, now=1)
            refused += report.refused
        (paper,) = await papers.all()
    assert [refusal.line for refusal in refused] == [10]
    assert (paper.key, paper.author_count, paper.upvotes, paper.comments) == ("2412.01234", 3, 5, 2)
    assert (paper.published, paper.listed, paper.categories) == (date(2024, 12, 6), date(2025, 12, 8), ("cs.CL",))


async def test_the_seed_page_replaces_the_sample_and_is_not_replaced_by_it(tmp_path: Path) -> None:
    page = shared_file("seeds/daily-papers-page.txt")
    async with open_database(tmp_path / "store.db") as database:
        papers = SqlitePaperStore(database=database)
        counts = [
            (await import_records(papers, records, now=float(moment))).counts
            for moment, records in enumerate(
                [
                    read_sample(),
                    read_sample(),
                    read_file(page, today=TODAY).records,
                    read_file(page, today=TODAY).records,
                    read_sample(),
                ]
            )
        ]
        origins = {paper.origin for paper in await papers.all()}
    assert counts == [
        UpsertCounts(52, 0, 0),
        UpsertCounts(0, 0, 52),
        UpsertCounts(0, 52, 0),
        UpsertCounts(0, 0, 52),
        UpsertCounts(0, 0, 52),
    ]
    assert SAMPLE_ORIGIN not in origins


@pytest.mark.slow
async def test_thousands_of_papers_are_stored_in_one_go(tmp_path: Path) -> None:
    async with open_database(tmp_path / "store.db") as database:
        papers = SqlitePaperStore(database=database)
        records = (replace(PAPER, title=f"Paper {number}") for number in range(3_000))
        assert (await import_records(papers, records, now=1)).counts == UpsertCounts(3_000, 0, 0)
        assert len(await papers.all()) == 3_000
        assert await papers.revision() == 1
