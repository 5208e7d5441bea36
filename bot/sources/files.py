"""Papers from a file whose format is found by looking at it."""

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.errors import SourceUnknown, SourceUnreadable
from bot.models import Paper
from bot.sources import daily_papers, json_lines, saved_page
from bot.sources.refusal import Refusal
from bot.text import one_line

_WHITE_SPACE = " \t\r\n"
_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def _integer(digits: str) -> int | float:
    # Python refuses to read an integer of thousands of digits; no field needs one beyond SQLite's range either.
    return int(digits) if len(digits) < len(str(2**63)) else float(digits)


_DECODER = json.JSONDecoder(parse_int=_integer)


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
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise SourceUnreadable(path=path, reason=error.strerror or type(error).__name__) from None
    except UnicodeDecodeError as error:
        if data.startswith(_UTF_16_MARKS):
            raise SourceUnknown(path=path, reason="it is UTF-16 text; save it as UTF-8 instead") from None
        raise SourceUnknown(path=path, reason=f"it is not UTF-8 text (byte {error.start + 1})") from None
    start = text.lstrip()
    if not start:
        raise SourceUnknown(path=path, reason="it is empty")
    if start[0] == "[":
        return PaperFile("Daily Papers JSON", _array(path, text))
    if start[0] == "{":
        return PaperFile("JSON Lines", _lines(text)) if _is_json_lines(start) else _single_object(path, text)
    if saved_page.looks_like_page(text):
        return PaperFile("saved Daily Papers page", saved_page.read_page(text, today=today, year=year))
    if start[0] == "<":
        raise SourceUnknown(path=path, reason="it is HTML or XML; copy the page's text into a file instead")
    raise SourceUnknown(path=path, reason="no paper of any known format stands in it")


def _is_json_lines(start: str) -> bool:
    """Whether the first line is a whole JSON object, or broken in a way that only its own line suffers from."""
    first, _, rest = start.partition("\n")
    try:
        _DECODER.decode(first)
    except (json.JSONDecodeError, RecursionError):
        return rest.lstrip().startswith("{")
    return True


def _array(path: Path, text: str) -> Iterator[Paper | Refusal]:
    return iter([_read(item, line) for item, line in _items(path, text)])


def _single_object(path: Path, text: str) -> PaperFile:
    """Read one pretty-printed object: a paper."""
    line = text.count("\n", 0, text.index("{")) + 1
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise SourceUnknown(path=path, reason=f"the JSON is broken: {error}") from None
    except RecursionError:
        raise SourceUnknown(path=path, reason=f"the JSON is nested too deeply at line {line}") from None
    return PaperFile("JSON", iter([_read(value, line)]))


def _items(path: Path, text: str) -> Iterator[tuple[Any, int]]:
    """Yield the items of a JSON array with the line on which each begins, which json.loads doesn't tell."""
    line, counted = 1, 0
    at = _skip(text, text.index("[") + 1)
    if text[at : at + 1] == "]":
        return
    while True:
        line, counted = line + text.count("\n", counted, at), at
        try:
            value, at = _DECODER.raw_decode(text, at)
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


def _lines(text: str) -> Iterator[Paper | Refusal]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = _DECODER.decode(line)
        except json.JSONDecodeError as error:
            yield Refusal(number, f"not JSON: {error.msg} (column {error.colno})")
        except RecursionError:
            yield Refusal(number, "not usable JSON: nested too deeply")
        else:
            yield _read(value, number)


def _read(value: Any, line: int) -> Paper | Refusal:
    if isinstance(value, dict) and "paper" in value:
        return daily_papers.read_record(value, line)
    if json_lines.looks_like_record(value):
        if "abstract" not in value and "publishedAt" in value and daily_papers.looks_like_record(value):
            return daily_papers.read_record(value, line)
        return json_lines.read_record(value, line)
    if isinstance(value, dict) and isinstance(title := value.get("title"), str) and one_line(title):
        return Refusal(line, f"no abstract: {one_line(title)[:80]}")
    return Refusal(line, "not a paper: title and abstract are missing")
