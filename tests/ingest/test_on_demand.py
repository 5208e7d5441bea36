"""Papers that somebody names and the store lacks."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.answers.subjects import Subjects
from bot.errors.requests import PaperUnknown
from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.fakes.feeds import FakeFeeds, failures
from tests.frontends.discord.server import running
from tests.ingest.ingesting import NOON, Ingesting, fill, ingesting

KEY = "2610.00002"
UNKNOWN = "2610.99999"


@pytest.fixture
async def parts(tmp_path: Path) -> AsyncIterator[Ingesting]:
    async with FakeFeeds() as server, ingesting(server, tmp_path / "store.db", within_s=0.5) as opened:
        fill(server)
        yield opened


def subjects_of(parts: Ingesting) -> Subjects:
    return Subjects(papers=parts.papers, chars=500, finder=parts.feeds.on_demand)


async def test_a_named_paper_is_fetched_stored_and_used(parts: Ingesting) -> None:
    [subject] = await subjects_of(parts).resolve([f"https://arxiv.org/abs/{KEY}v2"])
    assert subject.paper is not None
    assert subject.paper.title == "Kettle Study 2: How Kettles Whistle"
    assert await parts.titles() == {subject.paper.title}
    await subjects_of(parts).resolve([KEY])
    assert [request.path for request in parts.server.requests] == [f"/api/papers/{KEY}"]


async def test_an_unknown_paper_is_told_and_not_asked_for_again_at_once(parts: Ingesting) -> None:
    for _ in range(3):
        with pytest.raises(PaperUnknown, match=f"I can't find the paper {UNKNOWN}"):
            await subjects_of(parts).resolve([UNKNOWN])
    assert len(parts.server.requests) == 1
    parts.clock.move(minutes=11)
    assert await subjects_of(parts).missing(UNKNOWN) == [UNKNOWN]
    assert len(parts.server.requests) == 2


async def test_a_slow_feed_is_waited_for_a_few_seconds_only(parts: Ingesting) -> None:
    parts.server.always(failures.silent())
    async with asyncio.timeout(5):
        assert await subjects_of(parts).missing(KEY) == [KEY]
    parts.server.always(None)
    await asyncio.sleep(0.1)  # until it is given up
    assert await subjects_of(parts).missing(KEY) == [KEY]
    parts.clock.move(minutes=2)
    assert await subjects_of(parts).missing(KEY) == []


@pytest.mark.parametrize(
    "failure",
    [failures.status(500), failures.html(), failures.body(b"[]"), failures.body(b'{"id": "2610.00001", "title": "A"}')],
)
async def test_a_feed_that_fails_leaves_the_ordinary_sentence(parts: Ingesting, failure: failures.Failure) -> None:
    parts.server.always(failure)
    with pytest.raises(PaperUnknown, match="None of the enabled feeds has a match right now"):
        await subjects_of(parts).resolve([KEY])


async def test_another_paper_than_was_named_is_not_taken(parts: Ingesting) -> None:
    other = b'{"id": "2610.00001", "title": "Another", "summary": "Text."}'
    parts.server.always(failures.body(other))
    assert await subjects_of(parts).missing(KEY) == [KEY]
    assert await parts.titles() == set()


async def test_many_who_name_it_at_once_make_one_request(parts: Ingesting) -> None:
    subjects = subjects_of(parts)
    assert await asyncio.gather(*(subjects.missing(KEY) for _ in range(10))) == [[]] * 10
    assert len(parts.server.requests) == 1


async def test_a_text_full_of_ids_makes_five_requests_at_most(parts: Ingesting) -> None:
    text = " ".join(f"2610.0{number:04}" for number in range(100, 140))
    assert len(await subjects_of(parts).missing(text)) == 40
    assert len(parts.server.requests) == 5


async def test_members_get_a_paper_that_was_not_in_the_store(tmp_path: Path) -> None:
    async with FakeFeeds() as feeds:
        fill(feeds)
        chosen = {"enabled": ["daily-papers"], "daily_papers_url": feeds.url}
        async with sample_app(tmp_path, clock=FakeClock(NOON), feeds=chosen) as app, running(app) as server:
            result = await server.ada.slash(server.channel, "paper", paper=KEY)
            assert result.response is not None
            assert result.response.embeds[0].title == "Kettle Study 2: How Kettles Whistle"
            answer = await server.ada.slash(server.channel, "ask", question="what does 2610.00003 hear?")
            assert "Kettle Study 3" in str([embed.to_dict() for embed in server.last.embeds]), answer
            told = await server.ada.slash(server.channel, "status")
            assert told.response is not None
            fields = {field.name: field.value for field in told.response.embeds[0].fields}
            assert fields["Feeds"] == "- ⚠ Daily Papers hasn't been read yet."


async def ask_about_kettles(feeds: FakeFeeds, folder: Path, **chosen: object) -> str:
    """Ask about what the bundled papers don't hold, and return what is told."""
    settings = {"enabled": ["daily-papers"], "daily_papers_url": feeds.url, **chosen}
    async with sample_app(folder, clock=FakeClock(NOON), feeds=settings) as app, running(app) as server:
        for _ in range(2):
            await server.ada.slash(server.channel, "ask", question="why do kettles whistle?")
        return str([embed.to_dict() for embed in server.last.embeds])


async def test_a_topic_that_the_store_lacks_is_looked_up_where_that_is_on(tmp_path: Path) -> None:
    async with FakeFeeds() as feeds:
        fill(feeds)
        assert "Kettle Study" in await ask_about_kettles(feeds, tmp_path, search=True)
        assert [request.path for request in feeds.requests] == ["/api/papers/search"]
        assert feeds.asked[0]["q"] == "why do kettles whistle?"


async def test_no_question_is_sent_anywhere_where_it_is_off(tmp_path: Path) -> None:
    async with FakeFeeds() as feeds:
        fill(feeds)
        assert "No answer" in await ask_about_kettles(feeds, tmp_path)
        assert feeds.requests == []


async def test_a_search_that_fails_costs_no_answer(tmp_path: Path) -> None:
    async with FakeFeeds() as feeds:
        feeds.always(failures.status(404))
        assert "No answer" in await ask_about_kettles(feeds, tmp_path, search=True)
        assert len(feeds.requests) == 1
