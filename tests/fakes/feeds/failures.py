"""What a feed can do instead of answering."""

import asyncio
import gzip
from collections.abc import Awaitable, Callable

from aiohttp import web

Failure = Callable[[web.Request], Awaitable[web.StreamResponse]]


def status(code: int, **headers: str) -> Failure:
    """A status, with headers whose underscores stand for hyphens."""

    async def answer(request: web.Request) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=code, text="refused", headers=named)

    return answer


def body(content: bytes, *, content_type: str = "application/json", **headers: str) -> Failure:
    """This body, whatever was asked for."""

    async def answer(request: web.Request) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(body=content, content_type=content_type, headers=named)

    return answer


def html() -> Failure:
    """A page for people, as a proxy shows it."""
    return body(b"<!doctype html><title>Just a moment</title>", content_type="text/html")


def truncated(content: bytes) -> Failure:
    """The first half of a body, whole as far as HTTP can tell."""
    return body(content[: len(content) // 2])


def interrupted(content: bytes) -> Failure:
    """The first half of a body, after which the connection breaks."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": str(len(content))})
        await response.prepare(request)
        await response.write(content[: len(content) // 2])
        assert request.transport is not None
        request.transport.close()
        return response

    return answer


def after(event: asyncio.Event, handler: Failure) -> Failure:
    """The real answer, not before an event."""

    async def answer(request: web.Request) -> web.StreamResponse:
        await event.wait()
        return await handler(request)

    return answer


def silent() -> Failure:
    """No answer at all, until the client goes."""

    async def answer(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(60)
        return web.Response()

    return answer


def drip() -> Failure:
    """A byte from time to time, for ever."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(b" ")
                await asyncio.sleep(0.02)
        except ConnectionResetError:
            return response

    return answer


def endless(size: int) -> Failure:
    """So many bytes without a Content-Length."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            for _ in range(size // 100_000):
                await response.write(b" " * 100_000)
        except ConnectionResetError:
            pass
        return response

    return answer


def bomb(size: int) -> Failure:
    """Send `size` blanks, compressed to about a thousandth of that."""
    return body(gzip.compress(b" " * size), Content_Encoding="gzip")


def redirect(target: str, code: int = 302) -> Failure:
    """Redirect to `target`, with a status of 3xx."""

    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(status=code, headers={"Location": target})

    return answer
