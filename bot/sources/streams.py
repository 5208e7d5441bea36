"""Files of any length as streams of records: JSON Lines, such as arXiv's snapshot, and Atom; also packed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bot.errors.operation import SourceBroken, SourceUnknown
from bot.models import Paper
from bot.sources.arxiv.entry import ATOM, ENTRY, read_entry
from bot.sources.files import BROKEN, Unpacked, is_json_lines, unpacked
from bot.sources.json_lines import Place, Read, line_records
from bot.sources.records import Selection
from bot.sources.xml_entries import XmlRefusedError, children

_HEAD_BYTES = 1_000_000
_PIECE_BYTES = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStream:
    """A file that can be read as a stream: its format in words, and how much of it is read, from 0 to 1.

    `reads(start)` yields its records; only a `resumable` one can start elsewhere than at the beginning. Iterating
    raises SourceUnknown, or, when some of it was yielded, SourceBroken.
    """

    format: str
    resumable: bool
    fraction: Callable[[], float]
    reads: Callable[[Place], Iterator[Read]]


@contextmanager
def open_stream(path: Path, selection: Selection) -> Iterator[RecordStream | None]:
    """Open a file, or yield None when it is of another format, which is to be read as a whole.

    Raises SourceUnreadable, and SourceUnknown for a packed file of another format.
    """
    with unpacked(path) as file:
        head = _head(path, file.body)
        if head.startswith("{") and is_json_lines(head):
            yield RecordStream(
                format="JSON Lines",
                resumable=True,
                fraction=file.fraction,
                reads=lambda start: _told(path, _lines(file, start, selection)),
            )
        elif head.startswith("<") and ATOM.strip("{}") in head:
            yield RecordStream(
                format="Atom",
                resumable=False,
                fraction=file.fraction,
                reads=lambda _start: _told(path, _entries(file.body, selection)),
            )
        elif file.packed:
            raise SourceUnknown(path=path, reason="in it there is neither JSON Lines nor Atom; unpack it first")
        else:
            yield None


def _head(path: Path, body: IO[bytes]) -> str:
    """Return how the content begins, and go back to its beginning; also of a file that breaks off further on."""
    head = bytearray()
    try:
        while len(head) < _HEAD_BYTES and (piece := body.read(_PIECE_BYTES)):
            head += piece
    except BROKEN as error:
        if not head:
            raise SourceUnknown(path=path, reason=_damage(error)) from None
    body.seek(0)
    return head.decode("utf-8-sig", errors="replace").lstrip()


def _told(path: Path, reads: Iterator[Read]) -> Iterator[Read]:
    """Pass reads on, and turn what breaks them into the source's errors."""
    line = 0
    try:
        for read in reads:
            line = read.end.line
            yield read
    except (*BROKEN, XmlRefusedError) as error:
        reason = str(error) if isinstance(error, XmlRefusedError) else _damage(error)
        if line:
            raise SourceBroken(path=path, line=line, reason=reason) from None
        raise SourceUnknown(path=path, reason=reason) from None


def _lines(file: Unpacked, start: Place, selection: Selection) -> Iterator[Read]:
    file.body.seek(start.offset)  # of a packed file, all before is unpacked again
    yield from line_records(file.body, start=start, selection=selection)


def _entries(body: IO[bytes], selection: Selection) -> Iterator[Read]:
    number = 0
    for element in children(iter(lambda: body.read(_PIECE_BYTES), b"")):
        if element.tag == ENTRY:
            number += 1
            record = read_entry(element, number)
            taken = not isinstance(record, Paper) or selection.takes(record)
            yield Read(record if taken else None, Place(number))


def _damage(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else "it is damaged or breaks off"
