"""Papers from a file whose format is found by looking at it."""

import codecs
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.errors import SourceUnknown, SourceUnreadable
from bot.models import Paper
from bot.sources import saved_page
from bot.sources.json_record import DECODER, read_value
from bot.sources.line_records import line_records
from bot.sources.packed import ordinary_size
from bot.sources.refusal import Refusal

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
        raise SourceUnknown(path=path, reason="it is empty")
    if start[0] == "[":
        return PaperFile("Daily Papers JSON", _array(path, text))
    if start[0] == "{":
        if not is_json_lines(start):
            return _single_object(path, text)
        reads = line_records(io.BytesIO(data))
        return PaperFile("JSON Lines", (read.record for read in reads if read.record is not None))
    if saved_page.looks_like_page(text):
        return PaperFile("saved Daily Papers page", saved_page.read_page(text, today=today, year=year))
    if start[0] == "<":
        raise SourceUnknown(path=path, reason="it is HTML or XML; copy the page's text into a file instead")
    raise SourceUnknown(path=path, reason="no paper of any known format stands in it")


def _content(path: Path) -> tuple[bytes, str]:
    try:
        if ordinary_size(path) > WHOLE_BYTES:
            reason = "it is too long to be read at once; as JSON Lines it may have any length"
            raise SourceUnknown(path=path, reason=reason)
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise SourceUnreadable(path=path, reason=error.strerror or type(error).__name__) from None
    except UnicodeDecodeError as error:
        if data.startswith(_UTF_16_MARKS):
            raise SourceUnknown(path=path, reason="it is UTF-16 text; save it as UTF-8 instead") from None
        raise SourceUnknown(path=path, reason=f"it is not UTF-8 text (byte {error.start + 1})") from None
    return data, text


def is_json_lines(start: str) -> bool:
    """Whether the first line is a whole JSON object, or broken in a way that only its own line suffers from."""
    first, _, rest = start.partition("\n")
    try:
        DECODER.decode(first)
    except (json.JSONDecodeError, RecursionError):
        return rest.lstrip().startswith("{")
    return True


def _array(path: Path, text: str) -> Iterator[Paper | Refusal]:
    return iter([read_value(item, line) for item, line in _items(path, text)])


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
    """Yield the items of a JSON array with the line on which each begins, which json.loads doesn't tell."""
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
                raise SourceUnknown(path=path, reason=f"the JSON breaks off or goes on wrongly after line {line}")


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _WHITE_SPACE:
        at += 1
    return at
