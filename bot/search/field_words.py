"""What a question says about authors, categories, venues, organisations and code, apart from its topic."""

import re
from collections.abc import Callable, Iterator

from bot.search.field_syntax import FieldWords, read_syntax
from bot.search.field_values import Known, known_term
from bot.search.name_words import Named, find_names
from bot.search.query_syntax import without_syntax
from bot.search.quotes import without_quotes
from bot.search.venues import SHORT_NAMES

_CATEGORY = re.compile(
    r"(?:\b(?:in|from|under|of|category|arxiv)\s+){0,3}(?<![\w./])(?P<value>(?:cs|math|stat|eess|econ|q-bio|q-fin|nlin|astro-ph)"
    r"\.[A-Za-z]{2}|(?:cond-mat|physics)\.[a-z]+(?:-[a-z]+)?)(?![\w/])(?!\.\d)",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\b(?P<how>with(?:out)?|(?:that|which|who)?\s*(?:have|has|having|provide|include|release)s?)\s+"
    r"(?:(?:a|the|their|its|any|some|public|open|available|official|released|source|open-source)\s+){0,3}"
    r"(?:code|implementations?|github(?:\s+(?:links?|repos?(?:itory|itories)?))?)"
    r"(?:\s+(?:available|released|published|online|attached|on\s+github))?"
    r"(?=\s*(?:$|[?.!,;)])|\s+(?:on|about|for|from|since|in|by|at|that|which|please|and)\b)",
    re.IGNORECASE,
)
_PAPERS_BEFORE = re.compile(r"\b(?:papers?|works?|articles?|stud(?:y|ies)|ones?|methods?|models?)\s+$", re.IGNORECASE)
_SHORT = "|".join([*SHORT_NAMES, "nips"])
_VENUE = re.compile(
    r"(?P<lead>\b(?:(?:accepted|published|presented|appeared|appearing|shown)\s+)?(?:at|from|in|of|to|by)\s+(?:the\s+)?)?"
    rf"\b(?P<name>{_SHORT})(?P<year>\s*[’'-]?\s*(?:(?:19|20)\d\d|\d\d)\b)?(?![\w-])(?P<papers>\s+(?=papers?\b))?"
    r"(?!\s+(?:\w+\s+){0,2}(?:challenge|competition|shared|track|benchmark|dataset|corpus|workshop|task))",
    re.IGNORECASE,
)
_JOURNAL = re.compile(
    r"\b(?:(?:published|appeared|appearing|accepted)\s+)?(?:in|at|by|from)\s+(?:the\s+(?:journal\s+)?)?"
    r"(?P<value>[A-Z][\w-]*(?:\s+(?:[A-Z][\w-]*|of|and|on|in|the|for|&))*)(?P<year>,?\s+(?:19|20)\d\d\b)?"
)
# Short names that are words or other names as well.
_AMBIGUOUS = frozenset({"chi", "rss", "www", "acl", "colt", "colm"})
_LONGEST_QUESTION = 4_000
"""Characters; a longer text is no question in plain words."""

_Finder = Callable[[str, Known], Iterator[Named]]


def find_fields(question: str, known: Known) -> FieldWords:
    """Return the field terms that a question asks for, and the question without the words that did.

    `author:hinton` and the like always filter. Plain words ("papers by Geoffrey Hinton", "in cs.CV", "at NeurIPS 2023",
    "with code") do when papers have what they name; what stands in quotation marks is left alone. Syntax of other
    engines is left out of the rest, as `bot.search.query_syntax` tells. A question without any of this comes back as
    it is. To be asked before dates are looked for: "NeurIPS 2023" names no time of first publication.
    """
    asked = read_syntax(question, known)
    terms, rest = list(asked.terms), asked.rest
    finders: tuple[_Finder, ...] = (_categories, _code, _venues, _journals, find_names)
    for find in finders if len(question) <= _LONGEST_QUESTION else ():
        found = list(find(without_quotes(rest), known))
        terms += [term for named in found for term in named.terms]
        rest = _cut(rest, found)
    plain = without_syntax(rest)
    if not terms and (plain == question or not any(map(str.isalnum, plain))):
        return FieldWords((), question)
    return FieldWords(tuple(dict.fromkeys(terms)), " ".join(plain.split()).strip(" ,;"))


def _cut(text: str, found: list[Named]) -> str:
    for named in sorted(found, key=lambda named: -named.start):
        text = f"{text[: named.start]} {text[named.end :]}"
    return text


def _categories(text: str, known: Known) -> Iterator[Named]:
    matches = list(_CATEGORY.finditer(text))
    found = [(match, known_term("category", match["value"], known)) for match in matches]
    if len({term for _, term in found}) == 1:  # of several, either is meant as often as both
        yield from (Named((term,), match.start(), match.end()) for match, term in found if term)


def _code(text: str, known: Known) -> Iterator[Named]:
    for match in _CODE.finditer(text):
        rest = text[match.end() :].strip()
        # "trained with code and text" is about code; "papers with code and data" is not.
        if rest[:1].isalnum() and not _PAPERS_BEFORE.search(text[: match.start()]):
            continue
        term = known_term("code", "no" if match["how"].casefold() == "without" else "yes", known)
        if term:
            yield Named((term,), match.start(), match.end())


def _venues(text: str, known: Known) -> Iterator[Named]:
    for match in _VENUE.finditer(text):
        name = match["name"]
        alone = not text[: match.start()].strip() and not text[match.end() :].strip(" ?.!")
        if not (match["lead"] or match["papers"] or (match["year"] and alone)):
            continue
        if name.casefold() in _AMBIGUOUS and name.islower():
            continue
        year = re.sub(r"\D", "", match["year"] or "")
        if year and len(year) == 2:
            year = f"20{year}"
        if term := known_term("venue", f"{name} {year}", known):
            yield Named((term,), match.start(), match.end())


def _journals(text: str, known: Known) -> Iterator[Named]:
    """Find other venues by their whole name, spelled with capitals: "in Nature", "in Physical Review Letters"."""
    for match in _JOURNAL.finditer(text):
        after = text[match.end() :].lstrip()
        if after[:1].isalpha() and not match["year"]:
            continue
        if term := known_term("venue", match["value"] + (match["year"] or ""), known):
            yield Named((term,), match.start(), match.end())
