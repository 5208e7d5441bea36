"""The table of natural sentences."""

import json
from pathlib import Path

import pytest

from bench import claims
from bot.answers.grounding.check import Problem

PAPER = {"key": "kettle", "title": "KettleNet", "abstract": "KettleNet is a network with 12 layers that whistles."}


def row(name: str, sentence: str, *, label: bool) -> dict[str, object]:
    about = {"question": "How many layers?", "language": "en", "kind": "plain", "sources": ["kettle"]}
    return {**about, "id": name, "sentence": sentence, "label": label}


def write(folder: Path, *rows: dict[str, object]) -> tuple[Path, Path]:
    told, sources = folder / "claims.jsonl", folder / "claims-sources.jsonl"
    told.write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    sources.write_text(json.dumps(PAPER), encoding="utf-8")
    return told, sources


def test_true_ones_that_pass_and_false_ones_that_are_caught_are_right(tmp_path: Path) -> None:
    files = write(
        tmp_path,
        row("a", "- KettleNet has 12 layers [1].", label=True),
        row("b", "KettleNet has 13 layers [1].", label=False),
        row("c", "KettleNet has no 12 layers [1].", label=False),
    )
    right, caught, missed = claims.judge(*files)
    assert (right.right, caught.right, missed.right) == (True, True, False)
    assert caught.problems == (Problem.FIGURE,)
    lines = claims.table([right, caught, missed])
    assert lines[2].startswith("| true, passed | 1/1 (100 %)")
    assert any(line.startswith("| false, caught: plain | 1/2 (50 %)") for line in lines)


def test_missing_files_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["bench.claims", str(tmp_path / "none.jsonl"), str(tmp_path / "nothing.jsonl")])
    assert claims.main() == 2
    assert "none.jsonl" in capsys.readouterr().err


def test_the_table_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = write(tmp_path, row("a", "KettleNet has 12 layers [1].", label=True))
    monkeypatch.setattr("sys.argv", ["bench.claims", *map(str, files)])
    assert claims.main() == 0
    assert "| true, passed: en | 1/1 (100 %)" in capsys.readouterr().out
