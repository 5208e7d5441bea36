"""What a user names to be summarised or compared: papers by id, link or title, or topics."""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.planning.plan import clean_question
from bot.errors.operation import StoreEmpty
from bot.errors.requests import PaperUnknown
from bot.i18n.translation import Phrase, phrase, phrases
from bot.ingest.on_demand import OnDemand
from bot.models import Paper, slug
from bot.search.completion import TitleList, Titles
from bot.search.query.ids import arxiv_ids
from bot.search.ranking.second_stage import Query
from bot.search.searcher import Searcher
from bot.store.protocol import PaperStore
from bot.text import shorten

NOT_THERE = phrase(
    "None of the enabled feeds has a match right now. Check the id, or try again later; an operator can add "
    "papers with: paperbot import FILE."
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A text that names `paper`, or a topic where it names none."""

    text: str
    paper: Paper | None


def unknown(keys: Sequence[str]) -> PaperUnknown:
    """Return the error for papers that the store doesn't hold."""
    named = phrases("the paper {keys}", "the papers {keys}", len(keys), keys=", ".join(keys))
    return PaperUnknown(name=named, advice=NOT_THERE)


class Subjects:
    """Finds out what texts name, in the store and, with a `finder`, in the feeds."""

    def __init__(self, *, papers: PaperStore, chars: int, finder: OnDemand | None = None) -> None:
        self._papers = papers
        self._chars = chars
        self._finder = finder

    async def resolve(self, texts: Sequence[str]) -> list[Subject]:
        """Return what each text names; a text with several ids or links names each of them.

        An arXiv id that the store doesn't hold is looked for in the feeds. Raises QuestionEmpty and QuestionTooLong,
        and PaperUnknown for an id that isn't found there either.
        """
        subjects: list[Subject] = []
        for text in texts:
            cleaned = clean_question(text, limit=self._chars)
            ids = arxiv_ids(cleaned)
            if ids:
                await self.missing(cleaned)
                subjects += [Subject(key, await self._by_id(key)) for key in ids]
            else:
                subjects.append(Subject(cleaned, await self.titled(cleaned)))
        return subjects

    async def missing(self, text: str) -> list[str]:
        """Return the arXiv ids in a text that the store doesn't hold, after the feeds were asked for them."""
        missing = await self._not_held(arxiv_ids(text))
        if missing and self._finder is not None:
            await self._finder.find(missing)
            missing = await self._not_held(missing)
        return missing

    async def fetch_about(self, topic: str) -> bool:
        """Look a topic up in the feeds; return whether papers came."""
        return self._finder is not None and await self._finder.find_about(topic)

    async def _not_held(self, ids: Sequence[str]) -> list[str]:
        held = {paper.key for paper in await self._papers.wanted(keys=ids)} if ids else set()
        return [key for key in ids if key not in held]

    async def _by_id(self, key: str) -> Paper:
        paper = await self._papers.get(key)
        if paper is None:
            raise unknown([key])
        return paper

    async def titled(self, text: str) -> Paper | None:
        """Return the paper whose whole title a text is, or None."""
        wanted = slug(text.strip("\"'“”„«» "))
        found = await self._papers.wanted(keys=[wanted], slugs=[wanted])
        return found[0] if found else None


_HASH_SIGN = "-"
"""Begins a reference that is a hash: no arXiv id begins so."""

_LOADED_WITHIN_S = 10.0
_NAME_WORDS = 3
_LOOKED_AT = 10
_NAME_LIMIT = 100
_SUGGESTED = phrase("Choose one of the suggestions that appear as you type, or find it with /search.")


class NamedPapers:
    """Finds single papers: by what a user typed, or by the reference in a button."""

    def __init__(self, *, papers: PaperStore, subjects: Subjects, titles: Titles, searcher: Searcher) -> None:
        self._papers = papers
        self._subjects = subjects
        self._titles = titles
        self._searcher = searcher

    async def of_text(self, text: str, *, advice: Phrase = _SUGGESTED) -> Paper:
        """Return the paper with this id, link or title, with this name, or the only one whose title has these words.

        Raises QuestionEmpty, QuestionTooLong, and PaperUnknown where there is none, or several; `advice` is then what
        to do about words that name none.
        """
        [subject, *_] = await self._subjects.resolve([text])
        return subject.paper or await self._called(subject.text, advice)

    async def all_of_text(self, text: str) -> list[Paper]:
        """Return every paper that a text names by id or link; the one that it names otherwise. Raises as `of_text`."""
        subjects = await self._subjects.resolve([text])
        return [subject.paper or await self._called(subject.text, _SUGGESTED) for subject in subjects]

    async def _called(self, name: str, advice: Phrase) -> Paper:
        """Return the one paper of this name. Raises PaperUnknown."""
        if (paper := await self._named(name)) is not None:
            return paper
        found = await self._titles.matching(name, limit=2)
        if len(found) == 1 and (paper := await self._papers.get(found[0].key)):
            return paper
        raise PaperUnknown(
            name=phrase("a paper named “{text}”", text=shorten(name, _NAME_LIMIT)),
            advice=advice,
        )

    async def _named(self, name: str) -> Paper | None:
        """Return the one paper that calls what it is about so, in its title or in its abstract alone ("Stormer")."""
        if len(name.split()) > _NAME_WORDS:
            return None
        try:
            # A question's first word counts less, for every sentence begins with a capital.
            result = await self._searcher.search(Query(question=f"the paper {name}"), limit=_LOOKED_AT)
        except StoreEmpty:
            return None
        named = [paper for paper in result.papers if paper.key in result.named]
        return named[0] if len(named) == 1 else None

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
