"""Messages that ask for a summary, a comparison or an explanation in words: "compare GPipe and SpikeGPT on cost"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answers.answer import Task
from bot.answers.planning import imperative_words as words
from bot.answers.planning.actions import ALL_SHOWN, THEN, names_paper, shown_number
from bot.answers.planning.followups import content_words, needs_history
from bot.answers.planning.politeness import LONGEST, without_please
from bot.answers.planning.sides import MAX_SIDES, find_sides, shared_context
from bot.answers.planning.sides_abroad import split_sides
from bot.answers.request import Level
from bot.search.query.ids import arxiv_ids


def _compiled(forms: str) -> list[re.Pattern[str]]:
    lines = (line.strip() for line in forms.strip().splitlines())
    return [re.compile(rf"^(?:{line})$", re.IGNORECASE) for line in lines]


_SUMMARISE = _compiled(words.SUMMARISE)
_COMPARE = _compiled(words.COMPARE)
_EXPLAIN = _compiled(words.EXPLAIN)
[_RESUME] = _compiled(words.RESUME)
_ASPECTS = re.compile(words.ASPECTS, re.IGNORECASE)
_AND = re.compile(r"\s*,\s*(?:(?:and|und|et)\s+)?|\s+(?:and|und|et|&)\s+", re.IGNORECASE)
_FOR_WHOM = re.compile(words.FOR_WHOM, re.IGNORECASE)
_LEVELS = (
    (Level.NEWCOMER, re.compile(words.NEWCOMER, re.IGNORECASE)),
    (Level.EXPERT, re.compile(words.EXPERT, re.IGNORECASE)),
    (Level.PRACTITIONER, re.compile(words.PRACTITIONER, re.IGNORECASE)),
)
_ASKS = re.compile(
    r"[?:;]\s*\S|\b(?:why|how|what|which|when|where|who|whether|if|warum|wieso|wie|was|welche[rsmn]?|wann|wo|wer|ob|wenn"
    r"|pourquoi|comment|quels?|quelles?|quand|où|qui|si)\b",
    re.IGNORECASE,
)
_ABROAD = re.compile(r"\s+(?:und|sowie|et)\s+", re.IGNORECASE)
_IN_LANGUAGE = {code: re.compile(pattern, re.IGNORECASE) for code, pattern in words.IN_LANGUAGE.items()}
_FILLER = re.compile(words.FILLER, re.IGNORECASE)
# Points at what it names itself, and not back: "the paper SpikeGPT".
_NAMED = re.compile(
    r"\b(?:the|this|das|dieses|die|diese|cet|ce)\s+(?:paper|term|concept|idea|arbeit|article|papier)s?\s+(?=[\"“'‘„«A-Z\d])"
)
_ARTICLE = re.compile(r"^(?:(?:le|la|les|die|der|das|den|dem)\s+|l['’])(?=\w)", re.IGNORECASE)
# "the GPipe paper", "das GPipe-Paper"
_ITS_PAPER = re.compile(
    r"(?:the|this|das|die|le|la)\s+(?P<name>\S+(?:\s\S+){0,2}?)[\s-](?:paper|arbeit|article|papier)", re.IGNORECASE
)
_ENGLISH = re.compile(
    r"\b(?:explain|define|summari[sz]e|summary|sum|tl;?dr|overview|gist|compare|contrast)\b", re.IGNORECASE
)
_ASKED = re.compile(
    r"(?:tell|show|list|find|give|say|what|who|when|how|which|where|is|does|did|sag|zeig|nenn|gib|liste|wer|was|wann"
    r"|wie|welche|wo|ist|hat|dis|montre|liste|trouve|donne|qui|quand|quels?|quelles?|combien|est-ce)\b",
    re.IGNORECASE,
)
_TERM_WORDS = 6
_MOST_PARTS = 3


@dataclass(frozen=True, slots=True)
class Imperative:
    """What is asked for. `subjects` are what to summarise or explain (one) or the sides to compare.

    `setting` is what the sides are compared for, as in "for EEG decoding"; empty where nothing is said. `english`: the
    order is in English, and so, most likely, are the subjects. `language` is the code of the one that is asked for.
    """

    task: Task
    subjects: tuple[str, ...]
    aspects: tuple[str, ...] = ()
    level: Level = Level.PRACTITIONER
    setting: str = ""
    english: bool = True
    language: str | None = None


def find_imperative(message: str, *, shown: Sequence[str] = ()) -> Imperative | None:
    """Return what a message orders; None when it is a question, or needs the conversation to be understood.

    `shown` are the titles of the papers that were shown last: what "it" and "this paper" stand for.
    """
    message = " ".join(message.split())
    if len(message) > LONGEST:
        return None
    if not shown and needs_history(_NAMED.sub("", message)):
        return None
    language = next((code for code, pattern in _IN_LANGUAGE.items() if pattern.search(message)), None)
    found = _find(_IN_LANGUAGE[language].sub("", message) if language else message, shown)
    return found and replace(found, english=bool(_ENGLISH.search(message)), language=language)


def _find(message: str, shown: Sequence[str]) -> Imperative | None:
    if rest := _rest(_SUMMARISE, message):
        return _summary(rest, shown)
    if (rest := _rest([_RESUME], message)) and (names_paper(_without_filler(rest)) or shown_number(rest) is not None):
        return _summary(rest, shown)
    if rest := _rest(_COMPARE, message):
        return _comparison(rest, shown)
    if rest := _rest(_EXPLAIN, message):
        return _explanation(rest, shown, english=bool(_ENGLISH.search(message)))
    return None


def split_imperatives(message: str) -> tuple[str, str] | None:
    """Return the first and the second of two orders in one message, as in "summarise GPipe and compare it with X"."""
    text = " ".join(message.split())
    for between in list(THEN.finditer(text))[:_MOST_PARTS] if len(text) <= LONGEST else ():
        first, second = text[: between.start()], text[between.end() :]
        wanted = find_imperative(first)
        if wanted is None:
            continue
        ordered = any(_rest(forms, second) for forms in (_SUMMARISE, _COMPARE, _EXPLAIN))
        # "compare A and B, which is faster?" is one question, and ", which …" describes what is to be summarised.
        asked = (
            wanted.task is not Task.COMPARISON
            and between.group().strip() != ","
            and _ASKED.match(without_please(second))
        )
        if ordered or asked:
            return first, second
    return None


def _rest(patterns: Sequence[re.Pattern[str]], message: str) -> str | None:
    text = without_please(message.rstrip(" ?.!"))
    return next((match["rest"] for pattern in patterns if (match := pattern.match(text))), None)


def _meant(subject: str, shown: Sequence[str]) -> tuple[str, ...] | None:
    """Return the titles that a subject points at; None for one that names itself, nothing where none was shown."""
    number = shown_number(subject)
    if number is None:
        return () if needs_history(_NAMED.sub("", subject)) else None
    return tuple(shown[:MAX_SIDES] if number == ALL_SHOWN else shown[number - 1 : number])


def _summary(rest: str, shown: Sequence[str]) -> Imperative | None:
    ids = arxiv_ids(rest)
    if ids:
        return Imperative(Task.SUMMARY, ids)
    subject = _without_filler(rest)
    if (meant := _meant(subject, shown)) is not None:
        return Imperative(Task.SUMMARY, meant) if meant else None
    # Titles may hold a colon or "how"; a question mark within is none of theirs.
    return Imperative(Task.SUMMARY, (subject,)) if content_words(subject) and "?" not in subject else None


def _comparison(rest: str, shown: Sequence[str]) -> Imperative | None:
    """Return a comparison; a question about the sides, as in "A and B: which is faster?", is answered in prose."""
    if _ASKS.search(rest):
        return None
    match = _ASPECTS.search(rest)
    named = rest[: match.start()] if match else rest
    aspects = tuple(filter(None, _AND.split(match["aspects"].strip()))) if match else ()
    if shown_number(named) is not None:
        sides = tuple(shown[:MAX_SIDES])
    else:
        topic = shown[0] if shown else ""
        named = _ABROAD.sub(" and ", named)
        given = find_sides(f"compare {named}", topic=topic) or tuple(dict.fromkeys(split_sides(named)))
        meant = [(side,) if side == topic else _meant(side, shown) for side in given]
        if () in meant:
            return None
        sides = tuple(title for side, titles in zip(given, meant, strict=True) for title in titles or (side,))
    if not 2 <= len(sides) <= MAX_SIDES or (needs_history(_NAMED.sub("", named)) and not set(sides) & set(shown)):
        return None
    return Imperative(Task.COMPARISON, sides, aspects=aspects, setting=shared_context(named, sides))


def _explanation(rest: str, shown: Sequence[str], *, english: bool) -> Imperative | None:
    level = Level.PRACTITIONER
    for match in _FOR_WHOM.finditer(rest):
        found = next((level for level, words in _LEVELS if words.search(f"{match.group()} ")), None)
        if found:
            level, rest = found, rest[: match.start()]
            break
    term = _without_filler(rest)
    if (meant := _meant(term, shown)) is not None:
        return Imperative(Task.SUMMARY, meant) if meant else None  # what a paper is about, its summary says
    term = term if english else _ARTICLE.sub("", term)
    if not content_words(term) or _ASKS.search(term) or len(term.split()) > _TERM_WORDS:
        return None
    return Imperative(Task.EXPLANATION, (term,), level=level)


def _without_filler(text: str) -> str:
    before = None
    while before != text:
        before, text = text, _FILLER.sub("", text.strip())
    text = text.strip("\"'“”„‘’«» ")
    match = _ITS_PAPER.fullmatch(text)
    return match["name"] if match else text
