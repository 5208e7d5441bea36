"""The papers that a user saved, and papers exported: as an entry for BibTeX, and as a list in Markdown."""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.answers.history.conversations import papers_by_key
from bot.answers.wording import paper_facts
from bot.errors.requests import SavedFull
from bot.i18n.translation import day, gettext
from bot.models import Paper
from bot.store.protocol import PaperStore
from bot.store.saved_papers import SavedPaperStore
from bot.text import one_line, shorten
from bot.user_data import SAVED_PAPER

SAVED_LIMIT = 500
"""How many papers one user can keep: a list that people still read, and a bound on what one of them can store."""

NOTE_LIMIT = 200
"""The longest note, in characters."""

ENTRY_LIMIT = 3_500
"""The longest entry, in characters, so that it fits a message; authors beyond it become "and others"."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_VALUE_LIMIT = 600
"""The longest title, venue or name in an entry, in characters."""
# BibTeX counts braces even after a backslash, so that a lone one is written as a command.
_SPECIAL = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "`": r"{\textasciigrave}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_NEEDS_ESCAPE = re.compile("[" + re.escape("".join(_SPECIAL)) + "]")
_KEY = re.compile(r"[A-Za-z0-9./-]{1,96}")
_MARKS = re.compile(r"([\\`*_\[\]<>|#~])")


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved paper; `paper` is None once the store no longer has it."""

    key: str
    paper: Paper | None
    note: str | None
    saved_at: datetime


class SavedPapers:
    """Each user's list. Every method raises StoreError."""

    def __init__(self, *, saved: SavedPaperStore, papers: PaperStore, clock: Callable[[], datetime]) -> None:
        self._saved = saved
        self._papers = papers
        self._clock = clock

    async def save(self, user: str, paper: Paper, *, note: str | None = None) -> bool:
        """Keep a paper; return whether it is new. One that is there gets the new note, if any. Raises SavedFull."""
        there = {saved.paper.key: saved.key for saved in await self.of_user(user) if saved.paper is not None}
        if paper.key not in there and len(await self._saved.of_user(user)) >= SAVED_LIMIT:
            raise SavedFull(limit=SAVED_LIMIT)
        shown = shorten(one_line(note or ""), NOTE_LIMIT) or None
        # A paper that got its arXiv id after it was saved is still there under its title's slug.
        key = there.get(paper.key, paper.key)
        return await self._saved.save(user, key, note=shown, now=self._clock().timestamp())

    async def of_user(self, user: str) -> list[Saved]:
        """Return what a user saved, newest first."""
        rows = await self._saved.of_user(user)
        papers = await papers_by_key(self._papers, tuple(row.key for row in rows))
        return [
            Saved(row.key, papers.get(row.key), row.note, datetime.fromtimestamp(row.saved_at, UTC)) for row in rows
        ]

    async def remove(self, user: str, key: str) -> bool:
        """Take a paper off a user's list by the key of its `Saved`; return whether it was there."""
        return await self._saved.remove(user, key)

    async def export(self, user: str) -> list[dict[str, Any]]:
        """Return what a user saved, as values of JSON."""
        return [
            {
                "what": SAVED_PAPER,
                "key": saved.key,
                "title": saved.paper.title if saved.paper else None,
                "note": saved.note,
                "saved": saved.saved_at.isoformat(),
            }
            for saved in await self.of_user(user)
        ]

    async def forget_user(self, user: str) -> int:
        """Delete a user's list; return how many papers it had."""
        return await self._saved.forget_user(user)


def bibtex(paper: Paper) -> str:
    """Return an `@misc` entry, at most ENTRY_LIMIT characters long, all of whose braces are balanced.

    The fields for arXiv's papers are those of info.arxiv.org/help/hypertex/bibstyles. What the paper's record doesn't
    have is left out. No backtick is in it, so that it can be put in a block of code.
    """
    fields = {"title": f"{{{_value(paper.title)}}}"}  # twice in braces: styles leave its capitals as they are
    if paper.published:
        fields["year"] = f"{paper.published.year}"
    if paper.arxiv_id:
        fields |= {"eprint": paper.arxiv_id, "archivePrefix": "arXiv"}
        if paper.categories:
            fields["primaryClass"] = _value(paper.categories[0])
        fields["url"] = paper.url
    if paper.venue:
        fields["note"] = _value(paper.venue)
    head = f"@misc{{{bibtex_key(paper)},\n"
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items()]
    if paper.published:
        lines.insert(2, f"  month = {_MONTHS[paper.published.month - 1]},\n")
    if paper.authors:
        room = ENTRY_LIMIT - len(head) - sum(map(len, lines)) - len("  author = {},\n}")
        lines.insert(1, f"  author = {{{_authors(paper, room)}}},\n")
    return f"{head}{''.join(lines)}}}"


def bibtex_key(paper: Paper) -> str:
    """Return the entry's key, which stays the same when more becomes known of the paper: from its id, else title."""
    if paper.arxiv_id:
        return f"arxiv-{paper.arxiv_id}"
    if _KEY.fullmatch(paper.key):
        return paper.key
    return f"paper-{hashlib.sha256(paper.key.encode()).hexdigest()[:12]}"


def _value(text: str) -> str:
    return _NEEDS_ESCAPE.sub(lambda sign: _SPECIAL[sign.group()], one_line(text)[:_VALUE_LIMIT])


def _authors(paper: Paper, room: int) -> str:
    """Return as many names as `room` characters hold; then "and others" for the rest."""
    rest = " and others"
    missing = bool(paper.author_count and paper.author_count > len(paper.authors))
    names = ""
    for number, author in enumerate(paper.authors):
        more = f" and {_name(author)}" if names else _name(author)
        last = number == len(paper.authors) - 1 and not missing
        if len(names) + len(more) > room - (0 if last else len(rest)):
            missing = True
            break
        names += more
    return f"{names}{rest}" if names and missing else names or "others"


def _name(author: str) -> str:
    """Return a name. One that BibTeX would take apart, by an "and" or many commas, is kept whole by braces."""
    name = _value(author)
    return f"{{{name}}}" if name.count(",") > 1 or "and" in name.casefold().split() else name


def markdown_list(saved: Sequence[Saved]) -> str:
    """Return a list with a link, the facts and the note of each paper; titles can't format or link."""
    return f"# {gettext('Saved papers')}\n\n" + "".join(f"{_item(each)}\n" for each in saved)


def _item(saved: Saved) -> str:
    if saved.paper is None:
        head = f"- {_plain(saved.key)} ({gettext('no longer in the store')})"
    else:
        facts = " · ".join(_plain(fact) for fact in paper_facts(saved.paper))
        head = f"- [{_plain(saved.paper.title)}]({_address(saved.paper.url)})" + (f" · {facts}" if facts else "")
    head += f" · {gettext('saved on {day}').format(day=day(saved.saved_at.date()))}"
    return f"{head}\n  - {_plain(saved.note)}" if saved.note else head


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\1", one_line(text))


def _address(url: str) -> str:
    return url.replace("(", "%28").replace(")", "%29")
