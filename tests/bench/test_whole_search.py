"""Whole searches beside other engines."""

from pathlib import Path

import pytest

from bench.whole_search import run_whole_search
from tests.bench.beir import write_beir


def test_every_engine_searches_a_tiny_collection(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_whole_search(sizes=[3], corpora=[write_beir(tmp_path) / "corpus.jsonl"])
    rows = [line.split(" | ") for line in capsys.readouterr().out.splitlines() if line.startswith("| ")]
    assert [row[0] for row in rows][:3] == ["| engine", "| ours", "| bm25s"]
    assert all(row[3].endswith("x") for row in rows[1:])
