"""`paperbot import`."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli import Cli


def test_import_counts_and_is_idempotent(cli: Cli) -> None:
    assert "52 new, 0 changed, 0 unchanged, 0 rejected" in cli("import", "--sample").out
    again = cli("import", "--sample")
    assert again.code == 0
    assert "0 new, 0 changed, 52 unchanged, 0 rejected" in again.out
    assert "“Stormer is a simple" in cli("ask", "what is Stormer?").out


def test_import_tells_each_refusal_with_its_line_and_keeps_the_rest(cli: Cli, tmp_path: Path) -> None:
    good = json.dumps({"title": "A", "abstract": "We made A."})
    (tmp_path / "papers.jsonl").write_text(f'{good}\n{{"title": "B"}}\nnot json\n')
    ran = cli("import", "papers.jsonl")
    assert ran.code == 65
    assert "papers.jsonl (JSON Lines): 1 new, 0 changed, 0 unchanged, 2 rejected" in ran.out
    assert ran.err.splitlines()[0].startswith("  line 2: ")
    assert ran.err.splitlines()[1].startswith("  line 3: not JSON")


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"<!doctype html><html>", 65, "it's HTML or XML; copy the page's text into a file instead"),
        (b"\x89PNG\r\n\x1a\n", 65, "it isn't UTF-8 text"),
        (b"", 65, "it's empty"),
        (b"shopping list: milk", 65, "it contains no papers in a known format"),
        (b'[{"paper": {"id": "2610.', 65, "the JSON is broken"),
        (None, 66, "can't be read (No such file or directory)"),
    ],
    ids=["html", "binary", "empty", "other text", "truncated", "missing"],
)
def test_a_file_that_is_not_what_it_claims_changes_nothing(
    cli: Cli, tmp_path: Path, content: bytes | None, code: int, words: str
) -> None:
    if content is not None:
        (tmp_path / "file").write_bytes(content)
    ran = cli("import", "file")
    assert ran.code == code
    assert words in ran.err
    assert "Traceback" not in ran.err


def test_import_without_a_file_says_what_to_give(cli: Cli) -> None:
    ran = cli("import")
    assert ran.code == 2
    assert "--sample" in ran.err


def test_an_unwritable_store_is_told(cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("STORE_PATH", str(tmp_path / "file" / "store.db"))
    ran = cli("import", "--sample")
    assert ran.code == 74
    assert "can't be opened for writing" in ran.err
    assert "STORE_PATH" in ran.err


def test_a_store_of_a_newer_version_is_left_alone(cli: Cli, tmp_path: Path) -> None:
    cli("import", "--sample")
    with sqlite3.connect(tmp_path / "paperbot.db") as db:
        db.execute("PRAGMA user_version = 999")
    db.close()
    ran = cli("search", "spiking")
    assert ran.code == 74
    assert "was written by a newer paperbot (schema 999;" in ran.err
