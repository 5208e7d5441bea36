"""Fields that are asked for as `author:hinton`, with the names that arXiv and other engines use too."""

import re
from dataclasses import dataclass
from itertools import pairwise

from bot.search.field_values import Known, known_term, value_terms

_FIELDS = {
    **dict.fromkeys(("author", "authors", "au"), "author"),
    **dict.fromkeys(("cat", "category", "categories"), "category"),
    **dict.fromkeys(("venue", "journal", "conference", "jr"), "venue"),
    **dict.fromkeys(("org", "organisation", "organization", "affiliation"), "organisation"),
    **dict.fromkeys(("keyword", "keywords", "kw"), "keyword"),
    "code": "code",
}
_QUOTES = '"“”„«»'
_ASKED = re.compile(
    rf"(?<![\w:])(?P<negated>-|(?:AND\s*NOT|NOT)\s+)?(?P<field>{'|'.join(_FIELDS)}):(?P<space>\s?)"
    rf"(?P<value>[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]|\([^()]*\)|[^\s()|{_QUOTES}]+)",
    re.IGNORECASE,
)
_NEXT_WORDS = re.compile(r"(?:\s+[^\W_][^\s:()]*){1,4}(?![\w:])")
_OR = re.compile(r"[\s()]*(?:OR|\|\|?)[\s()]*")


@dataclass(frozen=True, slots=True)
class FieldWords:
    """The terms that papers must have, and the text without the words that asked for them."""

    terms: tuple[str, ...]
    rest: str


def read_syntax(text: str, known: Known) -> FieldWords:
    """Read `field:value`. A value that no paper has filters too, so that nothing is found and can be said.

    A typing error in a name is mended when that leaves one name. Fields that OR joins don't filter: their values are
    searched for as words. A field after NOT or a minus sign is left out.
    """
    matches = [match for match in _ASKED.finditer(text) if not match["space"] or _is_known(match, known)]
    either = {
        match.start()
        for one, other in pairwise(matches)
        if _OR.fullmatch(text, one.end(), other.start())
        for match in (one, other)
    }
    terms: list[str] = []
    rest: list[str] = []
    at = 0
    for match in matches:
        if match.start() < at:
            continue
        rest.append(text[at : match.start()])
        at = match.end()
        if match.start() in either:
            rest.append(_value(match))
        elif not match["negated"]:
            term, at = _term(text, match, known)
            if term is None:
                rest.append(match.group())
            else:
                terms.append(term)
    rest.append(text[at:])
    return FieldWords(tuple(dict.fromkeys(terms)), " ".join(rest) if matches else text)


def _value(match: re.Match[str]) -> str:
    return match["value"].strip(f"{_QUOTES}()").rstrip(",;?!")


def _is_known(match: re.Match[str], known: Known) -> bool:
    return known_term(_FIELDS[match["field"].lower()], _value(match), known) is not None


def _term(text: str, match: re.Match[str], known: Known) -> tuple[str | None, int]:
    """Return a field's term and where it ends: without quotation marks the words that follow may belong to it."""
    field, value, end = _FIELDS[match["field"].lower()], _value(match), match.end()
    short = known_term(field, value, known)
    if match["value"][0] not in f"{_QUOTES}(" and field not in {"category", "code"}:
        following = _NEXT_WORDS.match(text, end)
        more = list(re.finditer(r"\S+", following.group())) if following else []
        for word in reversed(more):
            longer = value + text[end : end + word.end()]
            term = known_term(field, longer.rstrip(",;?!."), known)
            if term not in {None, short}:
                return term, end + word.end()
    found = short or known_term(field, value, known, typos=True)
    return found or next(iter(value_terms(field, value)), None), end
