"""The schema's numbered steps, one SQL file each in migrations/, applied in order."""

import re
import sqlite3
from collections.abc import Iterator
from importlib.resources import files

APPLICATION_ID = 0x50415042
"""PRAGMA application_id of every paperbot store: tells it from another program's SQLite file."""


def migrations() -> list[tuple[int, str]]:
    """Return the steps as (number, SQL), in order. PRAGMA user_version holds the number of the last one applied."""
    found = [
        (re.match(r"(\d{4})_\w+\.sql$", entry.name), entry)
        for entry in files("bot.store").joinpath("migrations").iterdir()
    ]
    return sorted((int(match[1]), entry.read_text(encoding="utf-8")) for match, entry in found if match)


def statements(sql: str) -> Iterator[str]:
    """Split a script at the ends of its statements, since `executescript` would commit the open transaction first."""
    pending = ""
    for line in sql.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        yield pending
