"""arXiv's feeds: the query API, by the date of submission or by id, and the lists of new papers, completed from it.

The API's terms: one request in three seconds, over all machines of an operator; metadata is free to use (CC0).
"""

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import partial
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

from bot.errors.services import FeedError, FeedRefused, FeedTooLarge
from bot.models import Paper
from bot.sources.arxiv.entry import ATOM, ENTRY, announce_type, read_entry
from bot.sources.feed import Batch, FeedCalendar, Wanted
from bot.sources.fetching.client import FeedClient
from bot.sources.fetching.exchange import MEGABYTE, FeedRequest, Gate, UndecodableError
from bot.sources.records import Refusal, date_in
from bot.sources.xml_entries import XmlRefusedError, children
from bot.text import one_line, shorten
from bot.util import batched

_OPEN_SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
_ERROR_CHARS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiPage:
    """`total` is how many papers the whole query has; `error` is what arXiv says of a query that it refuses."""

    records: tuple[Paper | Refusal, ...]
    total: int
    error: str | None = None


def read_page(pieces: Iterable[bytes]) -> ApiPage:
    """Read a page. Raises XmlRefusedError, also for XML that is no Atom of arXiv's."""
    records: list[Paper | Refusal] = []
    total: int | None = None
    for element in children(pieces):
        if element.tag == f"{_OPEN_SEARCH}totalResults":
            total = _total(element)
        elif element.tag == ENTRY:
            if error := _error(element):
                return ApiPage(records=(), total=0, error=error)
            records.append(read_entry(element, len(records) + 1))
    if total is None:
        raise XmlRefusedError("it isn't a response from arXiv's API: totalResults is missing")
    return ApiPage(records=tuple(records), total=total)


def _total(element: Element) -> int:
    text = (element.text or "").strip()
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise XmlRefusedError("its totalResults isn't a number")
    return int(text)


def _error(entry: Element) -> str | None:
    if "/api/errors" not in (entry.findtext(f"{ATOM}id") or ""):
        return None
    return shorten(one_line(entry.findtext(f"{ATOM}summary") or ""), _ERROR_CHARS) or "no reason given"


GATE = Gate("arxiv", 3.0)

SLICE = 500
"""Papers in one answer. The API takes up to 2,000, but answers of that size often fail."""

LARGEST_QUERY = 30_000
"""So many papers of one query can be had, slice by slice."""

IDS = 100
"""Papers asked for by id in one request, which keeps its address short."""

_POLLED_DAYS = 7
_ACCEPT = "application/atom+xml"
_TITLE = "arXiv"

# Announced Sunday to Thursday at 20:00 Eastern: info.arxiv.org/help/availability.html
_CALENDAR = FeedCalendar(
    zone=ZoneInfo("America/New_York"),
    weekdays=frozenset({6, 0, 1, 2, 3}),
    hour=time(20, 0),
    late_after=timedelta(hours=30),
)


class ArxivApi:
    """The API as a feed, and for single papers."""

    name = "arxiv"
    title = _TITLE
    calendar = _CALENDAR

    def __init__(self, *, client: FeedClient, base_url: str, categories: Sequence[str]) -> None:
        self._client = client
        self._url = f"{base_url}/api/query"
        self._categories = categories

    async def batches(self, wanted: Wanted) -> AsyncIterator[Batch]:
        """Yield the papers first submitted on each day since `wanted.since`, or in the last week. Raises FeedError."""
        first = wanted.since or wanted.today - timedelta(days=_POLLED_DAYS)
        day, start = _place_of(wanted.cursor) or (first, 0)
        total = (wanted.today - first).days + 1
        while day <= wanted.today:
            page = await self._slice(day, start)
            start += len(page.records)
            over = start >= page.total
            following = (day + timedelta(days=1), 0) if over else (day, start)
            yield Batch(
                records=page.records,
                cursor=f"{following[0].isoformat()}/{following[1]}",
                part=day.isoformat(),
                done=(day - first).days + over,
                total=total,
                newest=max(
                    (paper.published for paper in page.records if isinstance(paper, Paper) and paper.published),
                    default=None,
                ),
            )
            day, start = following

    async def paper(self, arxiv_id: str, *, within_s: float) -> Paper | Refusal | None:
        """Return the newest version of a paper, or None where arXiv doesn't know the id. Raises FeedError."""
        request = self._request({"id_list": arxiv_id, "max_results": "1"}, expected=frozenset({400}), within_s=within_s)
        fetched = await self._client.get(request, partial(_decode_page, start=0))
        page = fetched.value
        return page.records[0] if page is not None and page.error is None and page.records else None

    async def papers(self, arxiv_ids: Sequence[str]) -> AsyncIterator[Paper | Refusal]:
        """Yield the newest versions of the papers with these unversioned ids, as far as arXiv knows them.

        Raises FeedError, perhaps after some.
        """
        for ids in batched(arxiv_ids, IDS):
            page = await self._page({"id_list": ",".join(ids), "max_results": str(len(ids))}, start=0)
            for record in page.records:
                yield record

    async def _slice(self, day: date, start: int) -> ApiPage:
        categories = " OR ".join(f"cat:{name}" for name in self._categories)
        span = f"submittedDate:[{day:%Y%m%d}0000 TO {day:%Y%m%d}2359]"
        page = await self._page(
            {
                "search_query": f"({categories}) AND {span}" if categories else span,
                "start": str(start),
                "max_results": str(SLICE),
                "sortBy": "submittedDate",
                "sortOrder": "ascending",
            },
            start=start,
        )
        if page.total > LARGEST_QUERY:
            raise FeedTooLarge(
                feed=_TITLE, detail=f"{page.total:,} papers for {day}, of which only {LARGEST_QUERY:,} are available"
            )
        return page

    async def _page(self, params: dict[str, str], *, start: int) -> ApiPage:
        fetched = await self._client.get(self._request(params), partial(_decode_page, start=start))
        page = fetched.value
        assert page is not None, "an unconditional request that expects no other status has a value"
        if page.error:
            raise FeedRefused(feed=_TITLE, detail=page.error)
        return page

    def _request(
        self, params: dict[str, str], *, expected: frozenset[int] = frozenset(), within_s: float | None = None
    ) -> FeedRequest:
        return FeedRequest(
            feed=_TITLE,
            url=self._url,
            accept=_ACCEPT,
            params=params,
            gate=GATE,
            limit_bytes=16 * MEGABYTE,
            expected=expected,
            within_s=within_s,
        )


def _decode_page(body: bytes, *, start: int) -> ApiPage:
    try:
        page = read_page([body])
    except XmlRefusedError as error:
        raise UndecodableError(str(error)) from None
    if not page.records and page.total > start and not page.error:
        raise UndecodableError(f"a page is empty, although its totalResults is {page.total:,}")
    return page


def _place_of(cursor: str | None) -> tuple[date, int] | None:
    if cursor is None:
        return None
    day, _, start = cursor.partition("/")
    try:
        return date.fromisoformat(day), int(start)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """The announcements of `day`, in arXiv's own zone; `types` counts new, cross, replace and replace-cross."""

    records: tuple[Paper | Refusal, ...]
    day: date | None
    types: Mapping[str, int]


def read_listing(pieces: Iterable[bytes]) -> Announcement:
    """Read a feed. Raises XmlRefusedError, also for XML that is no Atom feed."""
    records: list[Paper | Refusal] = []
    types: Counter[str] = Counter()
    day: date | None = None
    is_feed = False
    for element in children(pieces):
        is_feed = is_feed or element.tag.startswith(ATOM)
        if element.tag == f"{ATOM}updated":
            day = date_in(element.text or "")
        elif element.tag == ENTRY:
            types[announce_type(element)] += 1
            records.append(read_entry(element, len(records) + 1))
    if not is_feed:
        raise XmlRefusedError("it isn't an Atom feed")
    return Announcement(records=tuple(records), day=day, types=dict(types))


_LIST_TITLE = "arXiv's list of new papers"

# Made at midnight Eastern; those of Saturday and Sunday are empty: info.arxiv.org/help/rss.html
_LIST_CALENDAR = FeedCalendar(
    zone=ZoneInfo("America/New_York"),
    weekdays=frozenset(range(5)),
    hour=time(0, 0),
    late_after=timedelta(hours=6),
)


class ArxivNewPapers:
    """Announcements of new papers, new versions and cross-lists in some categories."""

    name = "arxiv-rss"
    title = _LIST_TITLE
    calendar = _LIST_CALENDAR

    def __init__(self, *, client: FeedClient, base_url: str, categories: Sequence[str], api: ArxivApi) -> None:
        self._client = client
        self._url = f"{base_url}/atom/{'+'.join(categories)}"
        self._api = api

    async def batches(self, wanted: Wanted) -> AsyncIterator[Batch]:
        """Yield what was announced last; nothing when that is known already. Raises FeedError.

        These lists lack the date of a paper's first submission and its comment, which mentions withdrawals: both come
        from the API. When it fails, what the list has is yielded, and the next run tries again.
        """
        request = FeedRequest(
            feed=_LIST_TITLE,
            url=self._url,
            accept=_ACCEPT,
            gate=GATE,
            limit_bytes=32 * MEGABYTE,
            conditional=True,
        )
        fetched = await self._client.get(request, _decode_listing)
        listing = fetched.value
        if listing is None:
            return
        parts = list(batched(listing.records, IDS)) or [()]
        begin = _parts_stored(wanted.cursor, listing)
        complete = True
        for number, part in enumerate(parts[begin:], start=begin + 1):
            records, completed = await self._complete(part)
            complete = complete and completed
            yield Batch(
                records=records,
                cursor=f"{listing.day}/{number}",
                part=listing.day.isoformat() if listing.day else "newest list",
                done=number,
                total=len(parts),
                newest=listing.day if listing.records else None,
                stored=partial(self._client.keep, fetched) if complete and number == len(parts) else None,
            )

    async def _complete(self, announced: Sequence[Paper | Refusal]) -> tuple[tuple[Paper | Refusal, ...], bool]:
        ids = [record.arxiv_id for record in announced if isinstance(record, Paper) and record.arxiv_id]
        known: dict[str | None, Paper] = {}
        try:
            async for record in self._api.papers(ids):
                if isinstance(record, Paper):
                    known[record.arxiv_id] = record
        except FeedError:
            return tuple(announced), False
        return tuple(
            record if isinstance(record, Refusal) else _with(known.get(record.arxiv_id), record) for record in announced
        ), True


def _with(known: Paper | None, announced: Paper) -> Paper:
    """Return the API's record of a paper with the date of its announcement; a newer version, if announced, wins."""
    if known is None:
        return announced
    return replace(known.merged_with(replace(announced, origin=known.origin)), listed=announced.listed)


def _decode_listing(body: bytes) -> Announcement:
    try:
        return read_listing([body])
    except XmlRefusedError as error:
        raise UndecodableError(str(error)) from None


def _parts_stored(cursor: str | None, listing: Announcement) -> int:
    """Return how many parts of this very list were stored by a run that was interrupted."""
    day, _, number = (cursor or "").partition("/")
    parts = -(-len(listing.records) // IDS)
    return (
        int(number) if day == str(listing.day) and number.isascii() and number.isdigit() and int(number) < parts else 0
    )
