"""Wishes for lists and counts of papers: what is asked for, read in code from English, German and French.

A question about what papers say is none. "How many GPUs are needed for Stormer?" counts no papers, and "which papers
show that pruning hurts robustness?" is answered from their abstracts.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.answers.language import language
from bot.answers.planning.list_words import SENTENCE_WORDS, ListPatterns, list_patterns
from bot.search.query.date_parts import Order
from bot.search.query.dates import Span, find_span, without_dates
from bot.search.query.field_values import Known
from bot.search.query.field_words import find_fields
from bot.search.query.filters import Filters
from bot.search.ranking.request_words import without_request_words
from bot.search.text.tokens import tokenize
from bot.store.protocol import CountField
from bot.text import one_line

FIRST = 5
"""How many papers of a list an answer shows."""

MOST = 10
"""How many it shows of those that were asked for by number."""

TRENDING_DAYS = {"day": 2, "week": 7, "month": 30}
"""How many days, today among them, a span has; a day begins with yesterday, for today's list may be still to come."""

_LONGEST = 400
_TOPIC_WORDS = 9
_KEYWORDS = 7
"""So many words may stand without a word that asks for papers, and still are a topic rather than a sentence."""

_NUMBERS = {"three": 3, "five": 5, "ten": 10, "drei": 3, "fünf": 5, "zehn": 10, "trois": 3, "cinq": 5, "dix": 10}
_SINGLE = re.compile(
    r"\b(?:which|what)(?:['’]s|\s+is)?\s+(?:the\s+)?(?:\w+\s+)?(?:paper|one|article|preprint)\b|^\W*"
    r"(?:which|who)\s+(?:one\s+)?(?:has|got|is)\b"
    r"|\bwelches\s+paper\b|\bdas\s+\w+\s+paper\b|\bquel\s+(?:article|papier)\b|\bthe\s+paper\s+with\b"
    r"|^\W*the\s+\w+\s+paper\b",
    re.IGNORECASE,
)
_OF_THE_WEEK = re.compile(r"\bof\s+the\s+(week|month|year)\b(?!\s+\w)", re.IGNORECASE)
_AMONG_HAVE = re.compile(
    r"^\s*(?:is|are|has|have|had|was|got|hat|haben|ist|sind|war|a|ont|est|sont)?\s*(?:the|der|die|das"
    r"|le|la|les)?\s*(?=$|[?.!])",
    re.IGNORECASE,
)
_OF_ONE = re.compile(r"\s*(?:about|with|to|an|bei|mit|avec)\b", re.IGNORECASE)
"""What is new about one thing, its paper says."""

_ONE_PAPER = re.compile(r"(?:paper|work|works|study|literature|article|manuscript|arbeit|étude|papier)", re.IGNORECASE)
_ANY = re.compile(r"\b(?:any|an?|ein|eine|einen|un|une|some|all|there|y\s+a)\b", re.IGNORECASE)
_LATELY = 31
"""Days: a span that was over before isn't what is new."""

_PREPOSITION = re.compile(r"\b(?:in|of|on|for|from|about|über|zu|sur|dans)\b", re.IGNORECASE)
# Not after an initial or "et al.".
_IN_BETWEEN = re.compile(r"[?!;]\s+\w|(?<!\b[A-Z])(?<!\bal)\.\s+\w")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWish:
    """A list, or the number, of papers on a `topic`, which may be empty, within `filters`.

    `by` puts those with the highest number first, `order` the newest or oldest. `news`: what came lately, by the days
    of the lists, which `trending` counts back from today. `among`: of the papers that were shown before; `newer`: like
    the first of these, and newer. `single`: only the first is asked for. `first` is how many are shown. `language` is
    that of the wish, where it is told.
    """

    topic: str = ""
    filters: Filters = Filters()
    count: bool = False
    by: CountField | None = None
    order: Order | None = None
    news: bool = False
    trending: bool = False
    among: bool = False
    newer: bool = False
    single: bool = False
    first: int = FIRST
    language: str | None = None

    @property
    def conditional(self) -> bool:
        """Whether anything but a topic says which papers are wanted."""
        return bool(self.filters != Filters() or self.by or self.order or self.news or self.among)


def find_list(question: str, known: Known, *, today: date) -> ListWish | None:
    """Return the list that a question asks for; None where it asks for anything else.

    `known` tells whether papers have a term of a field. CPU work of some milliseconds.
    """
    text = _OF_THE_WEEK.sub(r"this \1", one_line(question))
    if len(text) > _LONGEST or _IN_BETWEEN.search(text):
        return None
    patterns = list_patterns()
    if patterns.newer.match(text):
        return ListWish(newer=True, language=wish_language(text))
    fields = find_fields(text, known)
    span = find_span(fields.rest, today=today)
    wish = ListWish(
        filters=Filters(
            after=span.after if span else None,
            before=span.before if span else None,
            fields=fields.terms,
            bounds=fields.bounds,
        ),
        single=bool(_SINGLE.search(text)),
        language=wish_language(text),
    )
    past = span is not None and span.before is not None and span.before < today - timedelta(days=_LATELY)
    return _read(wish, _without_days(fields.rest, span, today), span, patterns, past=past)


def _read(wish: ListWish, text: str, span: Span | None, patterns: ListPatterns, *, past: bool) -> ListWish | None:
    """Read the orders that stand in `text`, and then what is left of it. `past`: the span is over."""
    changes: dict[str, object] = {}
    among = patterns.among.search(text)
    if among:
        changes["among"] = True
        text = text[among.end() :]
    news = patterns.news.search(text)
    if news:
        # What came out in a month long ago is a list like any other.
        changes |= {"order": "newest"} if past else {"news": True}
        text = _cut(text, news)
        if _OF_ONE.match(text):
            return None
    text = _read_orders(text, changes, patterns)
    if among:
        text = _AMONG_HAVE.sub("", text)
    if "order" not in changes and span and span.order and not news:
        changes["order"] = span.order
    return _framed(_changed(wish, changes), " ".join(text.split()), patterns)


def _read_orders(text: str, changes: dict[str, object], patterns: ListPatterns) -> str:
    """Add to `changes` what shall come first and how many are wanted; return `text` without the words for it."""
    for field, words in patterns.highest:
        if highest := words.search(text):
            changes["by"] = field
            changes["trending"] = bool(patterns.trending.search(highest.group()))
            text = words.sub(" ", text)
            break
    for order, words in (("newest", patterns.newest), ("oldest", patterns.oldest)):
        if match := words.search(text):
            changes["order"] = order
            text = _cut(text, match)
    text = text.strip()
    if number := patterns.first.search(text):
        asked = number["number"].casefold()
        changes["first"] = max(1, min(MOST, _NUMBERS.get(asked) or int(asked)))
        text = _cut(text, number)
    return text


def _framed(wish: ListWish, text: str, patterns: ListPatterns) -> ListWish | None:
    """Take the words that only ask off `text`: they must leave a topic or, where there are conditions, nothing."""
    bare = text.strip(" ?.!,;:-–—")
    if not bare:
        return wish if wish.conditional else None
    if match := patterns.count.match(text):
        return _about(_changed(wish, {"count": True}), _topic(match))
    if match := patterns.papers.match(text):
        # "What works on …", "study of …", "the paper on …": a word for papers, but nothing that asks for several.
        # In German, "Paper" is the plural as well.
        one = _ONE_PAPER.fullmatch(match["noun"]) and wish.language != "de"
        if one and not wish.conditional and not _ANY.search(match["there"] + match["quant"]):
            return None
        return _about(wish, _topic(match))
    if (match := patterns.things.match(text)) or (wish.conditional and (match := patterns.bare.match(text))):
        found = _about(wish, match["topic"] or "")
        return found if found and (found.topic or found.conditional) else None
    if not (wish.filters != Filters() or wish.order) or wish.news:
        return None
    if (match := patterns.keywords.match(text)) and len(match["topic"].split()) <= _KEYWORDS:
        return _about(wish, match["topic"])
    return None


def _topic(match: re.Match[str]) -> str | None:
    if _PREPOSITION.search(match["mod"] or ""):
        return None  # "the main results in papers on …"
    return " ".join(filter(None, [(match["mod"] or "").strip(), (match["topic"] or "").strip()]))


def _about(wish: ListWish, topic: str | None) -> ListWish | None:
    """Return the wish with a topic; None for what is a sentence or two topics."""
    if topic is None:
        return None
    topic = topic.strip(" ?.!,;:-–—")
    words = [word.casefold().strip("'’\"“”") for word in re.findall(r"[\w'’]+", topic)]
    if len(words) > _TOPIC_WORDS or not SENTENCE_WORDS.isdisjoint(words) or {"or", "oder", "ou"} & set(words):
        return None
    if topic and not tokenize(without_request_words(topic)):
        topic = ""
    return _changed(wish, {"topic": topic})


def _changed(wish: ListWish, changes: dict[str, object]) -> ListWish:
    return replace(wish, **changes)  # type: ignore[arg-type]


def _cut(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def _without_days(text: str, span: Span | None, today: date) -> str:
    """Return `text` without its days. Words for an order alone, which belong to a frame, stay."""
    if span is None:
        return text
    alone = {words: find_span(words, today=today) for words in span.words}
    days = tuple(words for words, read in alone.items() if read is None or read.after or read.before)
    return without_dates(text, Span(None, None, None, days))


_FRAMES = {
    "de": frozenset(
        """zeig zeige mir alle welche wie viele gibt hast hat wer wann wo ist nenne liste über zum zur mit ohne
        auf der die das von neuesten meisten beliebtesten neues heute diese""".split()
    ),
    "fr": frozenset(
        """montre moi qui quand écrit est où tous toutes les quels quelles combien sur avec sans des du le la y
        a-t-il articles récents votes neuf cette aujourd'hui nouveau""".split()
    ),
    "en": frozenset("show me all which how many the on about with without by most what any is are of has".split()),
}


def wish_language(text: str) -> str | None:
    """Return the language of a wish, which may be too short for function words alone to tell."""
    if told := language(text):
        return told
    words = re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", text.casefold())
    counts = {code: sum(word in frame for word in words) for code, frame in _FRAMES.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] and list(counts.values()).count(counts[best]) == 1 else None
