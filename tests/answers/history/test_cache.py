"""What is kept of an answer, and what equal requests have in common."""

from dataclasses import replace
from pathlib import Path

from bot.answers.answer import AnswerDraft, Task, number_sources
from bot.answers.history.archive import ALONE, AnswerCache
from bot.answers.request import Conversation, RequestContext, Requester
from bot.models import Paper
from bot.search.engine.index import Bm25Index
from tests.answers.archives import PAPERS, Archive, make_answer, open_archive
from tests.answers.writers import KeptPrompts, writer_with
from tests.clocks import FakeClock

ANN, BEN = Requester("ann"), Requester("ben")
QUESTION = "which vessel whistles?"
WRITER = writer_with(KeptPrompts("x"))


def keeper_of(archive: Archive) -> AnswerCache:
    return AnswerCache(archive=archive.archive, conversations=archive.conversations)


def draft(
    question: str = "which vessel whistles?", *, papers: list[Paper] = PAPERS, wording: str | None = None
) -> AnswerDraft:
    return AnswerDraft(
        task=Task.ANSWER,
        question=question,
        sources=number_sources(papers),
        index=Bm25Index(papers),
        searched=7,
        span=None,
        wording=wording,
    )


async def test_an_answer_outside_of_conversations_stands_alone(tmp_path: Path) -> None:
    async with open_archive(tmp_path / "store.db", clock=FakeClock()) as archive:
        answer_cache = keeper_of(archive)
        first = await answer_cache.keep(make_answer(), RequestContext(requester=ANN))
        second = await answer_cache.keep(make_answer(), RequestContext(requester=ANN))
        assert first.id != second.id
        assert first.id is not None
        assert await archive.archive.get(first.id) == first
        assert len(set(archive.execute("SELECT conversation FROM answers"))) == 2
        assert set(archive.execute("SELECT place FROM answers")) == {ALONE}


async def test_an_answer_within_a_conversation_is_its_turn(tmp_path: Path) -> None:
    async with open_archive(tmp_path / "store.db", clock=FakeClock()) as archive:
        conversation = Conversation("c1", "console", ANN)
        await keeper_of(archive).keep(make_answer(), RequestContext(requester=ANN, conversation=conversation))
        turns, expired = await archive.conversations.history(conversation)
    assert [turn.role for turn in turns] == ["user", "assistant"]
    assert not expired


async def test_equal_requests_get_the_answer_with_their_own_words(tmp_path: Path) -> None:
    async with open_archive(tmp_path / "store.db", clock=FakeClock()) as archive:
        answer_cache = keeper_of(archive)
        await answer_cache.keep(make_answer(), RequestContext(requester=ANN), key="k")
        own = draft("and that one?", wording="which vessel whistles?")
        reused = await answer_cache.reuse("k", own, RequestContext(requester=BEN))
        assert reused is not None
        assert (reused.question, reused.wording, reused.searched) == ("and that one?", "which vessel whistles?", 7)
        assert reused.cached
        assert reused.statements == make_answer().statements
        assert await answer_cache.reuse("k", own, RequestContext(requester=BEN, fresh=True)) is None
        assert await answer_cache.reuse("other", own, RequestContext(requester=BEN)) is None


async def test_without_a_key_nothing_is_given_again(tmp_path: Path) -> None:
    async with open_archive(tmp_path / "store.db", clock=FakeClock()) as archive:
        answer_cache = keeper_of(archive)
        await answer_cache.keep(make_answer(), RequestContext(requester=ANN))
        key = answer_cache.key(draft(), "answer", {}, WRITER)
        assert await answer_cache.reuse(key, draft(), RequestContext(requester=ANN)) is None


async def test_the_key_holds_all_that_an_answer_depends_on(tmp_path: Path) -> None:
    async with open_archive(tmp_path / "store.db", clock=FakeClock()) as archive:
        answer_cache = keeper_of(archive)

        def key(asked: AnswerDraft, prompt: str = "answer", **variables: str) -> str:
            return answer_cache.key(asked, prompt, variables, WRITER)

        changed = [replace(PAPERS[0], abstract="Kettles sing."), *PAPERS[1:]]
        keys = [
            key(draft()),
            key(draft("which pot whistles?")),
            key(draft(papers=changed)),
            key(draft(papers=PAPERS[:2])),
            key(draft(papers=PAPERS[::-1])),
            key(draft(), "explanation"),
            key(draft(), level="newcomer"),
            key(replace(draft(), task=Task.SUMMARY)),
        ]
        assert len(set(keys)) == len(keys)
        assert key(draft("and that?", wording="which vessel whistles?")) == keys[0], (
            "what counts is what was searched for"
        )
