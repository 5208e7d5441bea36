"""Hard filters: papers outside them are never shown."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.i18n.translation import day, gettext, ngettext
from bot.i18n.translation import number as number_of
from bot.models import Paper
from bot.search.query.venues import SHORT_NAMES, venue_names
from bot.search.text.tokens import fold
from bot.store.protocol import Bound, CountField

HAS_CODE = "code:yes"
NO_CODE = "code:no"
SURVEY = "kind:survey"
HAS_AUTHORS, HAS_ORGANISATION, HAS_VENUE = "has:author", "has:organisation", "has:venue"
"""Of a paper whose authors' names, organisation or venue are known: tells a name that no paper has from one that
can't be looked for."""

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
    known = {HAS_AUTHORS: paper.authors, HAS_ORGANISATION: paper.organisation, HAS_VENUE: paper.venue}
    yield from (term for term, value in known.items() if value)
    if is_survey(paper):
        yield SURVEY


_SURVEY_TITLE = re.compile(
    r"\bsurvey(?:s|ing)?\b(?!\s+(?:data|respon\w+|questions?|weights?))|\boverview\b|\bliterature\s+reviews?\b"
    r"|(?:^|\ba\b|\bthe\b|:|[-–—])\s*(?:[\w-]+\s+){0,2}review\s+(?:of|on)\b|\b(?:systematic|comprehensive|critical|brief"
    r"|short|mini|scoping|state[-\s]of[-\s]the[-\s]art|a)[-\s]+review\b",
    re.IGNORECASE,
)
_SURVEY_ABSTRACT = re.compile(
    r"\b(?:this|our|the\s+present)\s+(?:\w+\s+)?(?:survey|review|overview)\b(?!\s+(?:data|respon\w+))"
    r"|\bwe\s+(?:survey|review)\b|\b(?:we|paper|article|work)\s+(?:\w+\s+)?(?:present|provide|offer|conduct|give|is)s?\s+an?"
    r"\s+(?:[\w-]+\s+){0,3}(?:survey|review|overview)\b(?!\s+(?:data|respon\w+))",
    re.IGNORECASE,
)


def is_survey(paper: Paper) -> bool:
    """Whether a paper says that it surveys or reviews what others have done, in its title or its abstract."""
    return bool(_SURVEY_TITLE.search(paper.title) or _SURVEY_ABSTRACT.search(paper.abstract))


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


_ORDER = ("kind", "author", "organisation", "category", "venue", "keyword", "code")


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
            return gettext("from {organisations}").format(organisations=_listed(map(_organisation, values)))
        case "category":
            return gettext("in {categories}").format(categories=_listed(map(_category, values)))
        case "venue":
            return gettext("at {venues}").format(venues=_listed(map(_venue, values)))
        case "kind":
            return gettext("classed as survey")
        case "code":
            return _listed(gettext("without code") if value == "no" else gettext("with code") for value in values)
        case _:
            return gettext("with the keyword {keywords}").format(keywords=_listed(f"“{value}”" for value in values))


_SHOWN = 5
"""So many authors or venues are named; with more, a sentence would be all names."""


def _listed(values: Iterator[str]) -> str:
    shown = list(values)
    more = len(shown) - _SHOWN
    named = gettext(" and ").join(shown[:_SHOWN])
    return gettext("{names} and {number} more").format(names=named, number=more) if more > 0 else named


def _author(value: str) -> str:
    return " ".join(
        word if word in _PARTICLES else f"{word.upper()}." if len(word) == 1 else word.title() for word in value.split()
    )


# How labs write themselves whose names a capital at each word misspells.
_SPELLED = {
    name.lower(): name
    for name in "OpenAI DeepMind NVIDIA IBM MIT ETH EPFL CMU KAIST CNRS xAI AI2 EleutherAI DeepSeek ByteDance".split()
}


def _organisation(value: str) -> str:
    return " ".join(_SPELLED.get(word, word if word in _LINKING else word.title()) for word in value.split())


def _category(value: str) -> str:
    archive, dot, subject = value.partition(".")
    return archive + dot + (subject.upper() if len(subject) == 2 else subject)  # cs.CL, but cond-mat.mes-hall


def _venue(value: str) -> str:
    return " ".join(SHORT_NAMES.get(word, word.title()) for word in value.split())


SOLO = Bound("author_count", 1, 1)

_COUNTED: dict[CountField, Callable[[int], str]] = {
    "upvotes": lambda number: ngettext("{number} upvote", "{number} upvotes", number),
    "comments": lambda number: ngettext("{number} comment", "{number} comments", number),
    "author_count": lambda number: ngettext("{number} author", "{number} authors", number),
    "stars": lambda number: ngettext("{number} GitHub star", "{number} GitHub stars", number),
}


def counted(field: CountField, number: int) -> str:
    """Return a number of upvotes, comments, authors or stars in the reader's words."""
    return _COUNTED[field](number).format(number=number_of(number))


def _bound(bound: Bound) -> str:
    if bound == SOLO:
        return gettext("by a single author")
    if bound.least is not None and bound.least == bound.most:
        return gettext("with exactly {count}").format(count=counted(bound.field, bound.least))
    least = gettext("with at least {count}").format(count=counted(bound.field, bound.least)) if bound.least else ""
    if bound.most is None:
        return least
    return " ".join(
        filter(None, [least, gettext("with at most {count}").format(count=counted(bound.field, bound.most))])
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """The days of first publication that are wanted, both ends included; None leaves an end open.

    `fields` are terms of `bot.search.fields`, such as "author:hinton", all of which a paper must have. `bounds` are for
    its numbers of upvotes and the like, which the index doesn't hold: the searcher turns them into `keys`, the papers
    that there are to choose from, None: all.
    """

    after: date | None = None
    before: date | None = None
    fields: tuple[str, ...] = ()
    keys: frozenset[str] | None = None
    bounds: tuple[Bound, ...] = ()

    def allow(self, paper: Paper) -> bool:
        """Whether a paper passes. One without a date passes only when no day is asked for."""
        if not all(bound.allows(paper) for bound in self.bounds):
            return False
        if self.fields and not set(self.fields) <= set(field_terms(paper)):
            return False
        if self.keys is not None and paper.key not in self.keys:
            return False
        if self.after is None and self.before is None:
            return True
        if paper.published is None:
            return False
        return (self.after is None or paper.published >= self.after) and (
            self.before is None or paper.published <= self.before
        )

    def __str__(self) -> str:
        """The filters in the reader's words: by Geoffrey Hinton since 1 Dec 2023; nothing where they are open."""
        return " ".join(filter(None, (in_words(self.fields), *map(_bound, self.bounds), self.span)))

    @property
    def span(self) -> str:
        """The span in words: from 1 Dec 2023 to 31 Dec 2023, since …, until …; nothing where it is open."""
        if self.after and self.after == self.before:
            return gettext("on {day}").format(day=day(self.after))
        if self.after and self.before:
            return gettext("from {first} to {last}").format(first=day(self.after), last=day(self.before))
        if self.after:
            return gettext("since {day}").format(day=day(self.after))
        return gettext("up to {day}").format(day=day(self.before)) if self.before else ""

    def narrowed_by(self, other: "Filters") -> "Filters":
        """Return the filters that let a paper pass which passes both."""
        after = [day for day in (self.after, other.after) if day]
        before = [day for day in (self.before, other.before) if day]
        keys = [keys for keys in (self.keys, other.keys) if keys is not None]
        return Filters(
            after=max(after, default=None),
            before=min(before, default=None),
            fields=tuple(dict.fromkeys([*self.fields, *other.fields])),
            keys=frozenset.intersection(*keys) if keys else None,
            bounds=tuple(dict.fromkeys([*self.bounds, *other.bounds])),
        )


def nothing_within(filters: Filters) -> str:
    """Return the sentence that no paper in the store passes these filters."""
    if filters.fields or filters.bounds:
        return gettext("The store has no papers {filters}.").format(filters=filters)
    return gettext("The store has no papers published {span}.").format(span=filters)
