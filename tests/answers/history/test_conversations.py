"""Conversations: whose turns are remembered, where, and for how long."""

import asyncio
from pathlib import Path

import pytest

from bot.answers.history.conversations import EXCHANGES
from bot.answers.planning.followups import Turn
from bot.answers.request import NOBODY, Requester
from tests.answers.archives import PAPERS, Archive, open_archive
from tests.clocks import FakeClock

ANN, BOB = Requester("ann", "guild"), Requester("bob", "guild")
HERE, THERE = "discord:1", "discord:2"
FIRST_TWO = Turn("assistant", "Kettles; Pots", titles=("Kettles", "Pots"))


async def test_turns_are_the_askers_questions_and_the_titles_of_what_answered_them(kept: Archive) -> None:
    talk = kept.conversations.start(HERE, ANN)
    assert await kept.conversations.history(talk) == ((), False)
    await kept.answered(talk, "what whistles?")
    await kept.answered(talk, "and what hums?", papers=PAPERS[2:])
    assert await kept.conversations.history(talk) == (
        (
            Turn("user", "what whistles?"),
            FIRST_TWO,
            Turn("user", "and what hums?"),
            Turn("assistant", "Pans", titles=("Pans",)),
        ),
        False,
    )


async def test_an_answer_without_papers_leaves_those_before_it_the_topic(kept: Archive) -> None:
    talk = kept.conversations.start(HERE, ANN)
    await kept.answered(talk, "what whistles?")
    await kept.answered(talk, "is it Tuesday?", papers=())
    turns, _ = await kept.conversations.history(talk)
    assert turns == (Turn("user", "what whistles?"), FIRST_TWO, Turn("user", "is it Tuesday?"))


async def test_only_the_last_exchanges_are_remembered(kept: Archive) -> None:
    talk = kept.conversations.start(HERE, ANN)
    for number in range(EXCHANGES + 3):
        await kept.answered(talk, f"question {number}?")
    turns, _ = await kept.conversations.history(talk)
    assert [turn.content for turn in turns if turn.role == "user"] == [f"question {n}?" for n in range(3, 9)]


async def test_a_conversation_goes_on_after_a_restart(path: Path) -> None:
    clock = FakeClock()
    async with open_archive(path, clock=clock) as kept:
        talk = kept.conversations.start(HERE, ANN)
        await kept.answered(talk)
    async with open_archive(path, clock=clock) as kept:
        assert await kept.conversations.latest(HERE, ANN) == talk
        turns, expired = await kept.conversations.history(talk)
        assert (len(turns), expired) == (2, False)


async def test_the_latest_is_the_askers_own_in_this_place(kept: Archive) -> None:
    older, newer = kept.conversations.start(HERE, ANN), kept.conversations.start(HERE, ANN)
    await kept.answered(older)
    await kept.answered(newer)
    await kept.answered(kept.conversations.start(THERE, ANN))
    await kept.answered(kept.conversations.start(HERE, BOB))
    assert await kept.conversations.latest(HERE, ANN) == newer
    await kept.answered(older)
    assert await kept.conversations.latest(HERE, ANN) == older
    assert await kept.conversations.latest("discord:3", ANN) is None
    assert await kept.conversations.latest(HERE, NOBODY) is None


async def test_the_console_has_a_conversation_without_a_user(kept: Archive) -> None:
    talk = kept.conversations.start("console", NOBODY)
    await kept.answered(talk)
    assert await kept.conversations.latest("console", NOBODY) == talk
    assert (await kept.conversations.history(talk))[0] == (Turn("user", "which vessel whistles?"), FIRST_TWO)


async def test_a_conversation_expires_after_its_last_question_and_then_tells_nothing(path: Path) -> None:
    async with open_archive(path, clock=FakeClock(), hours=2.0) as kept:
        talk = kept.conversations.start(HERE, ANN)
        await kept.answered(talk)
        kept.clock.move(hours=1.5)
        await kept.answered(talk)
        kept.clock.move(hours=1.5)
        turns, expired = await kept.conversations.history(talk)
        assert (len(turns), expired) == (4, False)
        kept.clock.move(hours=1)
        assert await kept.conversations.history(talk) == ((), True)
        assert await kept.conversations.latest(HERE, ANN) == talk


async def test_a_reply_to_ones_own_answer_goes_on_with_its_conversation(kept: Archive) -> None:
    older, newer = kept.conversations.start(HERE, ANN), kept.conversations.start(HERE, ANN)
    await kept.archive.attach(await kept.answered(older), "discord:10")
    await kept.answered(newer)
    assert await kept.conversations.of_message("discord:10", place=HERE, requester=ANN) == older
    assert await kept.conversations.of_message("discord:11", place=HERE, requester=ANN) is None


async def test_a_reply_to_somebody_elses_answer_begins_with_its_papers_and_none_of_its_words(path: Path) -> None:
    clock = FakeClock()
    async with open_archive(path, clock=clock) as kept:
        hers = kept.conversations.start(HERE, ANN)
        await kept.answered(hers, "is my secret kettle ill?")
        await kept.archive.attach(await kept.answered(hers, "and my other kettle?"), "discord:10")
        his = await kept.conversations.of_message("discord:10", place=HERE, requester=BOB)
        assert his
        assert his.id != hers.id
        assert his.requester == BOB
    async with open_archive(path, clock=clock) as kept:
        assert await kept.conversations.history(his) == ((FIRST_TWO,), False)
        await kept.answered(his, "what do they cost?", papers=PAPERS[2:])
        turns, _ = await kept.conversations.history(his)
        assert turns == (FIRST_TWO, Turn("user", "what do they cost?"), Turn("assistant", "Pans", titles=("Pans",)))
        assert await kept.conversations.latest(HERE, BOB) == his
        assert await kept.conversations.latest(HERE, ANN) == hers
        assert len((await kept.conversations.history(hers))[0]) == 4


async def test_what_a_conversation_began_with_goes_first_and_expires(path: Path) -> None:
    async with open_archive(path, clock=FakeClock(), hours=2.0) as kept:
        await kept.archive.attach(await kept.answered(kept.conversations.start(HERE, ANN)), "discord:10")
        his = await kept.conversations.of_message("discord:10", place=HERE, requester=BOB)
        assert his
        kept.clock.move(hours=3)
        assert await kept.conversations.history(his) == ((), True)
        for number in range(EXCHANGES):
            await kept.answered(his, f"question {number}?")
        turns, _ = await kept.conversations.history(his)
        assert turns[0] == Turn("user", "question 0?")
        kept.clock.move(days=31)
        assert await kept.archive.expire() == EXCHANGES + 1
        assert kept.execute("SELECT count(*) FROM conversation_starts") == [0]


async def test_other_users_turns_are_never_in_it_even_under_the_same_id(kept: Archive) -> None:
    hers = kept.conversations.start(HERE, ANN)
    await kept.answered(hers, "mine?")
    stolen = type(hers)(hers.id, HERE, BOB)
    await kept.answered(stolen, "his?")
    assert [turn.content for turn in (await kept.conversations.history(hers))[0]] == ["mine?", "Kettles; Pots"]
    assert [turn.content for turn in (await kept.conversations.history(stolen))[0]] == ["his?", "Kettles; Pots"]
    assert await kept.conversations.forget(stolen) == 1
    assert len((await kept.conversations.history(hers))[0]) == 2


async def test_a_conversation_that_is_forgotten_leaves_nothing(kept: Archive) -> None:
    await kept.archive.attach(await kept.answered(kept.conversations.start(HERE, ANN)), "discord:10")
    his = await kept.conversations.of_message("discord:10", place=HERE, requester=BOB)
    assert his
    answer = await kept.answered(his)
    await kept.archive.attach(answer, "discord:11")
    other = kept.conversations.start(THERE, BOB)
    await kept.answered(other)
    assert await kept.conversations.forget(his) == 1
    assert await kept.conversations.history(his) == ((), False)
    assert await kept.conversations.latest(HERE, BOB) is None
    assert await kept.archive.get(answer) is None
    assert await kept.archive.of_message("discord:11") is None
    assert kept.execute("SELECT count(*) FROM conversation_starts") == [0]
    assert await kept.conversations.latest(THERE, BOB) == other


async def test_turns_that_come_at_once_are_all_kept(kept: Archive) -> None:
    talk = kept.conversations.start(HERE, ANN)
    await asyncio.gather(*(kept.answered(talk, f"{number}?") for number in range(EXCHANGES)))
    turns, _ = await kept.conversations.history(talk)
    assert {turn.content for turn in turns if turn.role == "user"} == {f"{number}?" for number in range(EXCHANGES)}


@pytest.mark.parametrize("sources", ["", "{}", "[1]", "[", '"Kettles"'])
async def test_a_malformed_list_of_sources_is_left_out_and_logged(
    kept: Archive, sources: str, caplog: pytest.LogCaptureFixture
) -> None:
    talk = kept.conversations.start(HERE, ANN)
    await kept.answered(talk)
    kept.execute(f"UPDATE answers SET sources = '{sources}'")
    assert await kept.conversations.history(talk) == ((Turn("user", "which vessel whistles?"),), False)
    assert caplog.messages == ["the list of a stored answer's sources is malformed and is left out"]


async def test_papers_that_are_gone_are_not_in_it(kept: Archive) -> None:
    talk = kept.conversations.start(HERE, ANN)
    await kept.answered(talk)
    kept.execute("DELETE FROM papers WHERE title = 'Kettles'")
    assert (await kept.conversations.history(talk))[0][1] == Turn("assistant", "Pots", titles=("Pots",))
