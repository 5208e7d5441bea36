"""Recorded answers of a capable model, replayed through today's checks: what real answers lose."""

import json
from pathlib import Path
from typing import Any

import pytest

from bench import claims, recorded
from bot.models import Paper
from tests.shared import shared_file

_RECORDINGS = Path(__file__).resolve().parents[1] / "recordings"


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    lines = (_RECORDINGS / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def papers() -> dict[str, Paper]:
    return recorded.papers_by_title([shared_file("eval/papers.jsonl"), shared_file("ir/ml-papers/corpus.jsonl")])


def test_words_alone_let_nearly_all_that_a_capable_model_writes_through(rows: list[dict[str, Any]]) -> None:
    results = list(recorded.replay(rows, papers(), read=False))
    assert len(results) > 40
    assert all(result.answered for result in results), "no good answer ends as extracts"
    for language, least in (("en", 0.92), ("de", 0.85), ("fr", 0.85), ("zh", 0.85)):
        among = [result for result in results if result.language == language]
        assert sum(result.supported for result in among) >= least * sum(result.written for result in among), language


def test_with_its_reading_all_that_it_found_supported_is_shown(rows: list[dict[str, Any]]) -> None:
    results = list(recorded.replay(rows, papers(), read=True))
    assert all(result.answered for result in results), "no good answer ends as extracts"
    assert sum(len(result.left_out) for result in results) <= 1, "what the reading found supported is placed"
    assert sum(len(result.taken_out) for result in results) <= 12, "these it found unsupported"
    direct = [result.direct for result in results if result.direct is not None]
    assert sum(direct) >= len(direct) - 3


def test_natural_sentences_with_the_recorded_reading() -> None:
    rows = claims.judge(shared_file("eval/claims.jsonl"), shared_file("eval/claims-sources.jsonl"))
    for language in ("en", "de", "fr", "zh"):
        read = [row for row in claims.read(rows, _RECORDINGS / "verdicts.jsonl") if row.language == language]
        true, false = ([row.right for row in read if row.true is wanted] for wanted in (True, False))
        assert sum(true) >= 0.98 * len(true), language
        assert sum(false) >= 0.98 * len(false), language
    words = [row for row in rows if row.true and row.language == "en"]
    assert sum(row.right for row in words) >= 0.92 * len(words)
