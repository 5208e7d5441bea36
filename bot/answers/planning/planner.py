"""The plan by a model: one short call, within a deadline. When it fails, the plan made in code serves."""

import asyncio
import hashlib
import json
import logging
import secrets
from collections.abc import Callable, Coroutine, Hashable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Generic, TypeVar

from cachetools import TTLCache

from bot.answers.llm.prompts import Prompts
from bot.answers.llm.text_model import Metered
from bot.answers.planning.history import Turn, topic_titles
from bot.answers.planning.plan import Plan
from bot.answers.planning.plan_json import plan_from_json
from bot.answers.request import NOBODY, Requester
from bot.answers.untrusted import clean_for_prompt
from bot.errors.services import BudgetUsed, ModelError, ModelLate
from bot.text import one_line, shorten

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
_TEXT_CHARS = 20_000  # a server that never stops must not fill the memory within the deadline
_AFTER_THINKING = "</think>"


class Planner:
    """Makes plans with `model`, each within `seconds`.

    Equal questions share one call and, for an hour, its result. What fails is logged without the question.
    """

    def __init__(self, *, model: Metered, prompts: Prompts, seconds: float, clock: Callable[[], datetime]) -> None:
        self._model = model
        self._prompts = prompts
        self._seconds = seconds
        # What the model wrote rather than plans: a plan holds the words of its own asker.
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
        text, reason = "", "what the model wrote is no plan"
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
            log.warning("a question was planned without the model: %s", reason)
            return None
        self._written[key] = text
        return text


def _conversation(history: Sequence[Turn]) -> Iterator[str]:
    """Yield the asker's last questions, each with the titles that its answer stood on."""
    asked = [number for number, turn in enumerate(history) if turn.role == "user"]
    for number in range(asked[-_TURNS] if len(asked) >= _TURNS else 0, len(history)):
        turn = history[number]
        if turn.role == "user":
            yield f"Asked: {shorten(one_line(turn.content[: 2 * _TURN_CHARS]), _TURN_CHARS)}"
        elif titles := topic_titles(history[: number + 1]):
            yield f"Answered from: {'; '.join(titles)}"
