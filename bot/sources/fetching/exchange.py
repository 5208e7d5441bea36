"""One request and its answer, redirects included."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import aiohttp
from yarl import URL

from bot.errors import FeedDown, FeedError, FeedLate, FeedMalformed, FeedRefused, FeedTooLarge
from bot.sources.fetching.body import BrokenError, TooLongError, read_limited, unpack
from bot.sources.fetching.hosts import same_family
from bot.sources.fetching.memory import FetchMemory
from bot.sources.fetching.request import Decoder, FeedRequest, Fetched, UndecodableError, Validators
from bot.sources.fetching.waits import asked_wait

REDIRECTS = 3
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# arXiv tells of throttling with 403 and 406 as well.
_PASSING = frozenset({403, 406, 408, 425, 429})

Value = TypeVar("Value")


class PassingError(Exception):
    """What may pass: the error to be raised in the end, and how long the server asks to wait, in seconds."""

    def __init__(self, error: FeedError, wait_s: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.wait_s = wait_s


class Exchange:
    """Makes single requests."""

    def __init__(self, *, session: aiohttp.ClientSession, memory: FetchMemory, clock: Callable[[], datetime]) -> None:
        self._session = session
        self._memory = memory
        self._clock = clock

    async def make(self, request: FeedRequest, decode: Decoder[Value]) -> Fetched[Value]:
        """Return the answer. Raises PassingError for what may pass, and FeedError for what won't."""
        first = URL(request.url).update_query(dict(request.params))
        kept = await self._memory.validators(str(first)) if request.conditional else None
        headers = _headers(request, kept)
        address = first
        try:
            for _ in range(REDIRECTS + 1):
                async with self._session.get(address, headers=headers, allow_redirects=False) as response:
                    if response.status not in _REDIRECTS:
                        if response.status == 304 and kept is not None:
                            return Fetched(status=304, address=str(first), value=None, validators=kept)
                        return await self._read(request, response, str(first), decode)
                    address = _target(request, first, response)
        except TimeoutError:
            raise PassingError(FeedLate(feed=request.feed, detail="no whole answer in time")) from None
        except (aiohttp.ClientError, OSError) as error:
            raise PassingError(FeedDown(feed=request.feed, detail=_cause(error))) from None
        raise FeedDown(feed=request.feed, detail=f"more than {REDIRECTS} redirects")

    async def _read(
        self, request: FeedRequest, response: aiohttp.ClientResponse, address: str, decode: Decoder[Value]
    ) -> Fetched[Value]:
        status = response.status
        if status != 200 and status not in request.expected:
            raise self._refusal(request, response)
        body = await self._body(request, response)
        if status != 200:
            return Fetched(status=status, address=address, value=None, body=body)
        try:
            value = await asyncio.to_thread(decode, body)
        except UndecodableError as error:
            raise PassingError(FeedMalformed(feed=request.feed, detail=str(error))) from None
        validators = Validators(response.headers.get("ETag"), response.headers.get("Last-Modified"))
        usable = request.conditional and validators != Validators()
        return Fetched(status=status, address=address, value=value, validators=validators if usable else None)

    async def _body(self, request: FeedRequest, response: aiohttp.ClientResponse) -> bytes:
        limit = request.limit_bytes
        try:
            packed = await read_limited(response, limit)
            return await asyncio.to_thread(unpack, packed, response.headers.get("Content-Encoding", ""), limit)
        except TooLongError:
            raise FeedTooLarge(feed=request.feed, detail=f"more than {limit:,} bytes") from None
        except BrokenError as error:
            raise PassingError(FeedMalformed(feed=request.feed, detail=str(error))) from None

    def _refusal(self, request: FeedRequest, response: aiohttp.ClientResponse) -> Exception:
        status = response.status
        detail = f"status {status}"
        wait = asked_wait(response.headers, now=self._clock())
        if status >= 500:
            return PassingError(FeedDown(feed=request.feed, detail=detail), wait)
        refused = FeedRefused(feed=request.feed, detail=detail)
        return PassingError(refused, wait) if status in _PASSING else refused


def _headers(request: FeedRequest, kept: Validators | None) -> dict[str, str]:
    headers = {"Accept": request.accept}
    if kept and kept.etag:
        headers["If-None-Match"] = kept.etag
    if kept and kept.last_modified:
        headers["If-Modified-Since"] = kept.last_modified
    return headers


def _target(request: FeedRequest, first: URL, response: aiohttp.ClientResponse) -> URL:
    try:
        target = response.url.join(URL(response.headers["Location"]))
    except (KeyError, ValueError):
        raise FeedDown(feed=request.feed, detail="a redirect without a usable address") from None
    if not same_family(first, target):
        raise FeedDown(feed=request.feed, detail="a redirect to another site, which is not followed")
    return target


def _cause(error: Exception) -> str:
    """Name what broke without its text, which may hold addresses."""
    return {
        "ClientConnectorDNSError": "its name can't be resolved",
        "ClientConnectorCertificateError": "its certificate is not valid",
        "ClientConnectorError": "no connection",
        "ClientPayloadError": "the answer broke off",
        "ServerDisconnectedError": "the connection broke",
    }.get(type(error).__name__, "the connection broke")
