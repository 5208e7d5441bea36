"""The client of all feeds: one request at a time through its gate, retried while that may help."""

import asyncio
import random as chance
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import aiohttp
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt
from yarl import URL

from bot import __version__
from bot.errors.services import FeedDown, FeedError, FeedLate, FeedPaused
from bot.sources.fetching.exchange import Decoder, Exchange, FeedRequest, Fetched, FetchMemory, PassingError, backoff
from bot.util import Clock, utc_now

FAILURES = 3
"""Failed requests in a row, each with its retries, after which no more are made to that host for a while."""

FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=1)


@dataclass(slots=True)
class _Host:
    failures: int = 0
    until: datetime | None = None


class Breaker:
    """Counts failures by host. After a pause one request is let through: it closes the breaker or doubles the pause."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}

    def paused_until(self, host: str, now: datetime) -> datetime | None:
        """Return the end of the host's pause; None when it can be asked."""
        until = self._hosts.setdefault(host, _Host()).until
        # A clock that was set back must not keep a host out for days.
        return until if until is not None and now < until <= now + LONGEST_PAUSE else None

    def succeeded(self, host: str) -> None:
        """Note that the host answered."""
        self._hosts[host] = _Host()

    def failed(self, host: str, now: datetime, *, asked_wait_s: float | None = None) -> None:
        """Note a failure; a host that asked for a long wait gets no request for that long, an hour at the most."""
        state = self._hosts.setdefault(host, _Host())
        state.failures += 1
        if asked_wait_s is not None:
            state.until = now + min(timedelta(seconds=asked_wait_s), LONGEST_PAUSE)
        elif state.failures >= FAILURES:
            state.until = now + min(FIRST_PAUSE * 2 ** min(state.failures - FAILURES, 10), LONGEST_PAUSE)


ATTEMPTS = 5
LONGEST_WAIT_S = 300.0
"""Hugging Face's limit is one of five minutes. A server that asks for more gets no request for that long instead."""

Value = TypeVar("Value")
Sleep = Callable[[float], Awaitable[None]]


class FeedClient:
    """Makes the requests of feeds. Clock, sleep and random are parameters so that tests need not wait."""

    def __init__(
        self,
        *,
        session: aiohttp.ClientSession,
        memory: FetchMemory,
        clock: Clock = utc_now,
        sleep: Sleep = asyncio.sleep,
        random: Callable[[], float] = chance.random,
        attempts: int = ATTEMPTS,
    ) -> None:
        self._memory = memory
        self._exchange = Exchange(session=session, memory=memory, clock=clock)
        self._breaker = Breaker()
        self._locks: dict[str, asyncio.Lock] = {}
        self._clock = clock
        self._sleep = sleep
        self._random = random
        self._attempts = attempts

    async def get(self, request: FeedRequest, decode: Decoder[Value]) -> Fetched[Value]:
        """Make a request and decode its answer, a few times if need be. Raises FeedError.

        Made again after 403, 406, 429, 5xx, time-outs, broken connections and undecodable bodies.
        """
        host = URL(request.url).authority
        if until := self._breaker.paused_until(host, self._clock()):
            raise FeedPaused(feed=request.feed, detail=f"after failures, until {until.astimezone(UTC):%H:%M} UTC")
        try:
            async with asyncio.timeout(request.within_s):
                fetched = await self._again_and_again(request, decode)
        except PassingError as passing:
            long = passing.wait_s if (passing.wait_s or 0) > LONGEST_WAIT_S else None
            self._breaker.failed(host, self._clock(), asked_wait_s=long)
            raise passing.error from None
        except TimeoutError:  # counted as no failure: a short deadline says little about the host
            raise FeedLate(feed=request.feed, detail=f"no response within {request.within_s:g} s") from None
        except FeedDown:  # not to be made again, such as a redirect elsewhere
            self._breaker.failed(host, self._clock())
            raise
        except FeedError:
            self._breaker.succeeded(host)  # it answers; the request is at fault
            raise
        self._breaker.succeeded(host)
        return fetched

    async def keep(self, fetched: Fetched[Value], *, note: str = "") -> None:
        """Note that an answer is stored, so that the next conditional request can be answered with "unchanged"."""
        if fetched.validators is not None and not fetched.unchanged:
            validators = replace(fetched.validators, note=note)
            await self._memory.keep_validators(fetched.address, validators, now=self._clock().timestamp())

    async def _again_and_again(self, request: FeedRequest, decode: Decoder[Value]) -> Fetched[Value]:
        retrying = AsyncRetrying(
            stop=stop_after_attempt(self._attempts),
            wait=self._wait,
            retry=retry_if_exception(
                lambda error: isinstance(error, PassingError) and (error.wait_s or 0) <= LONGEST_WAIT_S
            ),
            sleep=self._sleep,
            reraise=True,
        )
        return await retrying(self._once, request, decode)

    async def _once(self, request: FeedRequest, decode: Decoder[Value]) -> Fetched[Value]:
        async with self._through(request):
            return await self._exchange.make(request, decode)

    @asynccontextmanager
    async def _through(self, request: FeedRequest) -> AsyncIterator[None]:
        """Wait for the gate's next start and let nobody else of this process through meanwhile."""
        gate = request.gate
        if gate is None:
            yield
            return
        async with self._locks.setdefault(gate.name, asyncio.Lock()):
            wait = await self._memory.reserve(gate.name, gap_s=gate.gap_s, now=self._clock().timestamp())
            if wait > 0:
                await self._sleep(wait)
            yield

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        own = backoff(state.attempt_number, self._random)
        asked = error.wait_s if isinstance(error, PassingError) else None
        return max(own, asked + self._random()) if asked is not None else own


@asynccontextmanager
async def open_feed_client(
    *, request_seconds: float, contact: str | None, memory: FetchMemory, clock: Clock, sleep: Sleep = asyncio.sleep
) -> AsyncIterator[FeedClient]:
    """Open a client. `request_seconds` bounds one attempt, body included."""
    agent = f"paperbot/{__version__}" + (f" ({contact})" if contact else "")
    async with aiohttp.ClientSession(
        headers={"User-Agent": agent, "Accept-Encoding": "gzip"},
        timeout=aiohttp.ClientTimeout(total=request_seconds, sock_connect=min(10.0, request_seconds)),
        connector=aiohttp.TCPConnector(limit_per_host=2),
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,  # aiohttp unpacks without a limit of ours
    ) as session:
        yield FeedClient(session=session, memory=memory, clock=clock, sleep=sleep)
