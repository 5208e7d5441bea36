"""JSON Lines as a stream of records, each with the place where it ends."""

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from bot.models import Paper
from bot.sources.json_record import DECODER, read_value
from bot.sources.refusal import Refusal
from bot.sources.selection import Selection

LINE_BYTES = 4_000_000
"""A longer line is refused unread. Nothing that is a paper comes near it."""


@dataclass(frozen=True, slots=True)
class Place:
    """How far a stream is read: lines and bytes."""

    line: int = 0
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Read:
    """What a line held, and the place after it; None is what a selection leaves out, and an empty line."""

    record: Paper | Refusal | None
    end: Place


def line_records(body: IO[bytes], *, start: Place = Place(), selection: Selection = Selection()) -> Iterator[Read]:
    """Yield a record for each line of a stream that stands at `start`; memory stays that of a line."""
    number, offset = start.line, start.offset
    while line := body.readline(LINE_BYTES + 1):
        size, too_long = len(line), len(line) > LINE_BYTES
        while too_long and not line.endswith(b"\n") and (line := body.readline(LINE_BYTES)):
            size += len(line)
        number += 1
        record: Paper | Refusal | None = None
        if too_long:
            record = Refusal(number, f"longer than {LINE_BYTES:,} bytes")
        elif selection.may_take(line):
            record = _record(line.removeprefix(codecs.BOM_UTF8) if offset == 0 else line, number)
            if isinstance(record, Paper) and not selection.takes(record):
                record = None
        offset += size
        yield Read(record, Place(number, offset))


def _record(line: bytes, number: int) -> Paper | Refusal | None:
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        return Refusal(number, f"not UTF-8 text (byte {error.start + 1})")
    if not text.strip():
        return None
    try:
        value = DECODER.decode(text.strip("\r\n"))
    except json.JSONDecodeError as error:
        return Refusal(number, f"not JSON: {error.msg} (column {error.colno})")
    except RecursionError:
        return Refusal(number, "not usable JSON: nested too deeply")
    return read_value(value, number)
