"""Papers from a file whose format is found by looking at it: read as a whole, or of any length as a stream."""

import codecs
import errno
import gzip
import io
import json
import lzma
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import IO, Any, cast

from bot.errors.operation import SourceBroken, SourceUnknown, SourceUnreadable
from bot.models import SAMPLE_ORIGIN, Paper
from bot.sources import saved_page
from bot.sources.arxiv.entry import ATOM, ENTRY, read_entry
from bot.sources.json_lines import DECODER, Place, Read, line_records, read_record, read_value
from bot.sources.records import Refusal, Selection
from bot.sources.xml_entries import XmlRefusedError, children

_BROKEN = (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile)
"""What reading a damaged file raises."""

_HEAD_BYTES = 1_000_000
_PIECE_BYTES = 65_536

_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unpacked:
    """A file's content. `fraction` returns how much of it is read, from 0 to 1; `packed` is whether it was unpacked."""

    body: IO[bytes]
    fraction: Callable[[], float]
    packed: bool


@contextmanager
def _open_unpacked(path: Path) -> Iterator[_Unpacked]:
    """Open a file. Raises SourceUnreadable, and SourceUnknown for a zip file of anything but one file."""
    body: IO[bytes]
    with ExitStack() as stack:
        try:
            size = max(1, _ordinary_size(path))
            raw = stack.enter_context(path.open("rb"))
            magic = raw.read(4)
            raw.seek(0)
            packed = magic.startswith((_GZIP, _ZIP))
            if magic.startswith(_GZIP):
                gzipped = stack.enter_context(gzip.GzipFile(fileobj=raw))
                body = cast("IO[bytes]", gzipped)
            elif magic == _ZIP:
                body = stack.enter_context(_member(stack.enter_context(zipfile.ZipFile(raw)), path))
            else:
                body = raw
        except zipfile.BadZipFile:
            raise SourceUnknown(path=path, reason="the zip file is damaged") from None
        except OSError as error:
            raise SourceUnreadable(path=path, reason=error.strerror or type(error).__name__) from None
        # Of a zip file the directory at its end is read first; from then on the position grows as with the others.
        yield _Unpacked(body=body, fraction=lambda: min(1.0, raw.tell() / size), packed=packed)


def _ordinary_size(path: Path) -> int:
    """Return a file's size in bytes. Raises OSError, also for a pipe or a device: it may block or never end."""
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it's a pipe or a device; save it as a file first")
    return found.st_size


def _member(archive: zipfile.ZipFile, path: Path) -> IO[bytes]:
    files = [info for info in archive.infolist() if not info.is_dir()]
    if len(files) != 1:
        raise SourceUnknown(path=path, reason=f"the zip file contains {len(files)} files; use one with a single file")
    try:
        return archive.open(files[0])
    except (RuntimeError, NotImplementedError):  # a password; a method of packing that Python doesn't have
        raise SourceUnknown(
            path=path, reason="the zip file is encrypted or uses an unknown compression method"
        ) from None


WHOLE_BYTES = 256_000_000
"""The longest file that is read into memory."""

_WHITE_SPACE = " \t\r\n"
_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class PaperFile:
    """What a file holds: its format, in words, and its records in order."""

    format: str
    records: Iterator[Paper | Refusal]


def read_file(path: Path, *, today: date, year: int | None = None) -> PaperFile:
    """Open `path` and find its format: a saved Daily Papers page, Daily Papers JSON, or JSON Lines.

    `year` is the saved page's year, when it should not be inferred. Raises SourceUnreadable, and SourceUnknown when
    the file is none of these or is broken; a broken JSON document is found before its first record is yielded.
    """
    data, text = _content(path)
    start = text.lstrip()
    if not start:
        raise SourceUnknown(path=path, reason="it's empty")
    if start[0] == "[":
        return PaperFile("Daily Papers JSON", iter([read_value(item, line) for item, line in _items(path, text)]))
    if start[0] == "{":
        if not _is_json_lines(start):
            return _single_object(path, text)
        reads = line_records(io.BytesIO(data))
        return PaperFile("JSON Lines", (read.record for read in reads if read.record is not None))
    if saved_page.looks_like_page(text):
        return PaperFile("saved Daily Papers page", saved_page.read_page(text, today=today, year=year))
    if start[0] == "<":
        raise SourceUnknown(path=path, reason="it's HTML or XML; copy the page's text into a file instead")
    raise SourceUnknown(path=path, reason="it contains no papers in a known format")


def _content(path: Path) -> tuple[bytes, str]:
    try:
        if _ordinary_size(path) > WHOLE_BYTES:
            reason = "it's too long to be read at once; JSON Lines can be any length"
            raise SourceUnknown(path=path, reason=reason)
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise SourceUnreadable(path=path, reason=error.strerror or type(error).__name__) from None
    except UnicodeDecodeError as error:
        if data.startswith(_UTF_16_MARKS):
            raise SourceUnknown(path=path, reason="it's UTF-16 text; save it as UTF-8 instead") from None
        raise SourceUnknown(path=path, reason=f"it isn't UTF-8 text (byte {error.start + 1})") from None
    return data, text


def _is_json_lines(start: str) -> bool:
    """Whether the first line is a whole JSON object, or broken in a way that only its own line suffers from."""
    first, _, rest = start.partition("\n")
    try:
        DECODER.decode(first)
    except (json.JSONDecodeError, RecursionError):
        return rest.lstrip().startswith("{")
    return True


def _single_object(path: Path, text: str) -> PaperFile:
    """Read one pretty-printed object: a paper."""
    line = text.count("\n", 0, text.index("{")) + 1
    try:
        value = DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise SourceUnknown(path=path, reason=f"the JSON is broken: {error}") from None
    except RecursionError:
        raise SourceUnknown(path=path, reason=f"the JSON is nested too deeply at line {line}") from None
    return PaperFile("JSON", iter([read_value(value, line)]))


def _items(path: Path, text: str) -> Iterator[tuple[Any, int]]:
    """Yield the items of a JSON array with the line on which each begins, which json.loads doesn't give."""
    line, counted = 1, 0
    at = _skip(text, text.index("[") + 1)
    if text[at : at + 1] == "]":
        return
    while True:
        line, counted = line + text.count("\n", counted, at), at
        try:
            value, at = DECODER.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise SourceUnknown(path=path, reason=f"the JSON is broken: {error}") from None
        except RecursionError:
            raise SourceUnknown(path=path, reason=f"the JSON is nested too deeply at line {line}") from None
        yield value, line
        at = _skip(text, at)
        match text[at : at + 1]:
            case ",":
                at = _skip(text, at + 1)
            case "]" if not text[at + 1 :].strip():
                return
            case _:
                raise SourceUnknown(path=path, reason=f"the JSON is incomplete or invalid after line {line}")


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _WHITE_SPACE:
        at += 1
    return at


def read_sample() -> list[Paper]:
    """Return the bundled papers, in the order of the page."""
    text = files("bot.sources").joinpath("sample.jsonl").read_text(encoding="utf-8")
    papers = [
        read_record(json.loads(line), number, origin=SAMPLE_ORIGIN) for number, line in enumerate(text.splitlines(), 1)
    ]
    return [paper for paper in papers if isinstance(paper, Paper)]


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
    with _open_unpacked(path) as file:
        head = _head(path, file.body)
        if head.startswith("{") and _is_json_lines(head):
            yield RecordStream(
                format="JSON Lines",
                resumable=True,
                fraction=file.fraction,
                reads=lambda start: _translate_errors(path, _lines(file, start, selection)),
            )
        elif head.startswith("<") and ATOM.strip("{}") in head:
            yield RecordStream(
                format="Atom",
                resumable=False,
                fraction=file.fraction,
                reads=lambda _start: _translate_errors(path, _entries(file.body, selection)),
            )
        elif file.packed:
            raise SourceUnknown(path=path, reason="it contains neither JSON Lines nor Atom; unpack it first")
        else:
            yield None


def _head(path: Path, body: IO[bytes]) -> str:
    """Return how the content begins, and go back to its beginning; also of a file that breaks off further on."""
    head = bytearray()
    try:
        while len(head) < _HEAD_BYTES and (piece := body.read(_PIECE_BYTES)):
            head += piece
    except _BROKEN as error:
        if not head:
            raise SourceUnknown(path=path, reason=_damage(error)) from None
    body.seek(0)
    return head.decode("utf-8-sig", errors="replace").lstrip()


def _translate_errors(path: Path, reads: Iterator[Read]) -> Iterator[Read]:
    """Yield the reads, and turn what breaks them into SourceBroken or SourceUnknown."""
    line = 0
    try:
        for read in reads:
            line = read.end.line
            yield read
    except (*_BROKEN, XmlRefusedError) as error:
        reason = str(error) if isinstance(error, XmlRefusedError) else _damage(error)
        if line:
            raise SourceBroken(path=path, line=line, reason=reason) from None
        raise SourceUnknown(path=path, reason=reason) from None


def _lines(file: _Unpacked, start: Place, selection: Selection) -> Iterator[Read]:
    file.body.seek(start.offset)  # a packed file is unpacked again up to there
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
    return error.strerror if isinstance(error, OSError) and error.strerror else "it's damaged or incomplete"
