"""What a day's summary says."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bot.app import App
from bot.digests.digest import Digest
from bot.models import Paper
from tests.apps import sample_app
from tests.digests.examples import make_definition
from tests.factories import make_paper, make_papers
from tests.fakes.model_server import FakeModel, fails, faithful, says

DAY = date(2024, 1, 6)
SUMMARY = "We present KettleNet, a network of 12 layers that tells them apart."


async def write(app: App, *, after: float = 0.0, until: float = 100.0, **wanted: Any) -> Digest:
    return await app.digest_writer.write(make_definition(**wanted), DAY, after=after, until=until)


async def store(app: App, papers: Sequence[Paper], *, at: float) -> None:
    await app.papers.upsert(papers, now=at)


async def test_without_a_model_each_paper_has_a_sentence_of_its_abstract(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app:
        await store(app, make_papers("One", "Two"), at=50)
        digest = await write(app)
    assert [(item.paper.title, item.sentence, item.verbatim) for item in digest.items] == [
        ("One", SUMMARY, True),
        ("Two", SUMMARY, True),
    ]
    assert (digest.day, digest.total, digest.notice) == (DAY, 2, None)


async def test_only_papers_that_arrived_in_the_span_are_told(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app:
        for number, paper in enumerate(make_papers("At 10", "At 20", "At 30"), start=1):
            await store(app, [paper], at=10.0 * number)
        digest = await write(app, after=10, until=20)
    assert [item.paper.title for item in digest.items] == ["At 20"]
    assert digest.total == 1


async def test_upvotes_then_comments_then_the_newest_come_first(tmp_path: Path) -> None:
    papers = [
        make_paper(title="No day", arxiv_id="2401.00001", published=None),
        make_paper(title="Old", arxiv_id="2401.00002", published=date(2023, 1, 1)),
        make_paper(title="New", arxiv_id="2401.00003", published=date(2024, 1, 1)),
        make_paper(title="Discussed", arxiv_id="2401.00004", comments=3),
        make_paper(title="Liked", arxiv_id="2401.00005", upvotes=1),
        make_paper(title="Liked and discussed", arxiv_id="2401.00006", upvotes=1, comments=1),
        make_paper(title="Also new", arxiv_id="2401.00007", published=date(2024, 1, 1)),
    ]
    async with sample_app(tmp_path, papers=[]) as app:
        await store(app, papers, at=50)
        digest = await write(app, length=6)
    assert [item.paper.title for item in digest.items] == [
        "Liked and discussed",
        "Liked",
        "Discussed",
        "New",
        "Also new",
        "Old",
    ]
    assert digest.total == 7


async def test_an_empty_digest_says_why(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app:
        empty = await write(app)
        await store(app, make_papers("Kettles"), at=500)
        quiet = await write(app)
    assert (empty.items, empty.total) == ((), 0)
    assert empty.notice is not None
    assert empty.notice.startswith("There are no papers yet.")
    assert (quiet.items, quiet.total) == ((), 0)
    assert quiet.notice == (
        "No papers have arrived since the last digest. An operator can add some with `paperbot import`."
    )


async def test_a_faithful_model_writes_every_sentence(tmp_path: Path) -> None:
    papers = make_papers(*"ABCDEFG", abstract="Kettles whistle. Pots hum.")
    async with FakeModel(key="key") as model:
        model.behaviour = faithful
        async with sample_app(tmp_path, papers=[], openai=model.by_words) as app:
            await store(app, papers, at=50)
            digest = await write(app)
    assert [(item.sentence, item.verbatim) for item in digest.items] == [("Kettles whistle.", False)] * 7
    assert len(model.requests) == 3, "two for the papers, one for the headline"
    assert digest.notice is None


async def test_a_sentence_that_fails_its_checks_is_replaced_by_an_extract(tmp_path: Path) -> None:
    async with FakeModel(key="key") as model:
        model.behaviour = says("Pots have 99 lids [1].\nBoth are by KettleNet [1][2].\nKettles whistle [3].")
        async with sample_app(tmp_path, papers=[], openai=model.by_words) as app:
            await store(app, make_papers("One", "Two", "Three"), at=50)
            digest = await write(app)
    assert [(item.sentence, item.verbatim) for item in digest.items] == [
        (SUMMARY, True),
        (SUMMARY, True),
        ("Kettles whistle.", False),
    ]


async def test_a_model_that_fails_leaves_extracts_and_the_reason(tmp_path: Path) -> None:
    async with FakeModel(key="key") as model:
        model.behaviour = fails(401)
        async with sample_app(tmp_path, papers=[], openai=model.by_words) as app:
            await store(app, make_papers("One"), at=50)
            digest = await write(app)
    assert [(item.sentence, item.verbatim) for item in digest.items] == [(SUMMARY, True)]
    assert digest.notice == (
        "Quoted sentences come word for word from abstracts because the model server rejected the key."
    )
