"""arXiv's feeds of new papers: today's announcements, completed from the API."""

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.errors.services import FeedError
from bot.models import Paper
from bot.sources.arxiv.api import GATE, IDS, ArxivApi
from bot.sources.arxiv.entry import ATOM, ENTRY, announce_type, read_entry
from bot.sources.feed import Batch, FeedCalendar, Wanted
from bot.sources.fetching.client import FeedClient
from bot.sources.fetching.exchange import MEGABYTE, FeedRequest, UndecodableError
from bot.sources.records import Refusal
from bot.sources.xml_entries import XmlRefusedError, children
from bot.util import batched


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The announcements of `day`, in arXiv's own zone; `types` counts new, cross, replace and replace-cross."""

    records: tuple[Paper | Refusal, ...]
    day: date | None
    types: Mapping[str, int]


def read_listing(pieces: Iterable[bytes]) -> Listing:
    """Read a feed. Raises XmlRefusedError, also for XML that is no Atom feed."""
    records: list[Paper | Refusal] = []
    types: Counter[str] = Counter()
    day: date | None = None
    is_feed = False
    for element in children(pieces):
        is_feed = is_feed or element.tag.startswith(ATOM)
        if element.tag == f"{ATOM}updated":
            day = _day(element.text or "")
        elif element.tag == ENTRY:
            types[announce_type(element)] += 1
            records.append(read_entry(element, len(records) + 1))
    if not is_feed:
        raise XmlRefusedError("it is no Atom feed")
    return Listing(records=tuple(records), day=day, types=dict(types))


def _day(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text.strip()).date()
    except ValueError:
        return None


_TITLE = "arXiv's list of new papers"

# Made at midnight Eastern; those of Saturday and Sunday are empty: info.arxiv.org/help/rss.html
_CALENDAR = FeedCalendar(
    zone=ZoneInfo("America/New_York"),
    weekdays=frozenset(range(5)),
    hour=time(0, 0),
    late_after=timedelta(hours=6),
)


class ArxivNewPapers:
    """Announcements of new papers, new versions and cross-lists in some categories."""

    name = "arxiv-rss"
    title = _TITLE
    calendar = _CALENDAR

    def __init__(self, *, client: FeedClient, base_url: str, categories: Sequence[str], api: ArxivApi) -> None:
        self._client = client
        self._url = f"{base_url}/atom/{'+'.join(categories)}"
        self._api = api

    async def batches(self, wanted: Wanted) -> AsyncIterator[Batch]:
        """Yield what was announced last; nothing when that is known already. Raises FeedError.

        These lists tell neither when a paper was first submitted nor its comment, which tells of withdrawals: both are
        asked of the API. When it fails, what the list tells is yielded, and the next run asks again.
        """
        request = FeedRequest(
            feed=_TITLE,
            url=self._url,
            accept="application/atom+xml",
            gate=GATE,
            limit_bytes=32 * MEGABYTE,
            conditional=True,
        )
        fetched = await self._client.get(request, _decode)
        listing = fetched.value
        if listing is None:
            return
        parts = list(batched(listing.records, IDS)) or [()]
        begin = _place(wanted.cursor, listing)
        complete = True
        for number, part in enumerate(parts[begin:], start=begin + 1):
            records, completed = await self._completed(part)
            complete = complete and completed
            last = number == len(parts)
            stored: Callable[[], Awaitable[None]] | None = (
                partial(self._client.keep, fetched) if last and complete else None
            )
            yield Batch(
                records=records,
                cursor=f"{listing.day}/{number}",
                part=listing.day.isoformat() if listing.day else "newest list",
                done=number,
                total=len(parts),
                newest=listing.day if listing.records else None,
                stored=stored,
            )

    async def _completed(self, announced: Sequence[Paper | Refusal]) -> tuple[tuple[Paper | Refusal, ...], bool]:
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


def _with(told: Paper | None, announced: Paper) -> Paper:
    """Return what the API tells of a paper, on the day of its announcement; an announced version that is newer wins."""
    if told is None:
        return announced
    return replace(told.merged_with(replace(announced, origin=told.origin)), listed=announced.listed)


def _decode(body: bytes) -> Listing:
    try:
        return read_listing([body])
    except XmlRefusedError as error:
        raise UndecodableError(str(error)) from None


def _place(cursor: str | None, listing: Listing) -> int:
    """Return how many parts of this very list were stored by a run that was interrupted."""
    day, _, number = (cursor or "").partition("/")
    parts = -(-len(listing.records) // IDS)
    return (
        int(number) if day == str(listing.day) and number.isascii() and number.isdigit() and int(number) < parts else 0
    )
