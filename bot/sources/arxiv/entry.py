"""One entry of arXiv's Atom, whether of the query API or of the feeds of new papers."""

import re
from datetime import date
from xml.etree.ElementTree import Element

from bot.models import Paper, parse_arxiv_id
from bot.sources.glued import unglued
from bot.sources.records import Refusal, code_link, date_in, names, short_name, unusable, venue_in
from bot.text import clean, one_line

# arXiv wraps abstracts at 80 characters; a paragraph begins with spaces or after an empty line.
_PARAGRAPH = re.compile(r"\n(?:[ \t]*\n|[ \t]{2,})\s*")

_HINT = re.compile("withdr|retract", re.IGNORECASE)  # spares nearly all texts the long look
_WHAT = r"(?:paper|article|preprint|manuscript|submission|work|version|note|document|entry)"
_DONE = r"(?:withdrawn|retracted)\b(?! from)"
_WITHDRAWN = re.compile(
    rf"\b(?:this|the|our|current) (?:arxiv |present )?{_WHAT} (?:has been|is|was|is being|had to be) (?:\w+ )?{_DONE}"
    rf"|^[\[(*]*(?:{_WHAT} )?{_DONE}"
    r"|\b(?:withdrawn|retracted) by (?:the )?(?:arxiv|authors?|submitter|admin\w*)\b"
    rf"|\b(?:we|i|authors?) (?:have |has )?(?:withdr[ae]wn?|retract(?:ed)?) (?:this|the) {_WHAT}\b",
    re.IGNORECASE,
)
_BEGINNING = 20
"""Where an abstract says it of itself, it begins with it; further on, it may be what the paper is about."""


def unwrapped(text: str) -> str:
    """Return an abstract cleaned, its paragraphs without the line breaks within them, glued sentences apart."""
    paragraphs = (" ".join(part.split()) for part in _PARAGRAPH.split(clean(text)))
    return unglued("\n\n".join(filter(None, paragraphs)))


def tells_withdrawal(*, comment: str, abstract: str) -> bool:
    """Whether the comment says that the paper is withdrawn, or its abstract begins with that.

    A paper withdrawn from a conference is not withdrawn from arXiv.
    """
    beginning = abstract[:300]
    if not _HINT.search(f"{comment[:2_000]}\n{beginning}"):
        return False
    if _WITHDRAWN.search(" ".join(comment[:2_000].split())):
        return True
    found = _WITHDRAWN.search(beginning)
    return found is not None and found.start() < _BEGINNING


ORIGIN = "arxiv"

ATOM = "{http://www.w3.org/2005/Atom}"
ARXIV = "{http://arxiv.org/schemas/atom}"
ENTRY = f"{ATOM}entry"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"

# http://arxiv.org/abs/2610.01234v1 of the API, oai:arXiv.org:2610.01234v1 of the feeds of new papers.
_ID = re.compile(r"(?:https?://(?:www\.|export\.)?arxiv\.org/abs/|oai:arXiv\.org:)(?P<id>\S{1,40})", re.IGNORECASE)
# What these feeds put before an abstract: "arXiv:2610.01234v1 Announce Type: new Abstract: ".
_LEAD = re.compile(r"arXiv:\S{1,40}\s+Announce Type:\s*[\w-]{1,20}\s+Abstract:\s*", re.IGNORECASE)


def read_entry(entry: Element, place: int) -> Paper | Refusal:
    """Turn an entry into a paper. `place` is its number in the feed, for the refusal.

    In the feeds of new papers the day of a new paper's announcement is the day that it is listed on; the day of its
    first version isn't given there.
    """
    named = _ID.fullmatch(_text(entry, f"{ATOM}id").strip())
    parsed = parse_arxiv_id(named["id"]) if named else None
    if parsed is None:
        return Refusal(place, f"not an arXiv id: {one_line(_text(entry, f'{ATOM}id'))[:40]!r}")
    announced = announce_type(entry)
    title = one_line(_text(entry, f"{ATOM}title"))
    abstract = unwrapped(_LEAD.sub("", _text(entry, f"{ATOM}summary").strip(), count=1))
    if reason := unusable(title, abstract, parsed[0]):
        return Refusal(place, reason)
    comment = one_line(_text(entry, f"{ARXIV}comment"))
    published, updated = _day(entry, "published"), _day(entry, "updated")
    authors = _authors(entry)
    return Paper(
        title=title,
        abstract=abstract,
        origin=ORIGIN,
        arxiv_id=parsed[0],
        version=parsed[1],
        authors=authors,
        author_count=len(authors) or None,
        published=None if announced else published,
        listed=published if announced == "new" else None,
        code_url=code_link(abstract) or code_link(comment),
        venue=short_name(_text(entry, f"{ARXIV}journal_ref", f"{ARXIV}journal_reference")) or venue_in(comment),
        categories=_categories(entry),
        withdrawn=(updated or published) if tells_withdrawal(comment=comment, abstract=abstract) else None,
    )


def announce_type(entry: Element) -> str:
    """Return new, cross, replace or replace-cross; empty where an entry isn't announced."""
    return one_line(_text(entry, f"{ARXIV}announce_type")).lower()


def _text(entry: Element, *names: str) -> str:
    """Return the text of the first of these children that has any."""
    return next((text for name in names if (text := entry.findtext(name) or "").strip()), "")


def _authors(entry: Element) -> tuple[str, ...]:
    named = [name.text or "" for name in entry.iterfind(f"{ATOM}author/{ATOM}name")]
    # The feeds of new papers name all authors in one text.
    listed = [
        part for text in entry.iterfind(f"{_DUBLIN_CORE}creator") for part in one_line(text.text or "").split(", ")
    ]
    return names(named) or names(listed)


def _categories(entry: Element) -> tuple[str, ...]:
    """Return arXiv's categories, the primary one first; MSC and ACM classes, which are listed among them, are none."""
    primary = [element.get("term", "") for element in entry.iterfind(f"{ARXIV}primary_category")]
    others = [element.get("term", "") for element in entry.iterfind(f"{ATOM}category")]
    return tuple(dict.fromkeys(name for name in [*primary, *others] if is_category(name)))


def is_category(name: str) -> bool:
    """Whether this can be the name of one of arXiv's categories: cs.CL, math-ph, cond-mat.stat-mech."""
    return re.fullmatch(r"[a-z][a-z-]{1,15}(?:\.[A-Za-z][A-Za-z-]{1,15})?", name) is not None


def _day(entry: Element, name: str) -> date | None:
    return date_in(_text(entry, f"{ATOM}{name}"))
