"""Conversations: a user's turns in one place, found again by place or by the message that is replied to."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from bot.answers.planning.followups import Turn
from bot.answers.request import Conversation, Requester
from bot.models import Paper, slug
from bot.store.answers import AnswerRow, AnswerStore
from bot.store.protocol import PaperStore

EXCHANGES = 6
"""How many questions with their answers' papers a conversation remembers."""


class Conversations:
    """Reads and forgets conversations; their turns are the answers that were kept.

    A conversation can be gone on with for `hours` after its last question.
    """

    def __init__(
        self, *, answers: AnswerStore, papers: PaperStore, clock: Callable[[], datetime], hours: float
    ) -> None:
        self._answers = answers
        self._papers = papers
        self._clock = clock
        self._lifetime = timedelta(hours=hours)

    def start(self, place: str, requester: Requester) -> Conversation:
        """Return a new conversation. Nothing is stored before its first answer."""
        return Conversation(secrets.token_hex(8), place, requester)

    async def latest(self, place: str, requester: Requester) -> Conversation | None:
        """Return the conversation of the user's last answer in a place, also when it has expired; or None."""
        row = await self._answers.latest(place, requester.user)
        return Conversation(row.conversation, place, requester) if row else None

    async def of_message(self, message: str, *, place: str, requester: Requester) -> Conversation | None:
        """Return the conversation that a reply to an answer goes on with; None when the message shows none.

        A reply to one's own answer goes on with its conversation. A reply to somebody else's begins a new one, which
        knows the papers of that answer and none of the words.
        """
        row = await self._answers.of_message(message)
        return await self._going_on(row, place, requester) if row else None

    async def of_answer(self, answer_id: str, *, place: str, requester: Requester) -> Conversation | None:
        """Return the conversation that goes on with an answer, as `of_message` does; None when the answer is gone."""
        row = await self._answers.get(answer_id)
        return await self._going_on(row, place, requester) if row else None

    async def _going_on(self, row: AnswerRow, place: str, requester: Requester) -> Conversation:
        if row.user == requester.user:
            return Conversation(row.conversation, row.place, requester)
        begun = self.start(place, requester)
        await self._answers.start(begun.id, requester.user, sources=row.sources, now=self._clock().timestamp())
        return begun

    async def history(self, conversation: Conversation, *, before: str | None = None) -> tuple[tuple[Turn, ...], bool]:
        """Return the turns, oldest first, and whether the conversation has expired; then there are no turns.

        Questions are the user's own; of answers there are the titles of their papers alone. `before` leaves out an
        answer and what came after it.
        """
        user = conversation.requester.user
        rows = await self._answers.turns(conversation.id, user, limit=EXCHANGES, before=before)
        start = await self._answers.started(conversation.id, user)
        times = [*(row.created_at for row in rows), *([start.started_at] if start else [])]
        if not times:
            return (), False
        if max(times) < (self._clock() - self._lifetime).timestamp():
            return (), True
        given = start.sources if start and len(rows) < EXCHANGES else ()
        keys = tuple(dict.fromkeys(key for sources in (given, *(row.sources for row in rows)) for key in sources))
        papers = await papers_by_key(self._papers, keys)
        return (*_answered(given, papers), *(turn for row in rows for turn in _exchange(row, papers))), False

    async def forget(self, conversation: Conversation) -> int:
        """Delete a conversation with its answers; return how many."""
        return await self._answers.forget_conversation(conversation.id, conversation.requester.user)


async def papers_by_key(papers: PaperStore, keys: tuple[str, ...]) -> dict[str, Paper]:
    """Return the papers that are still there by their keys, also by one that was a title's slug when it was stored."""
    found = await papers.wanted(keys=keys, slugs=keys) if keys else ()
    return {slug(paper.title): paper for paper in found} | {paper.key: paper for paper in found}


def _exchange(row: AnswerRow, papers: dict[str, Paper]) -> Iterator[Turn]:
    yield Turn("user", row.question)
    yield from _answered(row.sources, papers)


def _answered(sources: Sequence[str], papers: dict[str, Paper]) -> Iterator[Turn]:
    """Yield what is known of an answer. One without papers is left out: the papers before it are still the topic."""
    titles = tuple(papers[key].title for key in sources if key in papers)
    if titles:
        yield Turn("assistant", "; ".join(titles), titles=titles)
