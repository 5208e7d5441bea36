"""The table of natural sentences."""

import json
from pathlib import Path

import pytest

from bench import claims
from bot.answers.grounding.check import Problem

PAPER = {"key": "kettle", "title": "KettleNet", "abstract": "KettleNet is a network with 12 layers that whistles."}


def row(name: str, sentence: str, *, label: bool) -> dict[str, object]:
    about = {"question": "How many layers?", "language": "en", "kind": "plain", "sources": ["kettle"]}
    return {**about, "citations": [1], "id": name, "sentence": sentence, "label": label}


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
    assert lines[2].startswith("| true, shown | 1/1 (100 %)")
    assert any(line.startswith("| false, kept out: plain | 1/2 (50 %)") for line in lines)


def test_a_reading_has_the_last_word_on_what_passed_or_was_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = write(
        tmp_path,
        row("a", "KettleNet has 12 layers [1].", label=True),
        row("b", "KettleNet has a dozen and one layers, 13 [1].", label=True),
        row("c", "KettleNet has no 12 layers [1].", label=False),
        row("d", "KettleNet has layers.", label=False),
        row("e", "KettleNet whistles [1].", label=True),
    )
    verdicts = tmp_path / "verdicts.jsonl"
    said = {"a": "supported", "b": "supported", "c": "contradicted", "d": "supported"}
    verdicts.write_text("\n".join(json.dumps({"id": name, "verdict": verdict}) for name, verdict in said.items()))
    read = claims.read(claims.judge(*files), verdicts)
    assert [(row.name, row.shown) for row in read] == [("a", True), ("b", True), ("c", False), ("d", False)]
    monkeypatch.setattr("sys.argv", ["bench.claims", *map(str, files), "--verdicts", str(verdicts)])
    assert claims.main() == 0
    assert capsys.readouterr().out.endswith("\ntrue shown 100.0 %, false kept out 100.0 %\n")


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
    assert "| true, shown: en | 1/1 (100 %)" in capsys.readouterr().out
