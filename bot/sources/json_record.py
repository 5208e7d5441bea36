"""One JSON value as a paper, whichever of the known shapes it has."""

import json
from typing import Any

from bot.models import Paper
from bot.sources import daily_papers, json_lines
from bot.sources.arxiv import snapshot
from bot.sources.refusal import Refusal
from bot.text import one_line


def _integer(digits: str) -> int | float:
    # Python refuses to read an integer of thousands of digits; no field needs one beyond SQLite's range either.
    return int(digits) if len(digits) < len(str(2**63)) else float(digits)


DECODER = json.JSONDecoder(parse_int=_integer)
"""Reads JSON with integers of any length."""


def read_value(value: Any, line: int) -> Paper | Refusal:
    """Turn a JSON value into a paper. `line` is where it stands, for the refusal."""
    if isinstance(value, dict) and "paper" in value:
        return daily_papers.read_record(value, line)
    if snapshot.looks_like_record(value):
        return snapshot.read_record(value, line)
    if json_lines.looks_like_record(value):
        if "abstract" not in value and "publishedAt" in value and daily_papers.looks_like_record(value):
            return daily_papers.read_record(value, line)
        return json_lines.read_record(value, line)
    if isinstance(value, dict) and isinstance(title := value.get("title"), str) and one_line(title):
        return Refusal(line, f"no abstract: {one_line(title)[:80]}")
    return Refusal(line, "not a paper: title and abstract are missing")
