"""Reading a body no longer than what is taken, compressed or not."""

import zlib

import aiohttp

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
