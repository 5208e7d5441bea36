"""What is linked to a paper is asked for once, and never breaks what waits for it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.ingest.hub_links import CardLinks
from bot.models import HubLinks
from tests.factories import make_paper
from tests.fakes.feeds import FakeFeeds, failures
from tests.ingest.ingesting import Ingesting, fill, ingesting

PAPER = make_paper(arxiv_id="2610.00002", hub_url="https://huggingface.co/papers/2610.00002")
NET = (("lab/net", "https://huggingface.co/lab/net"),)


@pytest.fixture
async def parts(tmp_path: Path) -> AsyncIterator[Ingesting]:
    async with FakeFeeds() as server, ingesting(server, tmp_path / "store.db") as opened:
        fill(server)
        for record in (record for items in server.days.values() for record in items):
            record["paper"] |= {"linkedModels": [{"id": "lab/net"}], "numTotalModels": 1}
        yield opened


def links_of(parts: Ingesting) -> CardLinks:
    return CardLinks(place=parts.feed, clock=parts.clock)


async def test_an_answer_counts_for_an_hour(parts: Ingesting) -> None:
    links = links_of(parts)
    for _ in range(3):
        assert (await links.of(PAPER)).models.first == NET
    assert [request.path for request in parts.server.requests] == ["/api/papers/2610.00002"]
    parts.clock.move(minutes=61)
    await links.of(PAPER)
    assert len(parts.server.requests) == 2


async def test_nobody_is_asked_while_the_feed_is_off_or_for_a_paper_without_a_page(parts: Ingesting) -> None:
    assert await CardLinks(place=None, clock=parts.clock).of(PAPER) == HubLinks()
    assert await links_of(parts).of(make_paper()) == HubLinks()
    assert parts.server.requests == []


async def test_an_unknown_paper_has_no_links(parts: Ingesting) -> None:
    assert await links_of(parts).of(make_paper(arxiv_id="2610.99999", hub_url=PAPER.hub_url)) == HubLinks()


@pytest.mark.parametrize(
    "failure",
    [failures.silent(), failures.status(500), failures.status(429), failures.html(), failures.body(b"[]")],
    ids=["silent", "500", "429", "html", "list"],
)
async def test_a_failure_gives_nothing_and_is_forgotten_after_a_minute(
    parts: Ingesting, failure: failures.Failure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.ingest.hub_links.WITHIN_S", 0.3)
    links = links_of(parts)
    parts.server.always(failure)
    assert await links.of(PAPER) == HubLinks()
    asked = len(parts.server.requests)
    parts.server.always(None)
    assert await links.of(PAPER) == HubLinks()
    assert len(parts.server.requests) == asked
    parts.clock.move(minutes=2)
    assert (await links.of(PAPER)).models.first == NET


async def test_links_that_were_known_outlast_a_failure(parts: Ingesting) -> None:
    links = links_of(parts)
    await links.of(PAPER)
    parts.clock.move(minutes=61)
    parts.server.always(failures.status(410))
    assert (await links.of(PAPER)).models.first == NET
