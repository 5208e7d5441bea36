"""A page of what arXiv's query API answers (Atom with OpenSearch counts)."""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from bot.models import Paper
from bot.sources.arxiv.entry import ATOM, ENTRY, read_entry
from bot.sources.refusal import Refusal
from bot.sources.xml_entries import XmlRefusedError, children
from bot.text import one_line, shorten

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
            total = _count(element)
        elif element.tag == ENTRY:
            if error := _error(element):
                return ApiPage(records=(), total=0, error=error)
            records.append(read_entry(element, len(records) + 1))
    if total is None:
        raise XmlRefusedError("it is not what arXiv's API answers with: totalResults is missing")
    return ApiPage(records=tuple(records), total=total)


def _count(element: Element) -> int:
    text = (element.text or "").strip()
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise XmlRefusedError("its totalResults is no number")
    return int(text)


def _error(entry: Element) -> str | None:
    if "/api/errors" not in (entry.findtext(f"{ATOM}id") or ""):
        return None
    return shorten(one_line(entry.findtext(f"{ATOM}summary") or ""), _ERROR_CHARS) or "it doesn't say why"
