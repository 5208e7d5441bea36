"""arXiv's feeds of new papers: `rss.arxiv.org/atom/cs.AI+cs.CL`, made at midnight Eastern, empty at weekends."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.models import Paper
from bot.sources.arxiv.entry import ATOM, ENTRY, announce_type, read_entry
from bot.sources.refusal import Refusal
from bot.sources.xml_entries import XmlRefusedError, children


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
