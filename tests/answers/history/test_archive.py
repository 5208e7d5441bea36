"""Answers that are kept, found again, and forgotten."""

import asyncio
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.answers.history.archive import CACHED_FOR
from bot.answers.request import NOBODY, Conversation, Requester
from bot.errors.services import ModelLate
from bot.store.usage import DayLimits, Reservation
from tests.answers.archives import PAPERS, Archive, make_answer, open_archive
from tests.clocks import FakeClock
from tests.factories import make_paper

ANN, BOB = Requester("ann", "guild"), Requester("bob", "guild")
TALK = Conversation("talk", "discord:1", ANN)
KEY = "key of an equal request"


async def test_an_answer_is_found_by_its_id_also_after_a_restart(path: Path) -> None:
    clock = FakeClock()
    async with open_archive(path, clock=clock) as opened:
        answer = await opened.archive.keep(make_answer(), conversation=TALK, cache_key=None)
    assert answer == replace(make_answer(), id=answer.id)
    assert re.fullmatch(r"[A-Za-z0-9]{12}", answer.id or "")
    async with open_archive(path, clock=clock) as opened:
        assert await opened.archive.get(answer.id or "") == answer
        assert await opened.archive.get("another") is None


async def test_answers_kept_at_once_have_ids_of_their_own(kept: Archive) -> None:
    answers = await asyncio.gather(
        *(kept.archive.keep(make_answer(f"{n}?"), conversation=TALK, cache_key=KEY) for n in range(30))
    )
    assert len({answer.id for answer in answers}) == 30
    for answer in answers:
        assert await kept.archive.get(answer.id or "") == answer


async def test_a_failure_is_not_kept(kept: Archive) -> None:
    answer = await kept.archive.keep(make_answer(failure=ModelLate(detail="1 s")), conversation=TALK, cache_key=None)
    assert answer.failure is not None
    found = await kept.archive.get(answer.id or "")
    assert found == replace(answer, failure=None)


async def test_an_equal_request_gets_the_same_answer_marked_as_cached(kept: Archive) -> None:
    answer = await kept.archive.keep(make_answer(), conversation=TALK, cache_key=KEY)
    assert await kept.archive.cached(KEY) == replace(answer, cached=True)
    assert await kept.archive.cached("another") is None
    later = await kept.archive.keep(make_answer(papers=PAPERS[2:]), conversation=TALK, cache_key=KEY)
    assert await kept.archive.cached(KEY) == replace(later, cached=True)


async def test_an_answer_without_a_key_is_not_given_again(kept: Archive) -> None:
    await kept.answered(TALK)
    assert await kept.archive.cached("") is None


async def test_an_answer_is_given_again_for_a_week_and_giving_it_again_does_not_prolong_that(kept: Archive) -> None:
    await kept.archive.keep(make_answer(), conversation=TALK, cache_key=KEY)
    kept.clock.move(days=6)
    again = await kept.archive.cached(KEY)
    assert again
    await kept.archive.keep(again, conversation=Conversation("other", "discord:2", BOB), cache_key=KEY)
    assert await kept.archive.cached(KEY)
    kept.clock.now += CACHED_FOR
    assert await kept.archive.cached(KEY) is None


async def test_an_answer_is_found_by_the_messages_that_show_it(kept: Archive) -> None:
    first, second = await kept.answered(TALK), await kept.answered(TALK, papers=PAPERS[2:])
    await kept.archive.attach(first, "discord:10")
    await kept.archive.attach(first, "discord:11")
    await kept.archive.attach(second, "discord:10")
    for message, answer_id in (("discord:10", second), ("discord:11", first)):
        assert await kept.archive.of_message(message) == (await kept.archive.get(answer_id), TALK)
    assert await kept.archive.of_message("discord:12") is None


async def test_a_message_of_an_answer_that_is_gone_is_not_noted(kept: Archive) -> None:
    await kept.archive.attach("gone", "discord:10")
    assert await kept.archive.of_message("discord:10") is None


async def test_a_paper_that_is_gone_is_told(kept: Archive) -> None:
    answer_id = await kept.answered(TALK)
    kept.execute("DELETE FROM papers WHERE title = 'Pots'")
    found = await kept.archive.get(answer_id)
    assert found
    assert [source.paper.title for source in found.sources] == ["Kettles"]
    assert found.notice == "One source of this answer is no longer available, so its citations were removed."


async def test_a_paper_whose_arxiv_id_becomes_known_is_still_its_source(kept: Archive) -> None:
    paper = make_paper(title="Woks: A Survey", arxiv_id=None)
    await kept.papers.upsert([paper], now=1.0)
    answer_id = await kept.answered(TALK, papers=[paper])
    await kept.papers.upsert([replace(paper, arxiv_id="2401.00009")], now=2.0)
    found = await kept.archive.get(answer_id)
    assert found
    assert [source.paper.key for source in found.sources] == ["2401.00009"]
    assert found.notice is None


@pytest.mark.parametrize("content", ["", "{}", "[1, 2", "null"])
async def test_a_stored_answer_that_is_malformed_counts_as_not_there(
    kept: Archive, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await kept.archive.keep(make_answer(), conversation=TALK, cache_key=KEY)
    await kept.archive.attach(answer.id or "", "discord:10")
    kept.execute(f"UPDATE answers SET content = '{content}'")
    assert await kept.archive.get(answer.id or "") is None
    assert await kept.archive.cached(KEY) is None
    assert await kept.archive.of_message("discord:10") is None
    assert len(caplog.messages) == 3
    [told] = await kept.archive.export("ann")
    assert told["question"] == "which vessel whistles?"


async def test_answers_are_deleted_when_their_days_are_over(path: Path) -> None:
    async with open_archive(path, clock=FakeClock(), answer_days=2.0) as kept:
        old = await kept.answered(TALK)
        await kept.archive.attach(old, "discord:10")
        kept.clock.move(days=1.5)
        young = await kept.answered(TALK)
        assert await kept.archive.get(old)
        kept.clock.move(days=1)
        assert await kept.archive.get(old) is None, "though it is still in the file"
        assert await kept.archive.of_message("discord:10") is None
        assert await kept.archive.expire() == 1
        assert kept.execute("SELECT id FROM answers") == [young]
        assert kept.execute("SELECT count(*) FROM answer_messages") == [0]


async def test_keeping_an_answer_deletes_old_ones_at_most_once_an_hour(path: Path) -> None:
    async with open_archive(path, clock=FakeClock(), answer_days=0.01) as kept:  # 14 minutes
        await kept.answered(TALK)
        kept.clock.move(minutes=30)
        await kept.answered(TALK)
        assert kept.execute("SELECT count(*) FROM answers") == [2]
        kept.clock.move(minutes=40)
        await kept.answered(TALK)
        assert kept.execute("SELECT count(*) FROM answers") == [1]


def calls_of(user: str, day: date) -> Reservation:
    return Reservation(
        day=day,
        at=0.0,
        user=user,
        guild="guild",
        purpose="answer",
        model="m",
        input_tokens=9,
        output_tokens=1,
        cost=0.0,
    )


async def test_a_user_is_exported_whole_and_forgotten_whole(kept: Archive) -> None:
    hers = await kept.answered(TALK)
    await kept.archive.attach(hers, "discord:10")
    his = await kept.answered(Conversation("his", "discord:1", BOB))
    await kept.archive.attach(his, "discord:11")
    await kept.conversations.of_message("discord:11", place="discord:1", requester=ANN)
    await kept.usage.reserve(calls_of("ann", date(2024, 1, 5)), limits=DayLimits())
    await kept.usage.reserve(calls_of("bob", date(2024, 1, 5)), limits=DayLimits())
    answer, call = await kept.archive.export("ann")
    assert json.loads(json.dumps([answer, call])) == [answer, call]
    assert (answer["what"], answer["id"], answer["asked"]) == ("answer", hers, "2024-01-06T12:01:00+00:00")
    assert answer["sources"] == ["2401.00001", "2401.00002"]
    assert answer["answer"]["statements"][0]["text"] == "Kettles whistle."
    assert (call["what"], call["day"], call["input_tokens"]) == ("model call", "2024-01-05", 9)
    assert await kept.archive.forget_user("ann") == 1
    assert await kept.archive.export("ann") == []
    assert await kept.archive.of_message("discord:10") is None
    for table in ("answers", "conversation_starts", "model_calls"):
        assert "ann" not in kept.execute(f"SELECT user FROM {table}")
    assert len(await kept.archive.export("bob")) == 2
    assert (await kept.usage.spent(date(2024, 1, 5))).day_tokens == 20


async def test_nobodys_answers_can_be_kept(kept: Archive) -> None:
    talk = Conversation("talk", "console", NOBODY)
    await kept.archive.attach(await kept.answered(talk), "console:1")
    found = await kept.archive.of_message("console:1")
    assert found
    assert found[1] == talk
