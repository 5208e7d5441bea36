"""Messages that ask for a summary, a comparison or an explanation in words: "compare GPipe and SpikeGPT on cost"."""

import re
from dataclasses import dataclass

from bot.answers.answer import Task
from bot.answers.planning.followups import content_words, needs_history
from bot.answers.planning.sides import find_sides
from bot.answers.request import Level
from bot.search.query.ids import arxiv_ids

_PLEASE = (
    r"^(?:(?:please|pls|hey|hi|ok|now|so)[,\s]+)*(?:(?:can|could|would|will)\s+(?:you|u|someone|anyone)\s+)?"
    r"(?:please\s+|pls\s+)?"
)
_SUMMARISE = re.compile(
    rf"{_PLEASE}(?:summari[sz]e|sum\s+up|tl;?dr(?:\s+(?:of|for))?|(?:give\s+(?:me"
    rf"|us)\s+)?a\s+summary\s+of)\b[:\s]+(?P<rest>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_COMPARE = re.compile(rf"{_PLEASE}(?:compare|contrast)\s+(?P<rest>.+)$", re.IGNORECASE | re.DOTALL)
_EXPLAIN = re.compile(rf"{_PLEASE}(?:explain|define)\s+(?P<rest>.+)$", re.IGNORECASE | re.DOTALL)
_ASPECTS = re.compile(
    r"[\s,]+(?:in\s+terms\s+of|with\s+(?:respect|regard)\s+to|regarding|on|by)\s+(?:their\s+|the\s+)?"
    r"(?P<aspects>[^?.!:;]{2,120})[?.!]*$",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+", re.IGNORECASE)
_FOR_WHOM = re.compile(
    r"[\s,]+(?:to|for|as\s+if\s+(?:to\s+)?|like\s+i(?:['’]?m|\s+am))\s*(?:me\s+)?(?:like\s+i(?:['’]?m|\s+am)\s+)?"
    r"(?:an?\s+|the\s+)?(?P<who>[^?.!,]{0,40})",
    re.IGNORECASE,
)
_LEVELS = (
    (
        Level.NEWCOMER,
        re.compile(
            r"\b(?:newcomer|beginner|newbie|child|kid|five|5|student|layman|lay\s*person|outsider)", re.IGNORECASE
        ),
    ),
    (Level.EXPERT, re.compile(r"\b(?:expert|researcher|specialist|professional|phd)", re.IGNORECASE)),
    (Level.PRACTITIONER, re.compile(r"\b(?:practitioner|engineer|developer|me\b|us\b)", re.IGNORECASE)),
)
_ASKS = re.compile(r"[?:;]\s*\S|\b(?:why|how|what|which|when|where|who|whether|if)\b", re.IGNORECASE)
_FILLER = re.compile(
    r"^(?:me|us|the\s+(?:paper|term|concept|idea)s?|papers?\s+(?:on|about)|what\s+is|of)\s+|[\s?.!]+$", re.IGNORECASE
)
# Points at what it names itself, and not back: "the paper SpikeGPT".
_NAMED = re.compile(r"\b(?:the|this)\s+(?:paper|term|concept|idea)s?\s+(?=[\"“'‘A-Z\d])")
_TERM_WORDS = 6


@dataclass(frozen=True, slots=True)
class Imperative:
    """What is asked for. `subjects` are what to summarise or explain (one) or the sides to compare."""

    task: Task
    subjects: tuple[str, ...]
    aspects: tuple[str, ...] = ()
    level: Level = Level.PRACTITIONER


def find_imperative(message: str) -> Imperative | None:
    """Return what a message orders; None when it is a question, or needs the conversation to be understood."""
    if needs_history(_NAMED.sub("", message)):
        return None
    if match := _SUMMARISE.match(message):
        return _summary(match["rest"])
    if match := _COMPARE.match(message):
        return _comparison(match["rest"])
    if match := _EXPLAIN.match(message):
        return _explanation(match["rest"])
    return None


def _summary(rest: str) -> Imperative | None:
    ids = arxiv_ids(rest)
    subject = _without_filler(rest)
    if ids:
        return Imperative(Task.SUMMARY, ids)
    # Titles may hold a colon or "how"; a question mark within is none of theirs.
    return Imperative(Task.SUMMARY, (subject,)) if content_words(subject) and "?" not in subject else None


def _comparison(rest: str) -> Imperative | None:
    """Return a comparison; a question about the sides, as in "A and B: which is faster?", is answered in prose."""
    if _ASKS.search(rest.rstrip("?.! ")):
        return None
    match = _ASPECTS.search(rest)
    named = rest[: match.start()] if match else rest
    sides = find_sides(f"compare {named}")
    if len(sides) < 2:
        return None
    aspects = tuple(filter(None, _AND.split(match["aspects"].strip()))) if match else ()
    return Imperative(Task.COMPARISON, sides, aspects=aspects)


def _explanation(rest: str) -> Imperative | None:
    level = Level.PRACTITIONER
    for match in _FOR_WHOM.finditer(rest):
        found = next((level for level, words in _LEVELS if words.search(f"{match.group()} ")), None)
        if found:
            level, rest = found, rest[: match.start()]
            break
    term = _without_filler(rest)
    if not content_words(term) or _ASKS.search(term) or len(term.split()) > _TERM_WORDS:
        return None
    return Imperative(Task.EXPLANATION, (term,), level=level)


def _without_filler(text: str) -> str:
    before = None
    while before != text:
        before, text = text, _FILLER.sub("", text.strip())
    return text.strip("\"'“”‘’ ")
