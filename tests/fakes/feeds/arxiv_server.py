"""arXiv on the loopback interface: the query API and the feeds of new papers."""

import hashlib
import re
from datetime import date

from aiohttp import web

from tests.fakes.feeds.arxiv_atom import Entry, api_answer, api_error, new_papers
from tests.fakes.feeds.server import FakeFeeds

LARGEST_SLICE = 2_000


class FakeArxiv(FakeFeeds):
    """Answers from `entries`; `listed` stands on the feed of `day`. `empty_pages` come before the right ones."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self.listed: list[Entry] = []
        self.day = date(2026, 10, 8)
        self.empty_pages = 0
        self.api_down = False

    def add_routes(self, app: web.Application) -> None:
        """Add arXiv's search API and its daily announcements."""
        app.router.add_get("/api/query", self._query)
        app.router.add_get("/atom/{categories}", self._new)

    @property
    def queries(self) -> list[dict[str, str]]:
        """What the API was asked, in order."""
        return [dict(request.query) for request in self.requests if request.path == "/api/query"]

    async def _query(self, request: web.Request) -> web.StreamResponse:
        assert request.headers["Accept"] == "application/atom+xml"
        if self.api_down:
            return web.Response(status=404)
        start, most = int(request.query.get("start", "0")), int(request.query.get("max_results", "10"))
        if most > LARGEST_SLICE:
            return _atom(api_error("max_results must not be greater than 2000"), status=400)
        ids = [one for one in request.query.get("id_list", "").split(",") if one]
        if any(not re.fullmatch(r"\d{4}\.\d{4,5}(v\d+)?|[a-z-]+/\d{7}", one) for one in ids):
            return _atom(api_error(f"incorrect id format for {ids[0]}"), status=400)
        found = [entry for entry in self.entries if entry.id in ids] if ids else self._searched(request)
        if self.empty_pages and start < len(found):
            self.empty_pages -= 1
            return _atom(api_answer([], total=len(found), start=start))
        return _atom(api_answer(found[start : start + most], total=len(found), start=start))

    def _searched(self, request: web.Request) -> list[Entry]:
        query = request.query["search_query"]
        span = re.search(r"submittedDate:\[(\d{8})0000 TO (\d{8})2359\]", query)
        assert span is not None, query
        categories = set(re.findall(r"cat:(\S+?)(?: |\))", query))
        return [
            entry
            for entry in sorted(self.entries, key=lambda entry: (entry.submitted, entry.id))
            if span[1] <= f"{entry.submitted:%Y%m%d}" <= span[2] and categories & set(entry.categories)
        ]

    async def _new(self, request: web.Request) -> web.StreamResponse:
        body = new_papers(self.listed, day=self.day)
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers={"ETag": etag})
        return web.Response(body=body, content_type="application/atom+xml", headers={"ETag": etag})


def _atom(body: bytes, *, status: int = 200) -> web.Response:
    return web.Response(body=body, status=status, content_type="application/atom+xml")
