"""The names that the store's papers carry, held in memory so that what is typed can be completed at once."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.search.arxiv_categories import category_label
from bot.search.fields import words
from bot.search.refreshed import PATIENCE_S, Refreshed
from bot.search.title_list import Titled, TitleList
from bot.store.protocol import NameField, PaperStore

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
