"""Plans by a model: one short call, within a deadline, and the JSON that it writes.

When the call fails, the plan made in code serves.
"""

import asyncio
import hashlib
import json
import logging
import re
import secrets
from collections.abc import Callable, Coroutine, Hashable, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Generic, TypeVar

from cachetools import TTLCache

from bot.answers.llm.prompts import Prompts
from bot.answers.llm.text_model import Metered
from bot.answers.planning.followups import Turn, content_words, topic_titles
from bot.answers.planning.plan import Intent, Plan
from bot.answers.planning.sides import MAX_SIDES
from bot.answers.request import NOBODY, Requester
from bot.answers.untrusted import clean_for_prompt, clean_model_text
from bot.errors.services import BudgetUsed, ModelError, ModelLate
from bot.search.query.date_parts import Order
from bot.search.query.days import FIRST_YEAR
from bot.search.query.filters import Filters
from bot.search.text.tokens import quoted_phrases
from bot.text import one_line, shorten

_KEYWORDS = 12
_PHRASE_CHARS = 80
_STANDALONE_CHARS = 600
_LAST_YEAR = 2100
_TEXT_CHARS = 20_000  # a server that never stops must not fill the memory within the deadline
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
        compares_nothing=intent == Intent.QUESTION and not sides,
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
    # An empty span is a slip: which end is wrong can't be known.
    return Filters() if after and before and after > before else Filters(after=after, before=before)


def _day(value: object) -> date | None:
    if not isinstance(value, str) or not _DAY.fullmatch(value.strip()):
        return None
    try:
        day = date.fromisoformat(value.strip())
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= _LAST_YEAR else None


K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(slots=True)
class _Flight(Generic[V]):
    task: asyncio.Task[V]
    waiting: int = 0


class SingleFlight(Generic[K, V]):
    """Runs the work for a key once, however many wait for it.

    Whoever stops waiting leaves the others theirs; when nobody waits any more, the work is cancelled.
    """

    def __init__(self) -> None:
        self._flights: dict[K, _Flight[V]] = {}

    async def run(self, key: K, start: Callable[[], Coroutine[Any, Any, V]]) -> V:
        """Return the result of the work under way for `key`, or of `start`. Raises what the work raises."""
        flight = self._flights.get(key)
        if flight is None:
            flight = self._flights[key] = _Flight(asyncio.create_task(start()))
        flight.waiting += 1
        try:
            return await asyncio.shield(flight.task)
        finally:
            flight.waiting -= 1
            if self._flights.get(key) is flight and (flight.task.done() or not flight.waiting):
                del self._flights[key]  # before the wait below: who comes now must not join what is being cancelled
            if not flight.waiting and not flight.task.done():
                flight.task.cancel()
                await asyncio.gather(flight.task, return_exceptions=True)


log = logging.getLogger(__name__)

CACHED_PLANS = 500
CACHED_FOR = timedelta(hours=1)
"""How many plans are remembered, and for how long. Only memory holds them."""

_TURNS = 3
_TURN_CHARS = 300
_AFTER_THINKING = "</think>"


class Planner:
    """Makes plans with `model`, each within `seconds`.

    Equal questions share one call and, for an hour, its result. What fails is logged without the question.
    """

    def __init__(self, *, model: Metered, prompts: Prompts, seconds: float, clock: Callable[[], datetime]) -> None:
        self._model = model
        self._prompts = prompts
        self._seconds = seconds
        # What the model wrote rather than plans: a plan contains the words of its own requester.
        self._written: TTLCache[str, str] = TTLCache(
            CACHED_PLANS, ttl=CACHED_FOR.total_seconds(), timer=lambda: clock().timestamp()
        )
        self._flights = SingleFlight[str, str | None]()

    async def plan(
        self, question: str, history: Sequence[Turn], today: date, *, requester: Requester = NOBODY
    ) -> Plan | None:
        """Return the model's plan, or None when there is none in time. `history` is oldest first. Raises nothing."""
        conversation = list(_conversation(history))
        key = self._key(question, conversation, today)
        written = self._written.get(key)
        if written is None:
            written = await self._flights.run(
                key, lambda: self._write(key, question, history, conversation, today, requester)
            )
        return plan_from_json(written, question=question, history=history) if written is not None else None

    def _key(self, question: str, conversation: Sequence[str], today: date) -> str:
        asked = [self._prompts.hash, self._model.name, one_line(question).casefold(), conversation, today.isoformat()]
        return hashlib.sha256(json.dumps(asked).encode()).hexdigest()

    async def _write(
        self,
        key: str,
        question: str,
        history: Sequence[Turn],
        conversation: Sequence[str],
        today: date,
        requester: Requester,
    ) -> str | None:
        """Return what the model writes when that is a plan, and remember it."""
        fence = f"@@{secrets.token_hex(4)}"
        before = "\n".join([f"{fence} conversation", *(clean_for_prompt(line, fence=fence) for line in conversation)])
        prompt = self._prompts["plan"].render(
            {
                "today": today.isoformat(),
                "fence": fence,
                "conversation": f"{before}\n" if conversation else "",
                "question": clean_for_prompt(question, fence=fence),
            }
        )
        text, reason = "", "what the model wrote isn't a plan"
        try:
            async with (
                asyncio.timeout(self._seconds),
                aclosing(self._model.stream(prompt, requester=requester)) as pieces,
            ):
                async for piece in pieces:
                    text += piece
                    if len(text) > _TEXT_CHARS:
                        break
        except ModelError as error:
            reason = f"{error.reason} ({error.facts.get('detail')})"
        except BudgetUsed as error:
            reason = error.reason
        except TimeoutError:
            reason = f"{ModelLate.reason} ({self._seconds:g} s)"
        except Exception as error:  # noqa: BLE001 - whatever a server sends, the question must be answered
            reason = f"{ModelError.reason} ({type(error).__name__})"
        # A whole plan counts, however the stream ended. Some models leave out the tag that opens their thinking.
        text = text.rpartition(_AFTER_THINKING)[2]
        if plan_from_json(text, question=question, history=history) is None:
            log.warning("planned a question without the model: %s", reason)
            return None
        self._written[key] = text
        return text


def _conversation(history: Sequence[Turn]) -> Iterator[str]:
    """Yield the user's last questions, each with the titles of the papers that its answer is from."""
    asked = [number for number, turn in enumerate(history) if turn.role == "user"]
    for number in range(asked[-_TURNS] if len(asked) >= _TURNS else 0, len(history)):
        turn = history[number]
        if turn.role == "user":
            yield f"Asked: {shorten(one_line(turn.content[: 2 * _TURN_CHARS]), _TURN_CHARS)}"
        elif titles := topic_titles(history[: number + 1]):
            yield f"Answered from: {'; '.join(titles)}"
