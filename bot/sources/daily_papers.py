"""Hugging Face Daily Papers: its records, its lists by day, week and month as a feed, single papers, and its search."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from bot.models import HubLinks, Paper, parse_arxiv_id
from bot.sources import records
from bot.sources.daily_lists import ListPart, cursor_of, parts_since, place_after
from bot.sources.feed import Batch, FeedCalendar, Wanted
from bot.sources.fetching.client import FeedClient
from bot.sources.fetching.exchange import FeedRequest, Fetched, Gate, UndecodableError
from bot.sources.glued import unglued
from bot.sources.hub_links import read_links
from bot.sources.records import Refusal
from bot.text import clean, one_line

ORIGIN = "daily papers"
NAME = "daily-papers"
TITLE = "Daily Papers"

REREAD_DAYS = 7
"""So many days are read with each poll, today's included: papers come late, and votes change."""

PAGE = 100
MOST_RECORDS = 1_000
"""Records in one answer at the most: a server that doesn't count may send more than were asked for."""

MOST_PAGES = 100
"""Pages of one list at the most: more come only from a server that never ends its lists."""

_FILLING = Gate("daily-papers", 0.6)  # anonymous callers have 500 requests in five minutes

SEARCH_CHARS = 250
SEARCH_RESULTS = 120

# Submission is by hand, on work days. The lists' days are those of UTC.
CALENDAR = FeedCalendar(
    zone=ZoneInfo("UTC"), weekdays=frozenset(range(5)), hour=time(0), late_after=timedelta(hours=18)
)

PAGES = "https://huggingface.co"
"""Where the pages are that people open, whatever address the API is read from."""

_SUMMARY_CHARS = 600
"""A summary is a sentence or two, of some 250 characters; what is longer is none."""


class _Author(records.Record):
    name: str = ""
    hidden: bool = False


class _Named(records.Record):
    """An organisation, or a user."""

    name: str = ""
    fullname: str = ""


class _Record(records.Record):
    """The nested `paper` object. Its casing is mixed; all but id, title and summary may be absent."""

    model_config = ConfigDict(alias_generator=to_camel)

    id: str
    title: str
    summary: str
    authors: list[_Author] = Field(default_factory=list)
    published_at: datetime | None = None
    submitted_on_daily_at: datetime | None = None
    upvotes: records.Count | None = None
    ai_keywords: list[str] | None = Field(None, alias="ai_keywords")
    project_page: str | None = None
    github_repo: str | None = None
    github_stars: records.Count | None = None
    withdrawn_at: datetime | None = None
    # What only adorns a paper is looked at later, so that a wrong kind of it doesn't cost the paper.
    ai_summary: Any = Field(None, alias="ai_summary")
    submitted_on_daily_by: Any = None
    organization: _Named | None = None


def looks_like_record(record: object) -> bool:
    """Whether a JSON value has the shape of an item of this API: nested under `paper`, or flat."""
    if not isinstance(record, dict):
        return False
    paper = record.get("paper", record)
    return isinstance(paper, dict) and {"id", "title", "summary"} <= paper.keys()


def read_record(record: Any, line: int) -> Paper | Refusal:
    """Turn one item of the API's list into a paper. `line` is its place, for the refusal."""
    if not looks_like_record(record):
        return Refusal(line, "not a Daily Papers record: id, title or summary is missing")
    try:
        item = _Record.model_validate(record.get("paper", record))
    except ValidationError as error:
        return records.refuse(error, line)
    parsed = parse_arxiv_id(item.id)
    title, abstract = one_line(item.title), unglued(clean(item.summary))
    if parsed is None:
        return Refusal(line, f"not an arXiv id: {item.id[:40]!r}")
    if reason := records.unusable(title, abstract, parsed[0]):
        return Refusal(line, reason)
    summary = one_line(item.ai_summary) if isinstance(item.ai_summary, str) else ""
    comments = record.get("numComments")
    if type(comments) is not int or not 0 <= comments <= records.LARGEST_COUNT:
        comments = None
    return Paper(
        title=title,
        abstract=abstract,
        origin=ORIGIN,
        arxiv_id=parsed[0],
        version=parsed[1],
        authors=records.names(author.name for author in item.authors if not author.hidden),
        author_count=len(item.authors) or None,
        published=_day(item.published_at),
        listed=_day(item.submitted_on_daily_at),
        comments=comments,
        upvotes=item.upvotes,
        code_url=records.web_link(item.github_repo) or records.code_link(abstract),
        stars=item.github_stars,
        withdrawn=_day(item.withdrawn_at),
        project_url=records.web_link(item.project_page),
        organisation=records.short_name(item.organization.fullname or item.organization.name)
        if item.organization
        else None,
        keywords=records.names(item.ai_keywords or ()),
        hub_url=f"{PAGES}/papers/{parsed[0]}",
        hub_summary=summary if 0 < len(summary) <= _SUMMARY_CHARS else None,
        thumbnail_url=records.image_link(record.get("thumbnail")),
        submitter=_user(item.submitted_on_daily_by) or _user(record.get("submittedBy")),
    )


def _user(value: object) -> str | None:
    """Return a user's name; None where there is none, or no user."""
    user = value if isinstance(value, dict) else {}
    names = [name for name in (user.get("fullname"), user.get("name")) if isinstance(name, str)]
    return next(filter(None, map(records.short_name, names)), None)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def decode_json(body: bytes) -> Any:
    """Return the value of a JSON document in UTF-8. Raises UndecodableError."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UndecodableError("it isn't UTF-8 text") from None
    if text.lstrip()[:1] == "<":
        raise UndecodableError("it's HTML or XML instead of JSON")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise UndecodableError(f"the JSON is broken: {error.msg} at character {error.pos:,} of {len(text):,}") from None
    except (ValueError, RecursionError):  # an integer of thousands of digits; nested too deeply
        raise UndecodableError("the JSON can't be read") from None


class DailyPapersFeed:
    """Daily Papers as a Feed, a PaperFeed, a TopicFeed and a LinkingFeed."""

    name = NAME
    title = TITLE
    calendar = CALENDAR

    def __init__(self, *, client: FeedClient, base_url: str) -> None:
        self._client = client
        self._base_url = base_url

    async def batches(self, wanted: Wanted) -> AsyncIterator[Batch]:
        """Yield each page of the wanted lists, oldest list first. Raises FeedError.

        That order lets a run which is resumed on a later day also read the days since.
        """
        first = wanted.since or wanted.today - timedelta(days=REREAD_DAYS - 1)
        parts = parts_since(first, wanted.today)
        begin, page = place_after(wanted.cursor, parts)
        for number, part in enumerate(parts[begin:], start=begin):
            seen: set[str] = set()
            for index in range(page, MOST_PAGES):
                fetched = await self._page(part, index, wanted)
                items = [item for item in fetched.value or [] if _id(item) not in seen]
                seen.update(_id(item) for item in items)
                # A page that repeats the one before it comes from a server that doesn't count pages.
                last = _size(fetched) < PAGE or (not items and not fetched.unchanged)
                read = await asyncio.to_thread(_read, items, index * PAGE + 1)
                yield Batch(
                    records=read,
                    cursor=cursor_of(part, None if last else index),
                    part=part.label,
                    done=number + 1 if last else number,
                    total=len(parts),
                    newest=_newest(read, part),
                    stored=partial(self._client.keep, fetched, note=str(_size(fetched))),
                )
                if last:
                    break
            page = 0

    async def paper(self, arxiv_id: str, *, within_s: float) -> Paper | Refusal | None:
        """Return one paper, None where it is unknown there. Raises FeedError."""
        request = self._request(f"/api/papers/{arxiv_id}", {}, expected=frozenset({404}), within_s=within_s)
        fetched = await self._client.get(request, lambda body: read_record(decode_json(body), 1))
        record = fetched.value
        if isinstance(record, Paper) and record.arxiv_id != arxiv_id:
            return Refusal(1, "a different paper from the one requested")
        return record

    async def links(self, arxiv_id: str, *, within_s: float) -> HubLinks:
        """Return what the paper's page links to; nothing for one that is unknown there. Raises FeedError."""
        request = self._request(f"/api/papers/{arxiv_id}", {}, expected=frozenset({404}), within_s=within_s)
        fetched = await self._client.get(request, lambda body: read_links(decode_json(body), PAGES))
        return fetched.value or HubLinks()

    async def search(self, topic: str, *, limit: int, within_s: float) -> list[Paper]:
        """Return papers on a topic, best first as the site ranks them. Raises FeedError."""
        params = {"q": one_line(topic)[:SEARCH_CHARS], "limit": str(max(1, min(limit, SEARCH_RESULTS)))}
        request = self._request("/api/papers/search", params, within_s=within_s)
        fetched = await self._client.get(request, lambda body: _read(_decode_list(body), 1))
        return [record for record in fetched.value or () if isinstance(record, Paper)][:limit]

    async def _page(self, part: ListPart, index: int, wanted: Wanted) -> Fetched[list[Any]]:
        params = {**part.query, "limit": str(PAGE), "p": str(index)}
        # Today's list is refused as a wrong date until it exists.
        expected = frozenset({400} if part.last >= wanted.today else ())
        gate = _FILLING if wanted.since else None
        request = self._request(
            "/api/daily_papers", params, expected=expected, conditional=not wanted.reread, gate=gate
        )
        return await self._client.get(request, _decode_list)

    def _request(
        self,
        path: str,
        params: Mapping[str, str],
        *,
        expected: frozenset[int] = frozenset(),
        conditional: bool = False,
        gate: Gate | None = None,
        within_s: float | None = None,
    ) -> FeedRequest:
        return FeedRequest(
            feed=TITLE,
            url=f"{self._base_url}{path}",
            params=params,
            accept="application/json",
            expected=expected,
            conditional=conditional,
            gate=gate,
            within_s=within_s,
        )


def _decode_list(body: bytes) -> list[Any]:
    value = decode_json(body)
    if not isinstance(value, list):
        raise UndecodableError("it isn't a list of papers")
    if len(value) > MOST_RECORDS:
        raise UndecodableError(f"it contains {len(value):,} records, but {PAGE} were requested")
    return value


def _read(items: Sequence[Any], first: int) -> tuple[Paper | Refusal, ...]:
    """Read records that are numbered from `first` on. Work for a thread: texts can be long."""
    return tuple(read_record(item, place) for place, item in enumerate(items, start=first))


def _size(fetched: Fetched[list[Any]]) -> int:
    """Return how many records a page has; of one that is unchanged, how many it had."""
    if fetched.unchanged and fetched.validators is not None:
        return int(fetched.validators.note or 0)
    return len(fetched.value or [])


def _newest(read: Sequence[Paper | Refusal], part: ListPart) -> date | None:
    """Return the newest date of a list's papers; a later one than the list has can't be right."""
    days = [record.listed for record in read if isinstance(record, Paper) and record.listed]
    return max((day for day in days if day <= part.last), default=None)


def _id(item: Any) -> str:
    paper = item.get("paper", item) if isinstance(item, dict) else None
    # What has no id goes by its whole text: each is refused once.
    return str(paper.get("id", paper)) if isinstance(paper, dict) else repr(item)
