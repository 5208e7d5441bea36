"""Weeks of digests: none is missed, none comes twice, and neither does a paper."""

from pathlib import Path

import pytest

from bench.month import simulate


@pytest.mark.parametrize("seed", [7])
async def test_over_six_weeks_nothing_is_missed_and_nothing_repeated(tmp_path: Path, seed: int) -> None:
    month, rows = await simulate(tmp_path, days=42, seed=seed)
    assert len(month.arrived) > 500
    assert month.kills >= 10
    assert [row.due for row in rows] == [42, 42, 6, 42, 30, 1]
    for row in rows:
        faults = row.repeated_posts, row.repeated_papers, row.missed_posts, row.missed_papers
        assert faults == (0, 0, 0, 0), str(row)
        assert row.posts + row.skipped == row.due
    assert sum(row.edits for row in rows) > 20
