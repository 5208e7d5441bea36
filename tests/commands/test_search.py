"""`paperbot search`."""

import pytest

from tests.cli import Cli


def test_search_lists_papers_best_first(cli: Cli) -> None:
    ran = cli("search", "--sample", "-n", "3", "spiking", "transformer")
    assert ran.code == 0
    assert ran.out.lstrip().startswith("[1] STEP: A Unified Spiking Transformer")
    assert "[3]" in ran.out
    assert "[4]" not in ran.out


def test_search_says_when_nothing_matches(cli: Cli) -> None:
    ran = cli("search", "--sample", "xyzzy")
    assert ran.code == 0
    assert "None of the papers searched contains any of these words." in ran.out


def test_search_explains_itself(cli: Cli) -> None:
    ran = cli("search", "--sample", "--explain", "-n", "1", "spiking", "transformer")
    assert ran.code == 0
    assert "[1] STEP: A Unified Spiking Transformer" in ran.out
    rows = [line.split() for line in ran.out.splitlines()]
    adds = {row[0]: float(row[-1]) for row in rows if row and row[0] in {"spike", "transform", "score", "title,"}}
    assert adds["spike"] > adds["transform"] > 0
    assert adds["spike"] + adds["transform"] + adds["title,"] == pytest.approx(adds["score"], abs=0.02)
