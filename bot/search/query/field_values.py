"""From the value that people type for a field to the term that papers have."""

import re
import string
from collections.abc import Callable, Iterator

from bot.search.query.filters import author_names, words
from bot.search.query.venues import venue_names
from bot.search.text.tokens import fold

Known = Callable[[str], bool]
"""Whether any paper has a term of `bot.search.fields`."""

_ET_AL = re.compile(r",?\s+(?:et\.?\s*al\b\.?|and (?:colleagues|others))", re.IGNORECASE)
_TYPO_LENGTH = 5
"""Shorter names have too many others one letter away from them."""


def value_terms(field: str, value: str) -> list[str]:
    """Return the terms that a value may stand for, the likeliest first; none for a value that says nothing."""
    return [f"{field}:{name}" for name in dict.fromkeys(_NAMES[field](value)) if name]


def known_term(field: str, value: str, known: Known, *, typos: bool = False) -> str | None:
    """Return the likeliest term that papers have; with `typos`, else the only one that is one typing error away."""
    terms = value_terms(field, value)
    found = next((term for term in terms if known(term)), None)
    if found or not typos or not terms:
        return found
    near = {term for term in _one_error_away(terms[0]) if known(term)}
    return near.pop() if len(near) == 1 else None


def _authors(value: str) -> Iterator[str]:
    """An initial may stand for a first name, a first name never for another: "Geoffrey Hinton" is not "G. Hinton"."""
    name = _ET_AL.sub("", value).strip(" .")
    first, _, rest = name.partition(" ")
    if first.isupper() and 1 < len(first) <= 3 and rest:  # "GE Hinton"
        yield from _full(f"{' '.join(first)} {rest}")
    last, _, given = name.partition("_")
    if len(given) == 1:  # as arXiv's own search wants it: "hinton_g"
        yield from _full(f"{given} {last}")
    yield from _full(name.replace("_", " "))
    parts = words(name).split()
    if len(parts) == 2:  # last name first
        yield f"{parts[1]} {parts[0]}"


def _full(name: str) -> Iterator[str]:
    forms = author_names(name)
    given = len(words(name).split()) > 1
    # The forms end with those of initials and of the last name alone, which stand for others as well.
    yield from (form for number, form in enumerate(forms) if number == 0 or (given and _keeps_first(forms[0], form)))


def _keeps_first(full: str, form: str) -> bool:
    return " " in form and form.partition(" ")[0] == full.partition(" ")[0]


def _categories(value: str) -> Iterator[str]:
    yield fold(value).strip().removeprefix("arxiv.").rstrip(".*")


def _venues(value: str) -> Iterator[str]:
    names = venue_names(value)
    dated = [name for name in names if name[-4:].isdigit()]
    yield from dated or names


def _organisations(value: str) -> Iterator[str]:
    yield words(value).removeprefix("the ")


def _keywords(value: str) -> Iterator[str]:
    yield words(value)


def _code(value: str) -> Iterator[str]:
    if value.casefold() in {"yes", "true", "1", "available", "any", "*"}:
        yield "yes"
    elif value.casefold() in {"no", "false", "0", "none"}:
        yield "no"


_NAMES: dict[str, Callable[[str], Iterator[str]]] = {
    "author": _authors,
    "category": _categories,
    "venue": _venues,
    "organisation": _organisations,
    "keyword": _keywords,
    "code": _code,
}


def _one_error_away(term: str) -> Iterator[str]:
    """Yield `term` with one letter of its last word too many, too few, wrong, or exchanged with its neighbour."""
    field, _, value = term.partition(":")
    before, space, word = value.rpartition(" ")
    if len(word) < _TYPO_LENGTH:
        return
    start = f"{field}:{before}{space}"
    for at in range(1, len(word) + 1):  # the first letter is taken to be right
        head, tail = word[:at], word[at:]
        yield start + head[:-1] + tail if at > 1 else start + head + tail[1:]
        yield start + head + tail[1:2] + tail[:1] + tail[2:]
        for letter in string.ascii_lowercase:
            yield start + head + letter + tail
            yield start + head + letter + tail[1:]
