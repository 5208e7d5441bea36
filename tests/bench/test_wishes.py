"""Wishes, routed and answered."""

from pathlib import Path

import pytest

import bench.wishes
from bench.wishes import main, measure, read_papers, read_records

DATA = Path(bench.wishes.__file__).parent / "data"


async def test_a_wrong_route_and_a_broken_condition_are_counted() -> None:
    papers = read_papers(DATA / "wish_papers.jsonl")
    [right, wrong, broken] = await measure(
        [
            {
                "half": "tuned",
                "turns": ["papers on pruning"],
                "route": "list",
                "total": 4,
                "kept": {"words": "pruning"},
            },
            {"half": "tuned", "turns": ["papers on pruning"], "route": "fact"},
            {"half": "tuned", "turns": ["papers on pruning"], "route": "list", "kept": {"code": True}},
        ],
        papers,
    )
    assert (right.routed, right.rightly, right.kept) == (True, True, True)
    assert (wrong.routed, wrong.rightly, wrong.kept) == (False, False, None)
    assert (broken.routed, broken.kept) == (True, False)


def test_the_halves_are_of_equal_size() -> None:
    halves = [record["half"] for record in read_records(DATA / "wishes.jsonl")]
    assert (halves.count("tuned"), halves.count("unseen")) == (30, 30)


def test_the_table_is_printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["bench.wishes", "--half", "tuned"])
    main()
    assert "| tuned | 30/30 | 30/30 | 13/13 |" in capsys.readouterr().out
