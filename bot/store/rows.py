"""A paper as a row of SQLite's, and back."""

import json
import sqlite3
from dataclasses import fields
from datetime import date
from typing import Any

from bot.models import Paper, slug

FIELDS = tuple(field.name for field in fields(Paper))
_LISTS = frozenset({"authors", "keywords", "categories"})
_DAYS = frozenset({"published", "listed", "withdrawn"})


def values_of(paper: Paper) -> tuple[object, ...]:
    """Return the values of the columns key, title_slug and FIELDS."""
    return (paper.key, slug(paper.title), *(_to_column(name, getattr(paper, name)) for name in FIELDS))


def paper_of(row: sqlite3.Row) -> Paper:
    """Return the paper of a row that has the columns FIELDS."""
    return Paper(**{name: _from_column(name, row[name]) for name in FIELDS})


def _to_column(name: str, value: Any) -> object:
    if name in _LISTS:
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date) else value


def _from_column(name: str, value: Any) -> Any:
    if name in _LISTS:
        return tuple(json.loads(value))
    return date.fromisoformat(value) if name in _DAYS and value else value
