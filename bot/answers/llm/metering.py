"""The meter in front of a model: reserves before a call, settles after it."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from bot.answers.llm.prompts import RenderedPrompt
from bot.answers.llm.text_model import Call, Learnt, TextModel, TokenEstimator, estimate_tokens
from bot.answers.request import Requester
from bot.config import LimitsSettings
from bot.errors.operation import StoreError
from bot.errors.services import (
    BudgetUsed,
    ModelBusy,
    ModelDown,
    ModelError,
    ModelInterrupted,
    ModelMissing,
    ModelPage,
    ModelQuota,
    ModelRefused,
    ModelUnauthorised,
)
from bot.i18n.translation import Phrase, phrase
from bot.store.usage import DayLimits, Exceeded, Limit, Reservation, UsageStore

_WHOSE: dict[Limit, Phrase] = {
    "user": phrase("your budget for model answers"),
    "guild": phrase("this server's budget for model answers"),
    "day": phrase("today's budget for model answers"),
    "cost": phrase("today's budget for model answers"),
}


@dataclass(frozen=True, slots=True)
class Price:
    """What a million tokens cost: of prompts, and of what is written."""

    input: float = 0.0
    output: float = 0.0

    def of(self, input_tokens: int, output_tokens: int) -> float:
        """Return what a call costs, in the currency of the prices."""
        return (self.input * input_tokens + self.output * output_tokens) / 1_000_000


T = TypeVar("T")


async def uninterrupted(work: Coroutine[Any, Any, T]) -> T:
    """Return the result of `work`. A cancellation meanwhile is raised when the work is done. Raises what it raises."""
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        if not task.cancelled():
            task.exception()  # looked at, so that asyncio doesn't report it as never retrieved
        raise cancelled
    return task.result()


@dataclass(frozen=True, slots=True)
class CallOutcome:
    """When a call ended, and why it failed if it did, in words that fit into another sentence."""

    at: datetime
    failure: Phrase | None


class ModelHealth:
    """The outcome of the last call that ended; None before the first one since the start.

    `learnt` is what is known by now of each model that is asked first, by its name.
    """

    def __init__(self, *, clock: Callable[[], datetime], learnt: Mapping[str, Learnt] | None = None) -> None:
        self._clock = clock
        self.learnt = learnt or {}
        self.last: CallOutcome | None = None

    def note(self, failure: ModelError | None) -> None:
        """Record now as the end of the last call, with its failure or, on success, None."""
        self.last = CallOutcome(self._clock(), failure.reason if failure else None)


log = logging.getLogger(__name__)

_UNREAD = (ModelUnauthorised, ModelMissing, ModelBusy, ModelQuota, ModelPage, ModelRefused, ModelDown)
"""The server turned the request away or was not there: nothing was used before the first piece."""

_RUNAWAY = 3  # a text estimated at this many times what was allowed comes from a server that heeds no limit
_MOST_TOKENS = 100_000_000  # what a server claims beyond that is no number of tokens


@dataclass(slots=True)
class _Metered:
    """A call under way: the number of its reservation, its text and its failure so far."""

    reserved: int
    prompt: RenderedPrompt
    call: Call
    text: str = ""
    failure: ModelError | None = None


class Meter:
    """A model whose calls count against the day's limits; the day turns at midnight UTC.

    `prices` are those of all endpoints that may answer; reservations are made at the dearest. `estimator` may be shared
    by the meters of one server. `health` notes how each call ended. For a model that is `learnt` to think, the room for
    that is reserved too, since servers count it as output.
    """

    def __init__(
        self,
        *,
        model: TextModel,
        usage: UsageStore,
        limits: LimitsSettings,
        prices: Sequence[Price],
        clock: Callable[[], datetime],
        estimator: TokenEstimator | None = None,
        health: ModelHealth | None = None,
        learnt: Learnt | None = None,
    ) -> None:
        self._learnt = learnt
        self._model = model
        self._usage = usage
        self._limits = DayLimits(
            user_tokens=limits.user_tokens,
            guild_tokens=limits.guild_tokens,
            day_tokens=limits.day_tokens,
            day_cost=limits.day_cost,
        )
        self._dearest = Price(
            max((price.input for price in prices), default=0.0), max((price.output for price in prices), default=0.0)
        )
        self._clock = clock
        self._estimator = estimator or TokenEstimator()
        self._health = health

    @property
    def name(self) -> str:
        """The name of the model that is asked first."""
        return self._model.name

    async def stream(self, prompt: RenderedPrompt, *, requester: Requester) -> AsyncGenerator[str]:
        """Yield the model's text piece by piece.

        Raises BudgetUsed before anything is sent, StoreError when nothing can be reserved, and ModelError. What was
        used is settled however the stream ends.
        """
        metered = _Metered(await self._reserve(prompt, requester), prompt, Call())
        allowed = _RUNAWAY * prompt.max_output_tokens
        estimate = 0
        try:
            async with aclosing(self._model.stream(prompt, call=metered.call)) as pieces:
                async for piece in pieces:
                    metered.text += piece
                    estimate += estimate_tokens(piece)  # a little more than of the whole: each is rounded up
                    if estimate > allowed and estimate_tokens(metered.text) > allowed:
                        raise ModelInterrupted(detail="longer than allowed")
                    yield piece
        except ModelError as error:
            metered.failure = error
            raise
        finally:
            # A caller that left before the first piece says nothing about the model.
            if self._health and (metered.text or metered.failure):
                self._health.note(metered.failure)
            await uninterrupted(self._settle(metered))

    async def _reserve(self, prompt: RenderedPrompt, requester: Requester) -> int:
        now = self._clock()
        tokens = self._estimator.at_most(prompt)
        room = self._learnt.room if self._learnt is not None and self._learnt.thinks else 0
        output = prompt.max_output_tokens + room
        reservation = Reservation(
            day=now.astimezone(UTC).date(),
            at=now.timestamp(),
            user=requester.user,
            guild=requester.guild,
            purpose=prompt.id,
            model=self._model.name,
            input_tokens=tokens,
            output_tokens=output,
            cost=self._dearest.of(tokens, output),
        )
        pending = asyncio.ensure_future(self._usage.reserve(reservation, limits=self._limits))
        try:
            reserved = await asyncio.shield(pending)
        except asyncio.CancelledError:
            await uninterrupted(self._take_back(pending))
            raise
        if isinstance(reserved, Exceeded):
            most = reserved.limit
            cost = reserved.which == "cost"
            limit = phrase("a cost of {limit:g}", limit=most) if cost else phrase("{limit:,.0f} tokens", limit=most)
            raise BudgetUsed(whose=_WHOSE[reserved.which], limit=limit)
        return reserved

    async def _take_back(self, pending: asyncio.Future[int | Exceeded]) -> None:
        """Undo a reservation whose caller left while it was written; nothing was sent."""
        with suppress(StoreError):
            reserved = await pending
            if isinstance(reserved, int):
                await self._usage.cancel(reserved)

    async def _settle(self, metered: _Metered) -> None:
        """Write down what a call used. When that fails, the reservation stays, which is more."""
        call, prompt = metered.call, metered.prompt
        price = Price(call.price_input, call.price_output) if call.model else self._dearest
        counted_input, counted_output = _counted(call.input_tokens), _counted(call.output_tokens)
        unread = not metered.text and isinstance(metered.failure, _UNREAD)
        input_tokens = counted_input or (0 if unread else self._estimator.likely(prompt))
        output_tokens = counted_output or self._output(metered)
        if counted_input:
            if counted_input > self._estimator.at_most(prompt):
                log.warning("a prompt used more tokens than estimated: %d", counted_input)
            self._estimator.learn(prompt, counted_input)
        try:
            await self._usage.settle(
                metered.reserved,
                model=call.model or self._model.name,
                input_tokens=input_tokens,
                output_tokens=output_tokens,
                cost=price.of(input_tokens, output_tokens),
                estimated=not unread and not (counted_input and (counted_output or not metered.text)),
            )
        except StoreError as error:
            log.warning("couldn't record what a call used, so everything reserved for it counts: %s", error)

    def _output(self, metered: _Metered) -> int:
        """Estimate the output: no more than was allowed, unless the server plainly heeded no limit."""
        allowed = metered.prompt.max_output_tokens
        tokens = self._estimator.written(metered.text)
        return tokens if estimate_tokens(metered.text) > _RUNAWAY * allowed else min(tokens, allowed)


def _counted(tokens: int | None) -> int | None:
    """Return a server's count of tokens, at most `_MOST_TOKENS`; None for 0, which servers send that don't count."""
    return min(tokens, _MOST_TOKENS) if tokens is not None and tokens > 0 else None
