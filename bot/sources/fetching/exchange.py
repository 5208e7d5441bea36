"""One request and its answer, redirects included."""

import asyncio
import ipaddress
import re
import zlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

import aiohttp
from yarl import URL

from bot.errors.services import FeedDown, FeedError, FeedLate, FeedMalformed, FeedRefused, FeedTooLarge
from bot.sources.fetching.request import Decoder, FeedRequest, Fetched, FetchMemory, UndecodableError, Validators


def same_family(first: URL, second: URL) -> bool:
    """Whether a redirect from `first` may lead to `second`: one site, never from https to http.

    A site is a host with its subdomains, told by the last two labels: huggingface.co and www.huggingface.co. Numeric
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
    """A body goes beyond its limit."""


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
            raise BrokenError(f"it is packed as {other[:20]!r}, which was not asked for")
    try:
        unpacked = unpacker.decompress(body, limit + 1)
    except zlib.error:
        raise BrokenError("it can't be unpacked") from None
    if len(unpacked) > limit:
        raise TooLongError
    if not unpacker.eof:
        raise BrokenError("it breaks off")
    return unpacked


FIRST_WAIT_S = 1.0
LONGEST_BACKOFF_S = 30.0

# Hugging Face: RateLimit: "api";r=0;t=241 (r: requests left, t: seconds until the window ends).
_RATE_LIMIT = re.compile(r";\s*r=(?P<left>\d{1,9})\b.*?;\s*t=(?P<seconds>\d{1,6})\b", re.ASCII)


def asked_wait(headers: Mapping[str, str], *, now: datetime) -> float | None:
    """Return how many seconds a server asks to wait, or None where it doesn't say.

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
