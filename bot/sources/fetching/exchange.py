"""One HTTP request of a feed: what is asked, what comes back, redirects and limits."""

import asyncio
import ipaddress
import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Generic, Protocol, TypeVar

import aiohttp
from yarl import URL

from bot.errors.services import FeedDown, FeedError, FeedLate, FeedMalformed, FeedRefused, FeedTooLarge
from bot.util import Clock

Value = TypeVar("Value")

MEGABYTE = 1_000_000


class UndecodableError(Exception):
    """A body is not what was asked for. Its text says why, as part of another sentence."""


Decoder = Callable[[bytes], Value]
"""Turns a whole body into a value, in a thread. Raises UndecodableError, upon which the request is made again."""


@dataclass(frozen=True, slots=True)
class Gate:
    """All requests through the gate of one name begin at least `gap_s` seconds apart, one at a time."""

    name: str
    gap_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRequest:
    """A GET request.

    `feed` names the feed in sentences. Statuses in `expected` are handed back instead of raised. A `conditional`
    request sends the validators that were kept for this address, and may come back unchanged. `within_s` bounds all
    of it: waits, retries and body.
    """

    feed: str
    url: str
    accept: str
    params: Mapping[str, str] = field(default_factory=dict)
    gate: Gate | None = None
    limit_bytes: int = 4 * MEGABYTE
    expected: frozenset[int] = frozenset()
    conditional: bool = False
    within_s: float | None = None


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask later whether its answer changed (RFC 9110, section 8.8).

    `note` is what the feed wants to know of that answer when it is unchanged, such as how many records it had.
    """

    etag: str | None = None
    last_modified: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched(Generic[Value]):
    """An answer. `value` is None when it is unchanged (304) or of an expected status; `body` is then what came.

    `validators` are those that came with a new answer, or those kept of an unchanged one.
    """

    status: int
    address: str
    value: Value | None
    body: bytes = b""
    validators: Validators | None = None

    @property
    def unchanged(self) -> bool:
        """Whether the server says that nothing changed since the kept validators."""
        return self.status == 304


class FetchMemory(Protocol):
    """Kept by the store, so that all processes on it are polite together."""

    async def reserve(self, gate: str, *, gap_s: float, now: float) -> float:
        """Take the next start through a gate; return how many seconds lie before it. `now` is Unix time."""

    async def validators(self, address: str) -> Validators | None:
        """Return what was kept of the last stored answer of an address."""

    async def keep_validators(self, address: str, validators: Validators, *, now: float) -> None:
        """Keep what a server gave with an answer that is stored by now."""


LONGEST_QUEUE = 100
"""How many starts can be taken ahead. A later one comes from a clock that was set back, and doesn't count."""


def next_start(last: float | None, *, gap_s: float, now: float) -> float:
    """Return when the next request may begin after one at `last`, in Unix time."""
    if last is None or last > now + LONGEST_QUEUE * gap_s:
        return now
    return max(now, last + gap_s)


def same_family(first: URL, second: URL) -> bool:
    """Whether a redirect from `first` may lead to `second`: one site, never from https to http.

    A site is a host with its subdomains, known by the last two labels: huggingface.co and www.huggingface.co. Numeric
    addresses and single labels must be equal, with their port.
    """
    if second.scheme not in {"http", "https"} or (first.scheme == "https" and second.scheme == "http"):
        return False
    if second.user or second.password:
        return False
    one, other = (first.host or "").lower(), (second.host or "").lower()
    if one == other:
        return first.port == second.port or (first.is_default_port() and second.is_default_port())
    return _site(one) is not None and _site(one) == _site(other) and second.is_default_port()


def _site(host: str) -> str | None:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        labels = host.rstrip(".").split(".")
        return ".".join(labels[-2:]) if len(labels) > 1 else None
    return None


CHUNK_BYTES = 65_536


class TooLongError(Exception):
    """A body is longer than its limit."""


class BrokenError(Exception):
    """A body can't be unpacked."""


async def read_limited(response: aiohttp.ClientResponse, limit: int) -> bytes:
    """Return the body as it came. Raises TooLongError as soon as it has more than `limit` bytes."""
    if response.content_length is not None and response.content_length > limit:
        raise TooLongError
    parts: list[bytes] = []
    size = 0
    async for part in response.content.iter_chunked(CHUNK_BYTES):
        size += len(part)
        if size > limit:
            raise TooLongError
        parts.append(part)
    return b"".join(parts)


def unpack(body: bytes, encoding: str, limit: int) -> bytes:
    """Undo Content-Encoding gzip. Raises TooLongError beyond `limit` bytes, and BrokenError. Work for a thread."""
    match encoding.strip().lower():
        case "" | "identity":
            return body
        case "gzip" | "x-gzip":
            unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        case other:
            raise BrokenError(f"it's compressed as {other[:20]!r}, which wasn't requested")
    try:
        unpacked = unpacker.decompress(body, limit + 1)
    except zlib.error:
        raise BrokenError("it can't be decompressed") from None
    if len(unpacked) > limit:
        raise TooLongError
    if not unpacker.eof:
        raise BrokenError("it's incomplete")
    return unpacked


FIRST_WAIT_S = 1.0
LONGEST_BACKOFF_S = 30.0

# Hugging Face: RateLimit: "api";r=0;t=241 (r: requests left, t: seconds until the window ends).
_RATE_LIMIT = re.compile(r";\s*r=(?P<left>\d{1,9})\b.*?;\s*t=(?P<seconds>\d{1,6})\b", re.ASCII)


def asked_wait(headers: Mapping[str, str], *, now: datetime) -> float | None:
    """Return how many seconds a server asks to wait, or None where it sends nothing.

    Read are Retry-After (RFC 9110, section 10.2.3: seconds or a date) and Hugging Face's RateLimit.
    """
    return _retry_after(headers.get("Retry-After", "").strip(), now) or _rate_limit(headers.get("RateLimit", ""))


def backoff(attempt: int, random: Callable[[], float]) -> float:
    """Return the wait after the attempt of this number (from 1): doubled each time, and half of it by chance."""
    longest = min(FIRST_WAIT_S * 2.0 ** (attempt - 1), LONGEST_BACKOFF_S)
    return longest * (0.5 + 0.5 * random())


def _retry_after(value: str, now: datetime) -> float | None:
    if value.isascii() and value.isdigit() and len(value) < 10:
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def _rate_limit(value: str) -> float | None:
    match = _RATE_LIMIT.search(value)
    return float(match["seconds"]) if match and int(match["left"]) == 0 else None


REDIRECTS = 3
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# arXiv throttles with 403 and 406 as well.
_PASSING = frozenset({403, 406, 408, 425, 429})


class PassingError(Exception):
    """A retry may help. `error` is to be raised in the end; `wait_s` is how long the server asks to wait."""

    def __init__(self, error: FeedError, wait_s: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.wait_s = wait_s


class Exchange:
    """Makes single requests, without retries and without waiting for gates."""

    def __init__(self, *, session: aiohttp.ClientSession, memory: FetchMemory, clock: Clock) -> None:
        self._session = session
        self._memory = memory
        self._clock = clock

    async def make(self, request: FeedRequest, decode: Decoder[Value]) -> Fetched[Value]:
        """Return the decoded answer. Raises PassingError for what a retry may fix, and FeedError for the rest."""
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
            raise PassingError(FeedLate(feed=request.feed, detail="no complete response in time")) from None
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
        detail = f"HTTP {status}"
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
        raise FeedDown(feed=request.feed, detail="a redirect to another site, which isn't followed")
    return target


def _cause(error: Exception) -> str:
    """Name what broke without its text, which may hold addresses."""
    return {
        "ClientConnectorDNSError": "its name can't be resolved",
        "ClientConnectorCertificateError": "its certificate isn't valid",
        "ClientConnectorError": "no connection",
        "ClientPayloadError": "the response was cut off",
        "ServerDisconnectedError": "the connection broke",
    }.get(type(error).__name__, "the connection broke")
