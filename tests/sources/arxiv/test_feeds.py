"""The API and the lists of new papers, against a loopback arXiv."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date

import pytest

from bot.errors.services import FeedDown, FeedError, FeedMalformed, FeedRefused, FeedTooLarge
from bot.models import Paper
from bot.sources.arxiv.feeds import SLICE, ArxivApi, ArxivNewPapers
from bot.sources.feed import Batch, Wanted
from tests.clocks import FakeClock
from tests.fakes.feeds.arxiv_atom import Entry, api_answer, many
from tests.fakes.feeds.arxiv_server import FakeArxiv
from tests.fakes.feeds.failures import body, html, interrupted, status
from tests.sources.fetching.clients import quick_client

MONDAY, TUESDAY, THURSDAY = date(2026, 10, 5), date(2026, 10, 6), date(2026, 10, 8)
CATEGORIES = ("cs.CL", "cs.LG")


@asynccontextmanager
async def arxiv(waits: list[float] | None = None) -> AsyncIterator[tuple[FakeArxiv, ArxivApi, ArxivNewPapers]]:
    async with FakeArxiv() as server, quick_client(FakeClock(), waits=waits) as client:
        api = ArxivApi(client=client, base_url=server.url, categories=CATEGORIES)
        yield server, api, ArxivNewPapers(client=client, base_url=server.url, categories=CATEGORIES, api=api)


async def read(feed: ArxivApi | ArxivNewPapers, wanted: Wanted) -> list[Batch]:
    batches = [batch async for batch in feed.batches(wanted)]
    for batch in batches:
        if batch.stored:
            await batch.stored()
    return batches


def ids(batches: list[Batch]) -> list[str | None]:
    return [record.arxiv_id for batch in batches for record in batch.records if isinstance(record, Paper)]


async def test_the_papers_of_the_categories_come_day_by_day_and_slice_by_slice() -> None:
    waits: list[float] = []
    async with arxiv(waits) as (server, api, _):
        server.entries = [*many(SLICE + 3, MONDAY), *many(2, TUESDAY), Entry(id="2610.99999", categories=("math.GT",))]
        batches = await read(api, Wanted(since=MONDAY, today=date(2026, 10, 7)))
    assert ids(batches) == [entry.id for entry in server.entries[:-1]]
    assert [(batch.part, batch.done, batch.total) for batch in batches] == [
        ("2026-10-05", 0, 3),
        ("2026-10-05", 1, 3),
        ("2026-10-06", 2, 3),
        ("2026-10-07", 3, 3),
    ]
    assert batches[0].newest == MONDAY
    assert waits == [3.0, 3.0, 3.0]  # the gate
    assert all(int(query["max_results"]) <= 2_000 for query in server.queries)


async def test_an_interrupted_run_goes_on_after_what_it_stored() -> None:
    async with arxiv() as (server, api, _):
        server.entries = [*many(SLICE + 3, MONDAY), *many(2, TUESDAY)]
        wanted = Wanted(since=MONDAY, today=TUESDAY)
        first, *others = await read(api, wanted)
        assert await read(api, replace(wanted, cursor=first.cursor)) == others


async def test_a_poll_reads_the_last_week() -> None:
    async with arxiv() as (server, api, _):
        server.entries = [*many(1, date(2026, 9, 30)), *many(1, date(2026, 10, 1)), *many(1, THURSDAY)]
        assert ids(await read(api, Wanted(since=None, today=THURSDAY))) == ["2610.01000", "2610.08000"]


async def test_an_empty_page_although_more_exist_is_asked_again() -> None:
    async with arxiv() as (server, api, _):
        server.entries, server.empty_pages = many(3, MONDAY), 2
        assert len(ids(await read(api, Wanted(since=MONDAY, today=MONDAY)))) == 3
        assert len(server.queries) == 3
        server.empty_pages = 99
        with pytest.raises(FeedMalformed, match="a page is empty, although its totalResults is 3"):
            await read(api, Wanted(since=MONDAY, today=MONDAY))


async def test_more_than_can_be_had_is_told_instead_of_read_in_part() -> None:
    async with arxiv() as (server, api, _):
        server.always(body(api_answer(many(1, MONDAY), total=30_001)))
        with pytest.raises(FeedTooLarge, match=r"30,001 papers for 2026-10-05, of which only 30,000 are available"):
            await read(api, Wanted(since=MONDAY, today=MONDAY))


async def test_one_paper_by_id_an_unknown_one_and_a_bad_one() -> None:
    async with arxiv() as (server, api, _):
        server.entries = [Entry(id="2610.01234", version=3), Entry(id="hep-th/9901001")]
        for known, version in (("2610.01234", 3), ("hep-th/9901001", 1)):
            paper = await api.paper(known, within_s=5)
            assert isinstance(paper, Paper)
            assert (paper.key, paper.version) == (known, version)
        assert await api.paper("2610.55555", within_s=5) is None
        assert await api.paper("nonsense", within_s=5) is None


async def test_many_papers_by_id_are_asked_for_a_hundred_at_a_time() -> None:
    async with arxiv() as (server, api, _):
        server.entries = many(250, MONDAY)
        wanted = [entry.id for entry in server.entries]
        found = [record async for record in api.papers([*wanted, "2610.55555"])]
        assert [record.arxiv_id for record in found if isinstance(record, Paper)] == wanted
        assert [len(query["id_list"].split(",")) for query in server.queries] == [100, 100, 51]


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        (status(403), FeedRefused),
        (status(406), FeedRefused),
        (status(429), FeedRefused),
        (status(503), FeedDown),
        (html(), FeedMalformed),
        (body(b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x><y>&b;</y></x>'), FeedMalformed),
        (body(b"<a>" * 1_000_000), FeedMalformed),
        (body(api_answer(many(3, MONDAY))[:-200]), FeedMalformed),
        (interrupted(api_answer(many(3, MONDAY))), FeedDown),
    ],
    ids=["403", "406", "429", "503", "html", "bomb", "deep", "truncated", "broken off"],
)
async def test_what_passes_is_asked_again_and_what_stays_is_told(failure: object, error: type[FeedError]) -> None:
    async with arxiv() as (server, api, _):
        server.entries = many(3, MONDAY)
        server.script(failure, failure)  # type: ignore[arg-type]
        assert len(ids(await read(api, Wanted(since=MONDAY, today=MONDAY)))) == 3
        server.always(failure)  # type: ignore[arg-type]
        with pytest.raises(error) as caught:
            await read(api, Wanted(since=MONDAY, today=MONDAY))
        assert "Traceback" not in str(caught.value)


async def test_announcements_are_completed_from_the_api() -> None:
    async with arxiv() as (server, _, new):
        first = Entry(id="2610.00001", submitted=TUESDAY)
        replaced = Entry(id="2609.00002", submitted=date(2026, 9, 1), version=2, updated=TUESDAY, announced="replace")
        server.listed = [first, replaced]
        server.entries = [first, replace(replaced, comment="This paper has been withdrawn by the authors")]
        [batch] = await read(new, Wanted(since=None, today=THURSDAY))
    one, other = batch.records
    assert isinstance(one, Paper)
    assert isinstance(other, Paper)
    assert (one.published, one.listed, one.withdrawn) == (TUESDAY, THURSDAY, None)
    assert (other.published, other.listed, other.version) == (date(2026, 9, 1), None, 2)
    assert other.withdrawn == TUESDAY
    assert (batch.newest, batch.done, batch.total) == (THURSDAY, 1, 1)


async def test_a_list_that_is_known_already_is_not_read_again() -> None:
    async with arxiv() as (server, _, new):
        server.listed = server.entries = many(150, TUESDAY)
        batches = await read(new, Wanted(since=None, today=THURSDAY))
        assert [len(batch.records) for batch in batches] == [100, 50]
        asked = len(server.requests)
        assert await read(new, Wanted(since=None, today=THURSDAY)) == []
        assert len(server.requests) == asked + 1


async def test_an_interrupted_list_goes_on_after_its_last_stored_part() -> None:
    async with arxiv() as (server, _, new):
        server.listed = server.entries = many(150, TUESDAY)
        batches = [batch async for batch in new.batches(Wanted(since=None, today=THURSDAY))]
        wanted = Wanted(since=None, today=THURSDAY, cursor=batches[0].cursor)
        assert ids(await read(new, wanted)) == ids(batches[1:])
        server.day = date(2026, 10, 9)
        assert len(ids(await read(new, wanted))) == 150  # another day's list, from its beginning


async def test_when_the_api_fails_the_list_serves_and_is_read_again_later() -> None:
    async with arxiv() as (server, _, new):
        server.listed = server.entries = many(2, TUESDAY)
        server.api_down = True
        [batch] = await read(new, Wanted(since=None, today=THURSDAY))
        assert ids([batch]) == [entry.id for entry in server.listed]
        server.api_down = False
        [complete] = await read(new, Wanted(since=None, today=THURSDAY))
    assert [record.published for record in complete.records if isinstance(record, Paper)] == [TUESDAY, TUESDAY]


async def test_a_weekend_has_an_empty_list() -> None:
    async with arxiv() as (_, _, new):
        [batch] = await read(new, Wanted(since=None, today=THURSDAY))
        assert (batch.records, batch.newest) == ((), None)
