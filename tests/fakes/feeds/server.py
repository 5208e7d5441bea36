"""The server: it answers as the feeds do, unless a test has scripted a failure."""

import asyncio
import hashlib
import json
from datetime import date
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.fakes.feeds.daily import Json, days_of
from tests.fakes.feeds.failures import Failure


class FakeFeeds:
    """Daily Papers on the loopback interface, an async context manager.

    `days` holds the lists, `today` is the last day that exists, `requests` what was asked: path, query and headers.
    """

    def __init__(self) -> None:
        self.days: dict[date, list[Json]] = {}
        self.today = date(2026, 10, 8)
        self.requests: list[web.Request] = []
        self.url = ""
        self.repeats = False
        self._failures: list[Failure] = []
        self._always: Failure | None = None
        self._runner: web.AppRunner | None = None
        self._arrival = asyncio.Condition()

    async def __aenter__(self) -> Self:
        app = web.Application(middlewares=[self._scripted])
        app.router.add_get("/api/daily_papers", self.listing)
        app.router.add_get("/api/papers/search", self._search)
        app.router.add_get("/api/papers/{id:.+}", self.paper)
        app.router.add_get("/json", self._json)
        self.add_routes(app)
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def add_routes(self, app: web.Application) -> None:
        """Add the routes of further feeds: for subclasses."""

    def script(self, *failures: Failure) -> None:
        """Set what the next requests meet, in order."""
        self._failures.extend(failures)

    def always(self, failure: Failure | None) -> None:
        """Set what every request meets from now on; None: the real answers."""
        self._always = failure

    async def reached(self, times: int) -> None:
        """Wait until there were so many requests."""
        async with self._arrival:
            await self._arrival.wait_for(lambda: len(self.requests) >= times)

    @property
    def asked(self) -> list[Json]:
        """The queries of all requests, in order."""
        return [dict(request.query) for request in self.requests]

    @web.middleware
    async def _scripted(self, request: web.Request, handler: Any) -> web.StreamResponse:
        async with self._arrival:
            self.requests.append(request)
            self._arrival.notify_all()
        if self._failures:
            return await self._failures.pop(0)(request)
        if self._always is not None:
            return await self._always(request)
        response: web.StreamResponse = await handler(request)
        return response

    async def _json(self, request: web.Request) -> web.StreamResponse:
        return _answer(request, {"kettles": 3})

    async def listing(self, request: web.Request) -> web.StreamResponse:
        """Answer with a page of a list: the handler, for scripts of which only a part fails."""
        query = dict(request.query)
        if "date" in query and date.fromisoformat(query["date"]) > self.today:
            return web.json_response({"error": "Invalid date"}, status=400)
        limit, page = int(query.get("limit", "50")), int(query.get("p", "0"))
        if not 1 <= limit <= 100:
            return web.json_response({"error": "Invalid limit"}, status=400)
        items = days_of(query, self.days)
        return _answer(request, items if self.repeats else items[page * limit : (page + 1) * limit])

    async def _search(self, request: web.Request) -> web.StreamResponse:
        words = request.query["q"].lower().split()
        items = [one for items in self.days.values() for one in items]
        found = [one for one in items if any(word in one["paper"]["title"].lower() for word in words)]
        return _answer(request, found[: int(request.query.get("limit", "20"))])

    async def paper(self, request: web.Request) -> web.StreamResponse:
        """Answer with one paper: the handler, for failures that answer in the end."""
        for items in self.days.values():
            for one in items:
                if one["paper"]["id"] == request.match_info["id"]:
                    return _answer(request, {"linkedModels": [], "numTotalModels": 0, **one["paper"]})
        return web.json_response({"error": "Paper not found"}, status=404)


def _answer(request: web.Request, value: Any) -> web.Response:
    """Answer with an ETag, and with 304 to who has it."""
    body = json.dumps(value).encode()
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:16]}"'
    if request.headers.get("If-None-Match") == etag:
        return web.Response(status=304, headers={"ETag": etag})
    return web.Response(body=body, content_type="application/json", headers={"ETag": etag})
