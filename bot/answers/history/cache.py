"""Keeping answers: as turns of their conversation, for their evidence, and for equal questions."""

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.answers.answer import Answer, AnswerDraft, Task
from bot.answers.history.archive import AnswerArchive
from bot.answers.history.conversations import Conversations
from bot.answers.request import RequestContext
from bot.answers.writing.writer import Writer
from bot.errors.operation import StoreError
from bot.i18n.translation import SOURCE_LOCALE, current_locale
from bot.models import Paper


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
    each with a telling `str`. Papers count with what prompts and answers show of them and in their order, so that a
    changed source gives another key.
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


log = logging.getLogger(__name__)

ALONE = "alone"
"""The place of answers outside of any conversation."""


class AnswerCache:
    """Keeps answers in the archive and finds those to equal requests."""

    def __init__(self, *, archive: AnswerArchive, conversations: Conversations) -> None:
        self._archive = archive
        self._conversations = conversations

    def key(self, draft: AnswerDraft, prompt: str, variables: Mapping[str, str], writer: Writer) -> str:
        """Return what equal requests have in common: prompts, model, request, language, and the sources' versions."""
        # A notice is in the language of who asked first. What was kept before there were others is English.
        told_in = {} if current_locale() == SOURCE_LOCALE else {"language": current_locale()}
        written_in = {"in": draft.language} if draft.language else {}
        return cache_key(
            prompts_hash=writer.prompts_hash,
            model=writer.name,
            task=draft.task,
            request=draft.wording or draft.question,
            options={"prompt": prompt, **variables, **written_in, **told_in},
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
            log.warning("an answer was not kept: %s", error)
            return answer
