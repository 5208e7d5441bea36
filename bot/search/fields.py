"""What a paper can be asked for by name: its authors, categories, venue, organisation, keywords, and code.

Each is an exact term, "field:value", its value folded: an index holds them beside the words, and filters name them.
"""

import re
from collections.abc import Iterator

from bot.models import Paper
from bot.search.folding import fold
from bot.search.venues import SHORT_NAMES, venue_names
from bot.translation import gettext

HAS_CODE = "code:yes"
NO_CODE = "code:no"

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile("['’‘`ʼ]")
_PARTICLES = frozenset("al bin da de del della den der di do dos du el la le ter van von y".split())
_SUFFIXES = frozenset("jr sr ii iii iv".split())
_LINKING = frozenset("and at for in of on the".split())
_ORGANISATION_WORDS = 5
"""The longest run of an organisation's words that is a term of its own."""


def field_terms(paper: Paper) -> list[str]:
    """Return the terms of a paper's fields, once each.

    An author is found by the last name, with a first name or initials before it, or by the full name; a category also
    by its archive; a venue with and without its year; an organisation by any run of its words.
    """
    return list(dict.fromkeys(_terms(paper)))


def _terms(paper: Paper) -> Iterator[str]:
    for author in paper.authors:
        yield from (f"author:{name}" for name in author_names(author))
    for category in paper.categories:
        folded = fold(category).strip()
        yield from (f"category:{name}" for name in (folded, folded.partition(".")[0]) if name)
    if paper.venue:
        yield from (f"venue:{name}" for name in venue_names(paper.venue))
    if paper.organisation:
        yield from (f"organisation:{name}" for name in _organisation_names(paper.organisation))
    yield from (f"keyword:{folded}" for keyword in paper.keywords if (folded := words(keyword)))
    yield HAS_CODE if paper.code_url else NO_CODE


def words(text: str) -> str:
    """Return the folded words of a name, without punctuation."""
    return " ".join(_WORD.findall(fold(text)))


def author_names(author: str) -> list[str]:
    """Return the folded forms under which an author may be asked for, the fullest first, the last name last."""
    if "," in author:  # "Hinton, Geoffrey E."
        last, _, first = author.partition(",")
        author = last if words(first) in _SUFFIXES else f"{first} {last}"
    parts = [part for word in author.split() if (part := words(_APOSTROPHE.sub("", word)))]  # "fei fei", "li"
    while len(parts) > 1 and parts[-1] in _SUFFIXES:
        parts.pop()
    start = len(parts) - 1
    while start > 1 and parts[start - 1] in _PARTICLES:
        start -= 1
    last = " ".join(parts[start:])
    if start < 1:
        return [last] if last else []
    given = " ".join(parts[:start]).split()
    names = (
        " ".join(parts),
        f"{given[0]} {last}",
        f"{parts[0].replace(' ', '')} {last}",
        f"{' '.join(word[0] for word in given)} {last}",
        f"{given[0][0]} {last}",
        last,
        last.split()[-1],
    )
    return list(dict.fromkeys(names))


def _organisation_names(organisation: str) -> Iterator[str]:
    parts = words(organisation).split()
    yield " ".join(parts)
    for start in range(len(parts)):
        for end in range(start + 1, min(start + _ORGANISATION_WORDS, len(parts)) + 1):
            if parts[start] not in _LINKING and parts[end - 1] not in _LINKING:
                yield " ".join(parts[start:end])


_ORDER = ("author", "organisation", "category", "venue", "keyword", "code")


def in_words(terms: tuple[str, ...]) -> str:
    """Return field terms as people say them: "by Geoffrey Hinton in cs.CL at NeurIPS 2023 with code"."""
    found: dict[str, list[str]] = {}
    for term in terms:
        field, _, value = term.partition(":")
        found.setdefault(field, []).append(value)
    phrases = [_phrase(field, found[field]) for field in sorted(found, key=_rank)]
    return " ".join(phrases)


def _rank(field: str) -> int:
    return _ORDER.index(field) if field in _ORDER else len(_ORDER)


def _phrase(field: str, values: list[str]) -> str:
    match field:
        case "author":
            return gettext("by {names}").format(names=_listed(map(_author, values)))
        case "organisation":
            return gettext("from {organisations}").format(organisations=_listed(map(str.title, values)))
        case "category":
            return gettext("in {categories}").format(categories=_listed(map(_category, values)))
        case "venue":
            return gettext("at {venues}").format(venues=_listed(map(_venue, values)))
        case "code":
            return _listed(gettext("without code") if value == "no" else gettext("with code") for value in values)
        case _:
            return gettext("with the keyword {keywords}").format(keywords=_listed(f"“{value}”" for value in values))


def _listed(values: Iterator[str]) -> str:
    return gettext(" and ").join(values)


def _author(value: str) -> str:
    return " ".join(
        word if word in _PARTICLES else f"{word.upper()}." if len(word) == 1 else word.title() for word in value.split()
    )


def _category(value: str) -> str:
    archive, dot, subject = value.partition(".")
    return archive + dot + (subject.upper() if len(subject) == 2 else subject)  # cs.CL, but cond-mat.mes-hall


def _venue(value: str) -> str:
    return " ".join(SHORT_NAMES.get(word, word.title()) for word in value.split())
