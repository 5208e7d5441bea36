"""Quality on a collection in BEIR's layout."""

from pathlib import Path

import pytest

from bench.evaluation import run_beir
from tests.bench.beir import write_beir


def test_the_figures_of_a_tiny_collection(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_beir(write_beir(tmp_path))
    printed = capsys.readouterr().out
    assert "3 abstracts, 2 queries" in printed  # the third has no judgement
    figures = dict(line.split() for line in printed.splitlines()[1:5])
    assert figures == {"nDCG@10": "1.0000", "recall@10": "1.0000", "recall@100": "1.0000", "MRR": "1.0000"}
