"""The archive of answers: for their evidence, for equal requests, and for replies to the messages that show them."""

import asyncio
import hashlib
import json
import logging
import secrets
import string
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.answers.answer import Answer, AnswerDraft, Column, Evidence, Kind, Row, Source, Statement, Task
from bot.answers.history.conversations import Conversations, papers_by_key
from bot.answers.request import Conversation, Level, RequestContext, Requester
from bot.answers.writing.writer import Writer
from bot.errors.operation import StoreError
from bot.i18n.translation import SOURCE_LOCALE, current_locale, ngettext
from bot.models import Paper
from bot.store.answers import AnswerRow, AnswerStore, FeedbackStore
from bot.store.protocol import PaperStore
from bot.store.usage import UsageStore

log = logging.getLogger(__name__)


class _Stored(BaseModel):
    """The form of the JSON. `version` grows when an older form can no longer be read."""

    model_config = ConfigDict(extra="forbid", strict=True)

    version: Literal[1] = 1
    task: Task
    level: Level | None = None
    kind: Kind
    question: str
    wording: str | None
    keywords: tuple[str, ...]
    statements: tuple[Statement, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sources: tuple[tuple[int, str], ...]
    searched: int
    span: tuple[date, date] | None
    notice: str | None
    model: str | None
    prompts_hash: str | None
    read_twice: bool = False
    id: str | None
    cached: bool
    list_keys: tuple[str, ...] = ()


_PLAIN = tuple(name for name in _Stored.model_fields if name not in {"version", "sources"})


def dump(answer: Answer) -> str:
    """Return an answer as JSON, without its failure and with the keys of its papers."""
    stored = _Stored.model_construct(
        sources=tuple((source.number, source.paper.key) for source in answer.sources),
        **{name: getattr(answer, name) for name in _PLAIN},
    )
    # Cleaned text has no lone surrogates; should some come all the same, the store would refuse the whole answer.
    return json.dumps(stored.model_dump(mode="json"), ensure_ascii=False).encode(errors="replace").decode()


def load(text: str, papers: Mapping[str, Paper]) -> Answer | None:
    """Return the answer, its sources taken from `papers` by key; None, with a line in the log, for a malformed text.

    A source whose paper is gone is left out, and so are its citations and evidence; the notice says so.
    """
    try:
        stored = _Stored.model_validate_json(text)
    except ValidationError as error:
        log.warning("a stored answer is malformed, so it is ignored (errors: %d)", error.error_count())
        return None
    sources = tuple(Source(number, papers[key]) for number, key in stored.sources if key in papers)
    answer = Answer(sources=sources, **{name: getattr(stored, name) for name in _PLAIN})
    gone = len(stored.sources) - len(sources)
    return _without(answer, {source.number for source in sources}, gone) if gone else answer


def _without(answer: Answer, there: set[int], gone: int) -> Answer:
    """Leave out every citation that is not `there`; the notice says how many sources are gone."""
    notice = ngettext(
        "One source of this answer is no longer available, so its citations were removed.",
        "{number} sources of this answer are no longer available, so their citations were removed.",
        gone,
    ).format(number=gone)
    return replace(
        answer,
        statements=_cited(answer.statements, there),
        columns=tuple(Column(column.name, _kept(column.numbers, there)) for column in answer.columns),
        rows=tuple(Row(row.label, tuple(_cited(cell, there) for cell in row.cells)) for row in answer.rows),
        notice=f"{answer.notice} {notice}" if answer.notice else notice,
    )


def _cited(statements: Sequence[Statement], there: set[int]) -> tuple[Statement, ...]:
    return tuple(
        replace(
            statement,
            citations=_kept(statement.citations, there),
            evidence=tuple(Evidence(item.number, item.sentence) for item in statement.evidence if item.number in there),
        )
        for statement in statements
    )


def _kept(numbers: Iterable[int], there: set[int]) -> tuple[int, ...]:
    return tuple(number for number in numbers if number in there)


CACHED_FOR = timedelta(days=7)
"""How old an answer may be that is given again."""

USAGE_DAYS = timedelta(days=400)
"""How long the calls of models stay counted: a year can be compared with the one before."""

_EXPIRES_EVERY = timedelta(hours=1)
_ID_CHARS = 12
_ALPHABET = string.ascii_letters + string.digits  # an id that begins with - would look like an option


class AnswerArchive:
    """Keeps answers for `answer_days`. A row that can't be read counts as not there."""

    def __init__(
        self,
        *,
        answers: AnswerStore,
        papers: PaperStore,
        usage: UsageStore,
        feedback: FeedbackStore,
        clock: Callable[[], datetime],
        answer_days: float,
    ) -> None:
        self._answers = answers
        self._papers = papers
        self._usage = usage
        self._feedback = feedback
        self._clock = clock
        self._lifetime = timedelta(days=answer_days)
        self._expired_at: datetime | None = None

    async def keep(self, answer: Answer, *, conversation: Conversation, cache_key: str | None) -> Answer:
        """Store an answer as the next turn of a conversation and return it with its id, which is random.

        Without a `cache_key` it is not given again. One that was given again itself keeps the age of the first.
        """
        now = self._clock()
        await self._expire_now_and_then(now)
        kept = replace(answer, id="".join(secrets.choice(_ALPHABET) for _ in range(_ID_CHARS)))
        assert kept.id is not None, "it was just made"
        await self._answers.add(
            AnswerRow(
                id=kept.id,
                conversation=conversation.id,
                place=conversation.place,
                user=conversation.requester.user,
                guild=conversation.requester.guild,
                question=kept.question.encode(errors="replace").decode(),
                content=dump(kept),
                sources=tuple(source.paper.key for source in kept.sources),
                cache_key=None if kept.cached else cache_key,
                created_at=now.timestamp(),
            )
        )
        return kept

    async def get(self, answer_id: str) -> Answer | None:
        """Return an answer by its id, or None."""
        return await self._load(self._living(await self._answers.get(answer_id)))

    async def cached(self, cache_key: str) -> Answer | None:
        """Return the newest answer to an equal request, at most `CACHED_FOR` old, marked as cached; or None.

        Its `question` and `wording` are those of the first request.
        """
        row = await self._answers.cached(cache_key, since=(self._clock() - min(CACHED_FOR, self._lifetime)).timestamp())
        answer = await self._load(row)
        return replace(answer, cached=True) if answer else None

    async def conversation_of(self, answer_id: str) -> Conversation | None:
        """Return the conversation that an answer is a turn of, with its requester; None when the answer is gone."""
        row = self._living(await self._answers.get(answer_id))
        return _conversation(row) if row else None

    async def attach(self, answer_id: str, message: str) -> None:
        """Note that a message, named by its front end, shows an answer."""
        await self._answers.attach(answer_id, message)

    async def of_message(self, message: str) -> tuple[Answer, Conversation] | None:
        """Return the answer that a message shows, and the conversation that it is a turn of; or None."""
        row = self._living(await self._answers.of_message(message))
        answer = await self._load(row)
        return (answer, _conversation(row)) if row and answer else None

    async def replace(self, answer_id: str, *, by: str) -> tuple[str, ...]:
        """Delete an answer that another one has replaced; return the messages that showed only the first."""
        messages = await self._answers.messages(answer_id)
        await self._answers.forget(answer_id)
        shown = set(await self._answers.messages(by))
        return tuple(message for message in messages if message not in shown)

    async def expire(self) -> int:
        """Delete what is older than `answer_days`, and usage older than `USAGE_DAYS`; return how many answers."""
        self._expired_at = now = self._clock()
        await self._usage.prune((now.astimezone(UTC) - USAGE_DAYS).date())
        return await self._answers.expire((now - self._lifetime).timestamp())

    async def forget_user(self, user: str) -> int:
        """Delete a user's answers and conversations, and take the user out of the usage; return how many answers.

        Today's usage keeps the user until midnight UTC, since forgetting would lift the day's limit otherwise.
        """
        await self._feedback.forget_user(user)
        await self._usage.forget_user(user, today=self._clock().astimezone(UTC).date())
        return await self._answers.forget_user(user)

    async def export(self, user: str) -> list[dict[str, Any]]:
        """Return all that is stored of a user, as values of JSON: answers, verdicts, calls of models; oldest first."""
        answers = await self._answers.of_user(user)
        calls = await self._usage.of_user(user)
        exported = await asyncio.to_thread(lambda: [_exported(row) for row in answers])
        verdicts = [{"what": "verdict", **dict(verdict)} for verdict in await self._feedback.of_user(user)]
        return [*exported, *verdicts, *({"what": "model call", **dict(call)} for call in calls)]

    async def _expire_now_and_then(self, now: datetime) -> None:
        if self._expired_at is None or now - self._expired_at >= _EXPIRES_EVERY:
            await self.expire()

    def _living(self, row: AnswerRow | None) -> AnswerRow | None:
        """Return a row unless it is only still there because nothing was deleted since it expired."""
        return row if row and row.created_at >= (self._clock() - self._lifetime).timestamp() else None

    async def _load(self, row: AnswerRow | None) -> Answer | None:
        if row is None:
            return None
        answer = load(row.content, await papers_by_key(self._papers, row.sources))
        return replace(answer, id=row.id) if answer else None


def _conversation(row: AnswerRow) -> Conversation:
    return Conversation(row.conversation, row.place, Requester(row.user, row.guild))


def _exported(row: AnswerRow) -> dict[str, Any]:
    try:
        content = json.loads(row.content)
    except ValueError:
        content = None
    return {
        "what": "answer",
        "id": row.id,
        "asked": datetime.fromtimestamp(row.created_at, UTC).isoformat(),
        "place": row.place,
        "guild": row.guild,
        "question": row.question,
        "sources": list(row.sources),
        "answer": content,
    }


def cache_key(
    *,
    prompts_hash: str,
    model: str,
    task: Task,
    request: str,
    options: Mapping[str, object],
    papers: Sequence[Paper],
) -> str:
    """Return a SHA-256, in hexadecimal digits, of all that an answer depends on.

    `request` is what was asked, worded so that equal requests are equal; `options` are what else shapes the answer,
    each with a `str` that identifies it. Papers count with what prompts and answers show of them and in their order, so
    that a changed source gives another key.
    """
    known = [prompts_hash, model, str(task), request, {name: str(value) for name, value in options.items()}]
    text = json.dumps([*known, [_version(paper) for paper in papers]], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _version(paper: Paper) -> list[object]:
    shown = [
        paper.title,
        paper.abstract,
        paper.code_url,
        str(paper.published),
        str(paper.withdrawn),
        paper.author_count,
    ]
    return [paper.key, paper.version, hashlib.sha256(json.dumps(shown).encode()).hexdigest()]


ALONE = "alone"
"""The place of answers outside of any conversation."""


class AnswerCache:
    """Keeps answers in the archive and finds those to equal requests."""

    def __init__(self, *, archive: AnswerArchive, conversations: Conversations) -> None:
        self._archive = archive
        self._conversations = conversations

    def key(self, draft: AnswerDraft, prompt: str, variables: Mapping[str, str], writer: Writer) -> str:
        """Return what equal requests have in common: prompts, model, request, language, and the sources' versions."""
        # A notice is in the first requester's language. What was kept before there were others is English.
        notice_in = {} if current_locale() == SOURCE_LOCALE else {"language": current_locale()}
        written_in = {"in": draft.language} if draft.language else {}
        return cache_key(
            prompts_hash=writer.prompts_hash,
            model=writer.name,
            task=draft.task,
            request=draft.wording or draft.question,
            options={"prompt": prompt, **variables, **written_in, **notice_in},
            papers=[source.paper for source in draft.sources],
        )

    async def reuse(self, key: str, draft: AnswerDraft, context: RequestContext) -> Answer | None:
        """Return the kept answer to an equal request, as a turn of its own, or None."""
        found = None if context.fresh else await self._archive.cached(key)
        if found is None:
            return None
        own = replace(
            found,
            question=draft.question,
            wording=draft.wording,
            searched=draft.searched,
            span=draft.span,
            cached=True,
        )
        return await self.keep(own, context)

    async def keep(self, answer: Answer, context: RequestContext, *, key: str | None = None) -> Answer:
        """Keep an answer and return it with its id. Without a `key` it is not given to equal requests.

        One that can't be kept is returned as it is: its reader waits for it.
        """
        conversation = context.conversation or self._conversations.start(ALONE, context.requester)
        try:
            return await self._archive.keep(answer, conversation=conversation, cache_key=key)
        except StoreError as error:
            log.warning("couldn't store an answer, which is shown anyway: %s", error)
            return answer
