"""Plans that a model wrote, or that were recorded, as JSON."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date

from bot.answers.planning.followups import content_words
from bot.answers.planning.history import Turn
from bot.answers.planning.plan import Intent, Plan
from bot.answers.planning.sides import MAX_SIDES
from bot.answers.untrusted import clean_model_text
from bot.search.query.date_parts import Order
from bot.search.query.days import FIRST_YEAR
from bot.search.query.filters import Filters
from bot.search.text.tokens import quoted_phrases
from bot.text import one_line

_KEYWORDS = 12
_PHRASE_CHARS = 80
_STANDALONE_CHARS = 600
_LAST_YEAR = 2100
_TEXT_CHARS = 20_000
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ORDERS: dict[object, Order] = {"newest": "newest", "oldest": "oldest"}


def plan_from_json(text: str, *, question: str, history: Sequence[Turn] = ()) -> Plan | None:
    """Read a plan for `question`; None when `text` has no object with a standalone wording or keywords.

    Text around the object, unknown fields and values of a wrong type are passed over. A standalone wording that shares
    no content word with the question or the history is not taken. One that says something else than the question is
    followed by the question as it was typed. Links and mentions, which would be shown, are deleted.
    """
    fields = _first_object(text[:_TEXT_CHARS])
    if fields is None:
        return None
    standalone = _standalone(fields.get("standalone"), question, history)
    keywords = _phrases(fields.get("keywords"))[:_KEYWORDS]
    if standalone is None and not keywords:
        return None
    wording = standalone if standalone and not _says_the_same(standalone, question) else None
    sides = _phrases(fields.get("sides"))
    intent = fields.get("intent")
    return Plan(
        question=_with_raw(wording, question) if wording else question,
        keywords=keywords,
        filters=_filters(fields),
        order=_ORDERS.get(order) if isinstance(order := fields.get("order"), str) else None,
        intent=Intent(intent) if isinstance(intent, str) and intent in list(Intent) else Intent.QUESTION,
        sides=sides if 2 <= len(sides) <= MAX_SIDES else (),
        quoted=quoted_phrases(question),
        wording=wording,
    )


def _first_object(text: str) -> Mapping[str, object] | None:
    """Return the first JSON object in `text` that parses and has a field of a plan."""
    decoder = json.JSONDecoder()
    # A model that rambles may write many braces; the first few are enough.
    for start in [match.start() for match in re.finditer(r"\{", text)][:20]:
        try:
            found, _ = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict) and ("standalone" in found or "keywords" in found):
            return found
    return None


def _standalone(value: object, question: str, history: Sequence[Turn]) -> str | None:
    if not isinstance(value, str):
        return None
    wording = one_line(clean_model_text(value))
    if not 0 < len(wording) <= _STANDALONE_CHARS:
        return None
    said = " ".join([question, *(f"{turn.content} {' '.join(turn.titles)}" for turn in history)])
    shared = set(content_words(wording)) & set(content_words(said))
    return wording if shared or wording.casefold() == question.casefold() else None


def _says_the_same(wording: str, question: str) -> bool:
    """Whether they differ in small words, case and marks alone."""
    return set(content_words(wording)) == set(content_words(clean_model_text(question)))


def _with_raw(wording: str, question: str) -> str:
    return wording if question.casefold() in wording.casefold() else f"{wording} ({question})"


def _phrases(value: object) -> tuple[str, ...]:
    given = [phrase for phrase in value if isinstance(phrase, str)] if isinstance(value, list) else []
    phrases = [one_line(clean_model_text(phrase)) for phrase in given]
    short = (phrase for phrase in phrases if len(phrase) <= _PHRASE_CHARS and any(char.isalnum() for char in phrase))
    return tuple({phrase.casefold(): phrase for phrase in reversed(list(short))}.values())[::-1]


def _filters(fields: Mapping[str, object]) -> Filters:
    after, before = _day(fields.get("after")), _day(fields.get("before"))
    # An empty span is a slip: which end is wrong can't be told.
    return Filters() if after and before and after > before else Filters(after=after, before=before)


def _day(value: object) -> date | None:
    if not isinstance(value, str) or not _DAY.fullmatch(value.strip()):
        return None
    try:
        day = date.fromisoformat(value.strip())
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= _LAST_YEAR else None
