"""Weeks of feeds and digests: nothing is missed, nothing comes twice, and a silent feed is told of."""

from datetime import date
from pathlib import Path

from bench.month import START, simulate
from bench.month_feed import HTML, PAPERS, UNAVAILABLE
from bench.month_report import text_of

DAYS = 32
"""From 5 March to 5 April 2024: the clocks change in America and in Europe."""


async def test_over_a_month_nothing_is_missed_nothing_repeated_and_a_silent_feed_is_told_of(tmp_path: Path) -> None:
    report = await simulate(tmp_path, days=DAYS)

    assert [row.due for row in report.digests] == [32, 32, 4, 32, 24, 1]
    for row in report.digests:
        assert row.faults == (0, 0, 0, 0), str(row)
        assert row.posts + row.silent == row.due
    assert sum(row.edits for row in report.digests) > 20
    assert report.kills >= 10

    # Whatever the lists held came through, late papers and votes as well.
    assert len(report.stored) > 500
    assert report.never_stored == []
    assert report.old_votes == []
    assert {day.listed for day in report.days} == set(PAPERS)
    assert sum(day.refused for day in report.days) >= 4  # a broken record each Monday

    # The days on which the feed was of no use, and none besides.
    by_number = {(day.day - START.date()).days: day for day in report.days}
    for number in UNAVAILABLE + HTML:
        down = by_number.pop(number)
        assert down.runs == down.failed > 0, str(down)
        assert down.states[-1] == "down"
    assert all(day.failed == 0 < day.runs and day.states for day in by_number.values())
    says, silent = report.told_of_trouble
    assert [text_of(post) for post in silent] == []
    assert len({post.day for post in says}) == len(UNAVAILABLE + HTML)
    assert all(post.first.notice for post in report.posts if not post.first.items)
    saturday = date(2024, 3, 30)
    [weekend] = [post for post in report.posts if post.key == "1" and post.day == saturday]
    assert "Daily Papers" in text_of(weekend)
