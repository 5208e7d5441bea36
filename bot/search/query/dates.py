"""Dates in a question: "this week", "since October", "in 2023", "newest".

They become a hard filter, so a number that may be something else is left alone: "ImageNet 2012", "in 2000 steps".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.search.query.date_languages import in_english
from bot.search.query.date_parts import Order, Part, expressions_in
from bot.search.query.days import Days
from bot.search.text.tokens import without_quotes


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a question asks for, both included, and what should come first.

    `words` are the parts of the question that said so. `excluding` are those of two or more that exclude each other,
    so that no day is within all: then the first holds.
    """

    after: date | None
    before: date | None
    order: Order | None
    words: tuple[str, ...]
    excluding: tuple[str, ...] = ()


def find_span(question: str, *, today: date) -> Span | None:
    """Return the days and the order that a question asks for, or None. What is in quotation marks is no date.

    Dates are read in English, German and French.
    """
    translated = in_english(_plain(question))
    text = translated.text
    found: list[tuple[int, str, Part]] = []
    for expression in expressions_in(text):
        for match in expression.matches(text):
            if part := expression.read(match, today):
                start, end = translated.original(match.start(), match.end())
                found.append((start, question[start:end].strip(), part))
                text = text[: match.start()] + "\0" * len(match.group()) + text[match.end() :]
    if not found:
        return None
    found.sort(key=lambda item: item[0])
    after, before, left_out = _combine([part for _, _, part in found])
    dated = [(words, part) for _, words, part in found if part.after or part.before]
    excluding = tuple(words for words, part in dated if part in left_out or _bounds(part, after, before))
    if left_out and _COMPARES.search(question):
        after = before = None  # "before 2018 and since 2020": both are wanted
    order = next((part.order for _, _, part in found if part.order), None)
    words = tuple(words for _, words, _ in found)
    return Span(after, before, order, words, excluding if left_out and (after or before) else ())


# Who sets two times against each other doesn't ask for what is within both.
_COMPARES = re.compile(
    r"\b(?:compar\w+|contrast|vs|versus|differ\w*|chang\w*|evol\w*|progress\w*|than|verglich\w*|vergleich\w*|unterschied\w*"
    r"|différen\w*|rather)\b",
    re.IGNORECASE,
)


def _bounds(part: Part, after: date | None, before: date | None) -> bool:
    """Whether one end of a span is this part's."""
    return bool((part.after and part.after == after) or (part.before and part.before == before))


def without_dates(question: str, span: Span | None) -> str:
    """Return `question` without the words of `span`, so that they are not searched for."""
    if span is None:
        return question
    rest = question
    for words in span.words:
        # Anew for each of them: a cut moves what follows, and the same words may stand in quotation marks before.
        at = re.search(rf"(?<!\w){re.escape(words)}(?:['’]s)?(?!\w)", without_quotes(rest))
        if at:
            rest = f"{rest[: at.start()]} {rest[at.end() :]}"
    rest = re.sub(r"\s+([?.!,;:)])", r"\1", " ".join(rest.split()))
    return re.sub(r"^[\s,;:.-]+", "", rest)


def _plain(question: str) -> str:
    """Typeset hyphens and spaces as plain ones, in as many characters; quotations covered."""
    text = re.sub("[\u2010-\u2015\u2212]", "-", without_quotes(question))
    return re.sub(r"[^\S\n]", " ", text)


def _combine(parts: Sequence[Part]) -> tuple[date | None, date | None, list[Part]]:
    """Return the first and the last day of all parts together, and the parts that exclude those before them."""
    closed = [part for part in parts if part.closed and not _is_wider(part, parts)]
    starts = [part.after for part in closed if part.after]
    ends = [part.before for part in closed if part.before]
    after, before = min(starts, default=None), max(ends, default=None)
    left_out: list[Part] = []
    for part in parts:
        if part.closed:
            continue
        later = max(filter(None, (after, part.after)), default=None)
        earlier = min(filter(None, (before, part.before)), default=None)
        # Two that exclude each other: the first one holds.
        if later and earlier and later > earlier:
            left_out.append(part)
        else:
            after, before = later, earlier
    return after, before, left_out


def _is_wider(part: Part, parts: Sequence[Part]) -> bool:
    """Whether another part says more precisely what this one says: "this year, in March"."""
    if part.after is None or part.before is None:
        return False
    within = ((other.after, other.before) for other in parts if other.closed and other != part)
    return any(after and before and part.after <= after and before <= part.before for after, before in within)


def typed_days(text: str, *, today: date) -> Days | None:
    """Return the days that `text` means as seen from `today`; None when it means none, or one end is open."""
    text = text.strip()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        pass
    else:
        return Days(day, day)
    for wording in (text, f"in {text}", f"on {text}"):
        span = find_span(wording, today=today)
        if span and span.after and span.before:
            return Days(span.after, span.before)
    return None
