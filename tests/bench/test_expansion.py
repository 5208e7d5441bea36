"""The bench of document expansion, on a handful of papers."""

import json
from pathlib import Path

import pytest

from bench.expansion import main
from bot.search.engine import index

KETTLE = {"title": "Whistles", "abstract": "Kettles whistle when steam leaves them."}
ASKED = [
    {"id": "a", "kind": "fact", "question": "why do kettles whistle?", "papers": ["Whistles"]},
    {"id": "b", "kind": "paraphrase", "question": "why is my boiler noisy?", "papers": ["Whistles"]},
    {"id": "c", "kind": "unanswerable", "question": "who won?", "papers": []},
]


def test_a_paraphrase_is_found_once_its_paper_has_questions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def write(name: str, *lines: object) -> str:
        (tmp_path / name).write_text("".join(f"{json.dumps(line)}\n" for line in lines))
        return str(tmp_path / name)

    monkeypatch.setattr(index, "QUESTIONS_WEIGHT", index.QUESTIONS_WEIGHT)  # which it sets
    hay = [{"_id": f"{n}", "title": f"Pots {n}", "text": f"Pot number {n} rattles."} for n in range(4)]
    files = {
        "--questions": write("q.jsonl", {"title": "Whistles", "questions": ["what makes a boiler so noisy?"]}),
        "--asked": write("asked.jsonl", *ASKED),
        "--papers": write("papers.jsonl", KETTLE),
        "--haystack": write("hay.jsonl", *hay),
    }
    monkeypatch.setattr("sys.argv", ["bench", *(part for pair in files.items() for part in pair), "--weights", "0.7"])
    main()
    rows = capsys.readouterr().out.splitlines()
    assert "| 5 papers | paraphrases | 0.000 | 0.000 | 0.000 | 1 |" in rows
    assert any(row.startswith("| - 1 expanded, weight 0.7 | all | 1.000 | 1.000 |") for row in rows)
