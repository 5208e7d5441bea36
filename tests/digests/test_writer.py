"""Digests over several days: late papers, repeats, round-ups, empty days."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.digests.digest import Digest, DigestItem, Headline, RoundUp, channel_of, dump, fingerprint, keys, load
from bot.digests.writer import DigestWriter
from bot.ingest.freshness import FeedState, Freshness
from bot.models import Paper
from bot.store.database import open_database
from tests.apps import sample_app
from tests.digests.examples import make_definition, make_feed_state
from tests.factories import make_paper, make_papers

MONDAY = date(2026, 10, 5)
NINE, NOON = datetime(2026, 10, 5, 9, tzinfo=UTC), datetime(2026, 10, 5, 12, 5, tzinfo=UTC)
WEEKEND = make_feed_state(Freshness.WEEKEND, "Daily Papers has no list at weekends.")
DOWN = make_feed_state(Freshness.DOWN, "Daily Papers can't be reached.")
FRESH = make_feed_state(Freshness.FRESH, "Daily Papers is up to date.")


@dataclass(frozen=True)
class Feeds:
    states: tuple[FeedState, ...]

    async def freshness(self) -> Sequence[FeedState]:
        return self.states


class AnswerQueue:
    """A writer and what it writes for."""

    def __init__(self, app: App, folder: Path, parts: dict[str, Any]) -> None:
        known: dict[str, Any] = {"contents": app.digest_contents, "feedback": app.feedback, "feeds": app.feeds}
        self._writer = DigestWriter(papers=app.papers, searcher=app.searcher, sentences=None, **{**known, **parts})
        self._app, self._folder = app, folder

    async def add(self, *papers: Paper, at: float) -> None:
        await self._app.papers.upsert(papers, now=at)

    async def write(self, *, after: float = 0, until: float = 100, day: date = MONDAY, **wanted: Any) -> Digest:
        return await self._writer.write(make_definition(**wanted), day, after=after, until=until)

    async def late(self, posted: Digest, *, until: float = 200, **wanted: Any) -> Digest:
        stored = load(dump(posted), {item.paper.key: item.paper for item in posted.items})
        assert stored == posted
        return await self._writer.with_late(make_definition(**wanted), posted, after=100, until=until, now=NOON)

    async def note(self, digest: Digest, *, until: float) -> None:
        """Put a posted digest into the ledger."""
        async with open_database(self._folder / "store.db") as database, database.transaction() as connection:
            await connection.execute(
                "INSERT OR REPLACE INTO digest_posts (digest, day, since, until, state, content, message, changed_at)"
                " VALUES (?, ?, 0, ?, 'posted', ?, 77, 0)",
                (digest.key, digest.day.isoformat(), until, dump(digest)),
            )


@asynccontextmanager
async def answer_queue(folder: Path, **parts: Any) -> AsyncIterator[AnswerQueue]:
    async with sample_app(folder, papers=[]) as app:
        yield AnswerQueue(app, folder, parts)


def listed(*titles: str, day: date = MONDAY) -> list[Paper]:
    return [replace(paper, listed=day, arxiv_id=None) for paper in make_papers(*titles)]


def titles(digest: Digest) -> list[str]:
    return [item.paper.title for item in digest.items]


async def test_late_papers_of_the_days_list_stand_at_the_end_and_nothing_moves(tmp_path: Path) -> None:
    async with answer_queue(tmp_path) as there:
        await there.add(*listed("Kettles", "Pots"), at=50)
        posted = await there.write()
        await there.add(*listed("Lids"), *listed("Tomorrow's", day=date(2026, 10, 6)), at=150)
        await there.add(replace(listed("Spouts")[0], upvotes=99), at=150)
        edited = await there.late(posted, zone="Europe/Berlin")
    assert titles(edited) == ["Kettles", "Pots", "Spouts", "Lids"]
    assert edited.items[:2] == posted.items
    assert [item.group for item in edited.items[2:]] == ["Added at 14:05"] * 2
    assert (edited.total, edited.matched[2:]) == (4, ("spouts", "lids"))
    assert [(f"{addition.at:%H:%M}", addition.papers) for addition in edited.additions] == [("14:05", 2)]
    assert fingerprint(edited) != fingerprint(posted)


async def test_without_late_papers_the_post_stays_as_it_is_also_when_votes_change(tmp_path: Path) -> None:
    async with answer_queue(tmp_path) as there:
        await there.add(*listed("Kettles"), at=50)
        posted = await there.write()
        await there.add(replace(listed("Kettles")[0], upvotes=9), at=150)
        await there.add(*listed("Unwanted"), at=150)
        assert await there.late(posted, excluded=("unwanted",)) is posted
    voted = replace(posted, items=(replace(posted.items[0], paper=replace(posted.items[0].paper, upvotes=9)),))
    assert fingerprint(voted) == fingerprint(posted)


async def test_a_full_post_takes_five_late_papers_in_all_and_leaves_the_others_to_the_next(tmp_path: Path) -> None:
    async with answer_queue(tmp_path) as there:
        await there.add(*listed("Kettles"), at=50)
        posted = await there.write(length=1)
        await there.add(*listed(*(f"Late {number}" for number in range(3))), at=150)
        edited = await there.late(posted, length=1)
        await there.note(edited, until=100)
        await there.add(*listed(*(f"Later {number}" for number in range(4))), at=160)
        again = await there.late(edited, length=1)
        await there.note(again, until=100)
        await there.add(*listed("Last"), at=170)
        assert await there.late(again, length=1) is again
        following = await there.write(after=100, until=300, day=date(2026, 10, 6))
    assert (len(edited.items), len(again.items), again.total) == (4, 6, 6)
    assert [addition.papers for addition in again.additions] == [3, 2]
    assert sorted(titles(following)) == ["Last", "Later 2", "Later 3"]


async def test_late_papers_come_to_a_post_that_had_none(tmp_path: Path) -> None:
    async with answer_queue(tmp_path, feeds=Feeds((DOWN,))) as there:
        await there.add(*listed("Old", day=date(2026, 10, 1)), at=-50)
        posted = await there.write()
        await there.add(*listed("Kettles"), at=150)
        edited = await there.late(posted)
    assert (posted.notice, titles(posted)) == (DOWN.sentence, [])
    assert (edited.notice, titles(edited)) == (None, ["Kettles"])


async def test_no_paper_is_told_twice_by_the_same_digest_and_another_tells_it_too(tmp_path: Path) -> None:
    async with answer_queue(tmp_path) as there:
        await there.add(*listed("Kettles"), at=50)
        first = await there.write()
        await there.note(first, until=100)
        again = await there.write(day=date(2026, 10, 6))
        other = await there.write(key="2", day=date(2026, 10, 6))
        retried = await there.write()
    assert titles(again) == []
    assert titles(other) == titles(retried) == ["Kettles"]


@pytest.mark.parametrize(
    ("standings", "said"),
    [
        ((), "No papers have arrived since the last digest. An operator can add some with `paperbot import`."),
        ((FRESH,), "No papers have arrived since the last digest. The feeds are up to date."),
        ((FRESH, WEEKEND), "Daily Papers has no list at weekends."),
        ((WEEKEND, DOWN), "Daily Papers can't be reached."),
    ],
)
async def test_an_empty_day_says_why(tmp_path: Path, standings: tuple[FeedState, ...], said: str) -> None:
    async with answer_queue(tmp_path, feeds=Feeds(standings)) as there:
        await there.add(make_paper(), at=-1)
        digest = await there.write()
    assert (digest.items, digest.notice, digest.silent) == ((), said, False)


async def test_a_day_on_which_nothing_matches_says_what_was_asked_for(tmp_path: Path) -> None:
    async with answer_queue(tmp_path, feeds=Feeds((FRESH, DOWN))) as there:
        await there.add(*make_papers("Kettles", "Pots"), at=50)
        digest = await there.write(topics=("speech",), min_upvotes=2, excluded=("survey",))
        silent = await there.write(topics=("speech",), when_empty="silent")
    assert digest.notice == (
        "2 papers arrived, but none of them match this digest (topics: speech; without: survey; at least 2 upvotes). "
        "Daily Papers can't be reached."
    )
    assert silent.silent


async def test_a_digest_with_papers_tells_of_feeds_that_are_down_and_not_of_the_weekend(tmp_path: Path) -> None:
    async with answer_queue(tmp_path, feeds=Feeds((FRESH, WEEKEND, DOWN))) as there:
        await there.add(*make_papers("Kettles"), at=50)
        digest = await there.write()
    assert (digest.feeds, digest.notice) == ((DOWN.sentence,), None)


async def test_a_weekly_round_up_counts_against_the_week_before_and_tells_what_became_of_papers(tmp_path: Path) -> None:
    kettles, pots, lids, speech = make_papers("Kettles", "Kettle pots", "Kettle lids", "Speech", abstract="It is.")
    async with answer_queue(tmp_path) as there:
        await there.add(pots, lids, speech, at=50)
        pots = replace(pots, withdrawn=MONDAY)
        lids, speech = (replace(paper, code_url="https://example.org/code") for paper in (lids, speech))
        await there.add(kettles, pots, lids, speech, at=150)
        digest = await there.write(after=100, until=200, period="weekly", topics=("kettles",))
        first = await there.write(after=0, until=100, period="weekly")
    assert digest.round_up is not None
    assert (digest.round_up.total, digest.round_up.before) == (1, 2)
    assert digest.round_up.withdrawn == (pots,)
    assert digest.round_up.released == (lids,)
    assert first.round_up is not None
    assert first.round_up.before is None
    papers = {paper.key: paper for paper in (kettles, pots, lids)}
    assert load(dump(digest), papers) == digest
    assert set(keys(dump(digest))) == set(papers)


async def test_a_week_without_papers_in_which_something_was_withdrawn_is_not_silent(tmp_path: Path) -> None:
    (pots,) = make_papers("Pots")
    async with answer_queue(tmp_path) as there:
        await there.add(pots, at=50)
        await there.add(replace(pots, withdrawn=MONDAY), at=150)
        digest = await there.write(after=100, until=200, period="weekly", when_empty="silent")
    assert not digest.silent


def test_a_content_that_is_damaged_or_whose_paper_is_gone_is_left_alone() -> None:
    assert load("{", {}) is None
    assert keys("[]") == ()


def test_a_post_that_an_earlier_version_stored_is_read_and_stored_again() -> None:
    kettles, pots = listed("Kettles", "Pots")
    item = {"paper": "kettles", "sentence": "It sings.", "verbatim": True, "reasons": ["in cs.SD"], "group": "songs"}
    stored: dict[str, Any] = {
        "key": "7",
        "name": "Morning",
        "day": "2026-10-05",
        "items": [item],
        "matched": ["kettles"],
        "total": 3,
        "order": "most upvotes first",
        "period": "weekly",
        "headline": "Kettles whistle.",
        "citations": [1],
        "notice": None,
        "feeds": ["arXiv can't be reached."],
        "thread": True,
        "additions": [["2026-10-05T14:05:00+02:00", 2]],
        "round_up": {"total": 3, "before": None, "withdrawn": ["pots"], "released": []},
        "channel": 9,
    }
    content = json.dumps(stored)
    digest = load(content, {"kettles": kettles, "pots": pots})
    assert digest is not None
    assert (digest.day, digest.items[0].paper, digest.items[0].reasons) == (MONDAY, kettles, ("in cs.SD",))
    assert (digest.headline, digest.thread) == (Headline("Kettles whistle.", (1,)), True)
    assert digest.additions == ((NOON, 2),)
    assert digest.round_up == RoundUp(total=3, before=None, withdrawn=(pots,))
    assert (keys(content), channel_of(content)) == (("kettles", "pots"), 9)
    item["by_hub"] = False  # as whatever came before there were such sentences
    assert json.loads(dump(digest, channel=9)) == stored


def test_a_post_does_without_the_papers_of_its_round_up_that_are_gone_but_not_without_its_own() -> None:
    kettles, pots = listed("Kettles", "Pots")
    item = DigestItem(paper=kettles, sentence="", verbatim=True)
    round_up = RoundUp(total=1, before=1, withdrawn=(pots,))
    posted = Digest(
        key="7", name="Morning", day=MONDAY, items=(item,), total=1, order="", period="weekly", round_up=round_up
    )
    assert load(dump(posted), {"kettles": kettles}) == replace(posted, round_up=replace(round_up, withdrawn=()))
    assert load(dump(posted), {"pots": pots}) is None


async def test_a_threads_papers_are_those_of_its_post(tmp_path: Path) -> None:
    async with answer_queue(tmp_path) as there, sample_app(tmp_path, papers=[]) as app:
        await there.add(*listed("Kettles", "Pots"), at=50)
        await there.note(await there.write(), until=100)
        assert set(await app.digest_contents.of_thread(77)) == {"kettles", "pots"}
        assert await app.digest_contents.of_thread(78) == ()
