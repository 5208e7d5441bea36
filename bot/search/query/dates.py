"""Dates in a question: "this week", "since October", "in 2023", "newest".

They become a hard filter, so a number that may be something else is left alone: "ImageNet 2012", "in 2000 steps".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.search.query.date_parts import EXPRESSIONS, Order, Part
from bot.search.query.days import Days
from bot.search.text.tokens import without_quotes


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a question asks for, both included, and what should come first.

    `words` are the parts of the question that said so.
    """

    after: date | None
    before: date | None
    order: Order | None
    words: tuple[str, ...]


def find_span(question: str, *, today: date) -> Span | None:
    """Return the days and the order that a question asks for, or None. What is in quotation marks is no date."""
    text = _plain(question)
    found: list[tuple[int, str, Part]] = []
    for pattern, read in EXPRESSIONS:
        for match in pattern.finditer(text):
            if part := read(match, today):
                found.append((match.start(), question[match.start() : match.end()].strip(), part))
                text = text[: match.start()] + "\0" * len(match.group()) + text[match.end() :]
    if not found:
        return None
    found.sort(key=lambda item: item[0])
    after, before = _combine([part for _, _, part in found])
    order = next((part.order for _, _, part in found if part.order), None)
    return Span(after, before, order, tuple(words for _, words, _ in found))


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


def _combine(parts: Sequence[Part]) -> tuple[date | None, date | None]:
    closed = [part for part in parts if part.closed]
    starts = [part.after for part in closed if part.after]
    ends = [part.before for part in closed if part.before]
    after, before = min(starts, default=None), max(ends, default=None)
    for part in parts:
        if part.closed:
            continue
        later = max(filter(None, (after, part.after)), default=None)
        earlier = min(filter(None, (before, part.before)), default=None)
        # Two that exclude each other: the first one holds.
        if not (later and earlier and later > earlier):
            after, before = later, earlier
    return after, before


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
