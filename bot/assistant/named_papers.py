"""The one paper that a member names: by id, link or title, or by a button's short reference."""

import asyncio
import hashlib

from bot.assistant.subjects import NOT_THERE, Subjects, unknown
from bot.errors import PaperUnknown
from bot.models import Paper, slug
from bot.search.title_list import TitleList
from bot.search.titles import Titles
from bot.store.protocol import PaperStore
from bot.text import shorten
from bot.translation import phrase

_HASH_SIGN = "-"
"""Begins a reference that is a hash: no arXiv id begins so."""

_LOADED_WITHIN_S = 10.0
_NAME_LIMIT = 100


class NamedPapers:
    """Finds single papers."""

    def __init__(self, *, papers: PaperStore, subjects: Subjects, titles: Titles) -> None:
        self._papers = papers
        self._subjects = subjects
        self._titles = titles

    async def of_text(self, text: str) -> Paper:
        """Return the paper with this id, link or title, or the only one whose title has these words.

        Raises QuestionEmpty, QuestionTooLong, and PaperUnknown where there is none, or several.
        """
        [subject, *_] = await self._subjects.resolve([text])
        if subject.paper is not None:
            return subject.paper
        found = await self._titles.matching(subject.text, limit=2)
        if len(found) == 1 and (paper := await self._papers.get(found[0].key)):
            return paper
        raise PaperUnknown(
            name=phrase("a paper named “{text}”", text=shorten(subject.text, _NAME_LIMIT)),
            advice=phrase("Choose one from the list that appears while you type, or look for it with /search."),
        )

    async def of_reference(self, reference: str) -> Paper:
        """Return the paper of a button. Raises PaperUnknown when it is there no more."""
        key: str | None = reference
        if reference.startswith(_HASH_SIGN):
            titles = await self._titles.current(patience_s=_LOADED_WITHIN_S)
            key = await asyncio.to_thread(_key_of, reference, titles)
        paper = await self._papers.get(key) if key else None
        if paper is None:
            gone = PaperUnknown(name=phrase("this paper any more"), advice=NOT_THERE)
            raise gone if key is None else unknown([reference])
        return paper


def reference_of(paper: Paper) -> str:
    """Return what names a paper in a button, at most 24 characters: its arXiv id, or a hash of its title's slug.

    The hash also finds a paper whose arXiv id became known later.
    """
    return paper.arxiv_id if paper.arxiv_id and len(paper.arxiv_id) <= 24 else _hash(slug(paper.title))


def _hash(title_slug: str) -> str:
    return _HASH_SIGN + hashlib.sha256(title_slug.encode(errors="surrogatepass")).hexdigest()[:16]


def _key_of(reference: str, titles: TitleList) -> str | None:
    """Work of half a second among 100,000 titles, for a thread."""
    return next((entry.key for entry in titles.entries if _hash(slug(entry.title)) == reference), None)
