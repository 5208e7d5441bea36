"""What a question says about authors, categories, venues, organisations, code and votes, apart from its topic."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.search.query.field_values import Known, known_term, value_terms
from bot.search.query.name_words import Named, find_names
from bot.search.query.property_words import PAPER_NOUNS, Property, find_code, find_counts, find_kinds
from bot.search.query.venues import SHORT_NAMES
from bot.search.text.tokens import STOP_WORDS, without_quotes
from bot.store.protocol import Bound

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
    """The terms and numbers that papers must have, and the text without the words that asked for them."""

    terms: tuple[str, ...]
    rest: str
    bounds: tuple[Bound, ...] = ()


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


_QUOTED = r"[\"“][^\"“”]*[\"”]"
_PLACE = re.compile(r"(?<![\w:])-?(?:site|filetype|ext|inurl|lang|language):\S+", re.IGNORECASE)
_PART = re.compile(
    r"(?<![\w:])(?:(?:in|all)?title|ti|abs|all|(?:all)?intext|intitle|allintitle|abstract|summary):(?=\S)"
    r"|(?<![\w:])(?:title|abstract):\s",
    re.IGNORECASE,
)
_EXCLUDED = re.compile(rf"(?<![^\s(])-(?:{_QUOTED}|[^\W\d_][\w'’.-]*)")
_NOT = re.compile(rf"(?<!\w)(?:AND\s*NOT|NOT)\s+(?:{_QUOTED}|\([^()]*\)|[\w-]+)")
_OPERATOR = re.compile(
    r"(?<![\w-])(?:AND|OR|NOT|ANDNOT|NEAR/\d+|W/\d+)(?![\w-])|&&|\|\||(?<![^\s(])\+(?=[^\W\d_]|[\"“])"
)
_BOOST = re.compile(r"(?<=[\"”)])[~^]\d*(?:\.\d+)?|(?<=[^\W\d_]{3})(?:~\d*(?:\.\d+)?|\^\d+(?:\.\d+)?)(?!\w)")


def without_syntax(query: str) -> str:
    """Return `query` without the syntax of other engines; text that has none comes back as it is."""
    plain = _PART.sub("", _PLACE.sub(" ", query))
    plain = _BOOST.sub("", _EXCLUDED.sub(" ", plain))
    if not _is_prose(plain):
        plain = _OPERATOR.sub(" ", _NOT.sub(" ", plain))
    return query if plain == query else " ".join(plain.split())


def _is_prose(text: str) -> bool:
    """Whether a sentence or shouting stands there, in which NOT is only loud: "models that do NOT forget"."""
    shouted = text.isupper() and len(text.split()) > 2
    return shouted or any(word in STOP_WORDS for word in re.findall(r"[a-z]+", text))


_CATEGORY = re.compile(
    r"(?:\b(?:in|from|under|of|category|arxiv)\s+){0,3}(?<![\w./])(?P<value>(?:cs|math|stat|eess|econ"
    r"|q-bio|q-fin|nlin|astro-ph)"
    r"\.[A-Za-z]{2}|(?:cond-mat|physics)\.[a-z]+(?:-[a-z]+)?)(?![\w/])(?!\.\d)",
    re.IGNORECASE,
)
_SHORT = "|".join([*SHORT_NAMES, "nips"])
_NOUNS = rf"(?:{PAPER_NOUNS})"
_SURELY_AT = re.compile(
    r"\b(?:at|in|from|auf|bei|beim|von|vom|zur|à|au|aux|de)\s+(?:(?:the|der|dem|de|la|l['’])\s*)?$", re.IGNORECASE
)
_VENUE = re.compile(
    r"(?P<lead>\b(?:(?:accepted|published|presented|appeared|appearing|shown|erschienen|publiée?s?|présentée?s?)\s+)?"
    r"(?:at|from|in|of|to|by|auf|bei|beim|von|vom|zur|à|a|au|aux|lors|de)\s+(?:(?:the|der|dem|de|la|l['’])\s*)?)?"
    rf"\b(?P<name>{_SHORT})(?P<year>\s*[’'-]?\s*(?:(?:19|20)\d\d|\d\d)\b)?(?![\w-])(?:(?P<papers>[\s-]+"
    rf"(?={_NOUNS}(?!\w))))?"
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

_DANGLING = re.compile(r"(?:\s|,)+(?:and|und|et|but|also)(?=\s*(?:$|[?.!,]|(?:and|und|et)\b))", re.IGNORECASE)

_Finder = Callable[[str, Known], Iterator[Named]]


def find_fields(question: str, known: Known) -> FieldWords:
    """Return the field terms that a question asks for, and the question without the words that did.

    `author:hinton` and the like always filter. Plain words in English, German or French ("papers by Geoffrey Hinton",
    "in cs.CV", "at NeurIPS 2023", "with code", "with more than 100 upvotes") do when papers have what they name or
    nothing else can be meant: then nothing is found, which can be said. What is in quotation marks is left alone.
    Syntax of other engines is left out of the rest. A question without any of this comes back as it is.
    To be asked before dates are looked for: "NeurIPS 2023" names no time of first publication.
    """
    asked = read_syntax(question, known)
    terms, rest = list(asked.terms), asked.rest
    bounds: list[Bound] = []
    plain_words = len(question) <= _LONGEST_QUESTION
    # Code last: what stands between it and the papers that it is asked of is gone then.
    finders: tuple[_Finder, ...] = (_properties, _categories, _venues, _journals, find_names, _code)
    for find in finders if plain_words else ():
        found = list(find(without_quotes(rest), known))
        terms += [term for named in found for term in named.terms]
        bounds += [named.bound for named in found if named.bound]
        rest = _cut(rest, found)
    if terms or bounds:
        rest = _DANGLING.sub("", rest)  # "papers with code and more than 100 upvotes"
    plain = without_syntax(rest)
    if not terms and not bounds and (plain == question or not any(map(str.isalnum, plain))):
        return FieldWords((), question)
    return FieldWords(
        tuple(dict.fromkeys(terms)), " ".join(plain.split()).strip(" ,;"), bounds=tuple(dict.fromkeys(bounds))
    )


def _cut(text: str, found: list[Named]) -> str:
    for named in sorted(found, key=lambda named: -named.start):
        text = f"{text[: named.start]} {named.left} {text[named.end :]}"
    return text


def _properties(text: str, _: Known) -> Iterator[Named]:
    kinds = list(find_kinds(text))
    yield from (_named(kind, left="papers") for kind in kinds)
    for count in find_counts(text):
        if not any(count.start < kind.end and kind.start < count.end for kind in kinds):
            yield _named(count)


def _code(text: str, _: Known) -> Iterator[Named]:
    yield from map(_named, find_code(text))


def _named(found: Property, *, left: str = "") -> Named:
    return Named((found.term,) if found.term else (), found.start, found.end, bound=found.bound, left=left)


def _categories(text: str, known: Known) -> Iterator[Named]:
    matches = list(_CATEGORY.finditer(text))
    found = [(match, known_term("category", match["value"], known)) for match in matches]
    if len({term for _, term in found}) == 1:  # of several, either is meant as often as both
        yield from (Named((term,), match.start(), match.end()) for match, term in found if term)


def _venues(text: str, known: Known) -> Iterator[Named]:
    """Find conferences. One that no paper has filters too where nothing else can be meant: "at ICLR 2024"."""
    for match in _VENUE.finditer(text):
        name = match["name"]
        lead, papers, year = match["lead"], match["papers"], re.sub(r"\D", "", match["year"] or "")
        behind = re.search(rf"{_NOUNS}\s*$", text[: match.start()], re.IGNORECASE)
        if not (lead or papers or year or behind):
            continue
        if name.casefold() in _AMBIGUOUS and name.islower():
            continue
        if year and len(year) == 2:
            year = f"20{year}"
        asked = f"{name} {year}"
        term = known_term("venue", asked, known)
        if term is None and (papers or (lead and _SURELY_AT.search(lead))):
            term = next(iter(value_terms("venue", asked)), None)
        if term:
            yield Named((term,), match.start(), match.end())


def _journals(text: str, known: Known) -> Iterator[Named]:
    """Find other venues by their whole name, spelled with capitals: "in Nature", "in Physical Review Letters"."""
    for match in _JOURNAL.finditer(text):
        after = text[match.end() :].lstrip()
        if after[:1].isalpha() and not match["year"]:
            continue
        if term := known_term("venue", match["value"] + (match["year"] or ""), known):
            yield Named((term,), match.start(), match.end())
