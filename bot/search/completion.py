"""The names that the store's papers carry, held in memory so that what is typed can be completed at once."""

import asyncio
import logging
from bisect import bisect_right
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Generic, Literal, TypeVar

from bot.arxiv_categories import category_label
from bot.errors.operation import StoreError
from bot.models import parse_arxiv_id
from bot.search.query.filters import words
from bot.search.query.ids import arxiv_ids
from bot.store.protocol import NameField, PaperStore

_MOST_CANDIDATES = 20_000
"""How many titles are looked at for several words in any order; no word but the commonest is in more."""


@dataclass(frozen=True, slots=True)
class Titled:
    """A paper's key and title."""

    key: str
    title: str


class TitleList:
    """An immutable list. Making one is CPU work, a second for 100,000 titles: make it in a thread.

    The folded titles stand in one text, one a line, each followed by its arXiv id: looking for words in it is a few
    milliseconds' work of `str.find`.
    """

    def __init__(self, titles: Sequence[tuple[str, str]] = ()) -> None:
        """Take keys and titles, those first that are to be offered first."""
        self.entries = tuple(Titled(key, title) for key, title in titles)
        lines = [_line(entry) for entry in self.entries]
        self._text = "".join(lines)
        self._starts = [0, *accumulate(map(len, lines))]

    def matching(self, text: str, *, limit: int) -> list[Titled]:
        """Return the best `limit` papers for what was typed so far; the first ones of all for no word.

        First come the titles that begin with it, then those with just these words, the last one perhaps unfinished,
        then those with all of them in any order, then those with the letters anywhere. An arXiv id finds its paper,
        also unfinished or within a link.
        """
        typed = words(next(iter(arxiv_ids(text)), text))
        if not typed:
            return list(self.entries[:limit])
        found: dict[int, None] = {}
        for number in chain(
            self._lines_with(f"\n {typed}"),
            self._lines_with(f" {typed}"),
            self._with_all(typed),
            self._lines_with(typed),
        ):
            found[number] = None
            if len(found) == limit:
                break
        return [self.entries[number] for number in found]

    def _lines_with(self, needle: str) -> Iterator[int]:
        """Yield the numbers of the lines that hold `needle`, once each."""
        at = self._text.find(needle)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            yield number
            at = self._text.find(needle, self._starts[number + 1])

    def _with_all(self, typed: str) -> Iterator[int]:
        needles = sorted((f" {word}" for word in typed.split()), key=len, reverse=True)
        if len(needles) < 2:
            return
        for looked_at, number in enumerate(self._lines_with(needles[0])):
            if looked_at == _MOST_CANDIDATES:
                return
            line = self._text[self._starts[number] : self._starts[number + 1]]
            if all(needle in line for needle in needles[1:]):
                yield number


def _line(entry: Titled) -> str:
    key = f" {words(entry.key)}" if parse_arxiv_id(entry.key) else ""
    return f"\n {words(entry.title)}{key}"


PATIENCE_S = 0.05
"""How long a request waits for a newer value before it is served from the one that is there."""

log = logging.getLogger(__name__)

_T = TypeVar("_T")


class Refreshed(Generic[_T]):
    """Holds `first` until `make` has given another; makes another whenever `revision` has another number.

    `what` names the value in the log. What another process imported is seen a moment later.
    """

    def __init__(
        self, first: _T, *, make: Callable[[], Awaitable[_T]], revision: Callable[[], Awaitable[int]], what: str
    ) -> None:
        self._value = first
        self._make = make
        self._now = revision
        self._what = what
        self._revision: int | None = None
        self._refreshing: asyncio.Task[None] | None = None

    async def current(self, *, patience_s: float = PATIENCE_S) -> _T:
        """Return the value, as it is now if that takes no longer than `patience_s` to find out."""
        if self._refreshing is None or self._refreshing.done():
            self._refreshing = asyncio.create_task(self._refresh())
        await asyncio.wait({self._refreshing}, timeout=patience_s)
        return self._value

    async def close(self) -> None:
        """Stop what is under way."""
        if self._refreshing is not None:
            self._refreshing.cancel()
            with suppress(asyncio.CancelledError):
                await self._refreshing

    async def _refresh(self) -> None:
        try:
            revision = await self._now()
            if revision != self._revision:
                self._value = await self._make()
                self._revision = revision
        except StoreError as error:
            log.warning("couldn't load %s: %s", self._what, error)


Kind = Literal["author", "category", "topic", "organisation"]

_FIELDS: dict[Kind, NameField] = {
    "author": "authors",
    "category": "categories",
    "topic": "keywords",
    "organisation": "organisation",
}


@dataclass(frozen=True, slots=True)
class _Lists:
    """A list of each kind of name, those of the most papers first, and how many papers have each topic."""

    lists: dict[Kind, TitleList]
    counts: dict[str, int]


class KnownNames:
    """Completes authors, categories, organisations and topics, which are the papers' keywords."""

    def __init__(self, *, papers: PaperStore) -> None:
        self._papers = papers
        self._names = Refreshed(
            _Lists({kind: TitleList() for kind in _FIELDS}, {}),
            make=self._load,
            revision=papers.revision,
            what="authors, categories, organisations and topics",
        )

    async def matching(self, kind: Kind, text: str, *, limit: int) -> list[Titled]:
        """Return the best `limit` names for what was typed so far, those of the most papers first among equals.

        Each is what papers are found by, with what it is shown as. Words may come in any order and without accents.
        """
        names = (await self.current()).lists[kind]
        return await asyncio.to_thread(names.matching, text, limit=limit)

    async def papers_of(self, topic: str) -> int:
        """Return how many papers have a topic that `matching` gave."""
        return (await self.current()).counts.get(topic, 0)

    async def current(self, *, patience_s: float = PATIENCE_S) -> _Lists:
        """Return the lists, as they are now if that takes no longer than `patience_s` to find out."""
        return await self._names.current(patience_s=patience_s)

    async def close(self) -> None:
        """Stop what is under way."""
        await self._names.close()

    async def _load(self) -> _Lists:
        counted = {kind: await self._papers.names(field) for kind, field in _FIELDS.items()}
        return await asyncio.to_thread(_lists, counted)


def _lists(counted: dict[Kind, Sequence[tuple[str, int]]]) -> _Lists:
    topics = _as_one(counted["topic"])
    lists: dict[Kind, TitleList] = {
        "author": TitleList([(name, name) for name, _ in _as_one(counted["author"])]),
        "category": TitleList([(code, category_label(code)) for code, _ in _with_archives(counted["category"])]),
        "topic": TitleList([(name, name) for name, _ in topics]),
        "organisation": TitleList([(name, name) for name, _ in _as_one(counted["organisation"])]),
    }
    return _Lists(lists, dict(topics))


def _as_one(counted: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return names that are written in several ways once, as most papers write them; the most papers first."""
    found: dict[str, tuple[str, int]] = {}
    for name, count in counted:
        folded = words(name)
        if folded:
            most_common, so_far = found.get(folded, (name, 0))
            found[folded] = (most_common, so_far + count)
    return sorted(found.values(), key=lambda named: -named[1])


def _with_archives(counted: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return categories and, where there are several of one, their archives: cs for cs.CL and cs.LG."""
    archives: dict[str, list[int]] = {}
    for code, count in counted:
        archive, dot, _ = code.partition(".")
        if dot:
            archives.setdefault(archive, []).append(count)
    known = {code for code, _ in counted}
    more = [(name, sum(counts)) for name, counts in archives.items() if len(counts) > 1 and name not in known]
    return sorted([*counted, *more], key=lambda named: -named[1])


class Titles:
    """Completes titles. What another process imported is offered a moment later."""

    def __init__(self, *, papers: PaperStore) -> None:
        self._papers = papers
        self._list = Refreshed(TitleList(), make=self._load, revision=papers.revision, what="titles")

    async def matching(self, text: str, *, limit: int) -> list[Titled]:
        """Return the best `limit` papers for what was typed so far, as TitleList tells; none while they are loaded."""
        titles = await self.current()
        return await asyncio.to_thread(titles.matching, text, limit=limit)

    async def current(self, *, patience_s: float = PATIENCE_S) -> TitleList:
        """Return the titles, as they are now if that takes no longer than `patience_s` to find out."""
        return await self._list.current(patience_s=patience_s)

    async def close(self) -> None:
        """Stop what is under way."""
        await self._list.close()

    async def _load(self) -> TitleList:
        return await asyncio.to_thread(TitleList, await self._papers.titles())
