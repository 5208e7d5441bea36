"""`paperbot ingest`, against feeds on the loopback interface that run in a thread of their own."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli import Cli
from tests.commands.conftest import TODAY
from tests.fakes.feeds import FakeFeeds, failures
from tests.fakes.feeds.daily import item


def stored(folder: Path) -> int:
    with sqlite3.connect(folder / "paperbot.db") as db:
        count = db.execute("SELECT count(*) FROM papers").fetchone()[0]
    db.close()
    return int(count)


def test_ingest_stores_the_last_days_and_is_idempotent(cli: Cli, feeds: FakeFeeds, tmp_path: Path) -> None:
    ran = cli("ingest")
    assert (ran.code, ran.out) == (0, "Daily Papers: 21 new, 0 changed, 0 unchanged, 0 rejected\n")
    assert stored(tmp_path) == 21
    again = cli("ingest")
    assert (again.code, again.out) == (0, "Daily Papers: 0 new, 0 changed, 0 unchanged, 0 rejected\n")
    assert "Kettle Study 2" in cli("search", "kettle study 2").out


def test_since_reads_as_far_back(cli: Cli, feeds: FakeFeeds, tmp_path: Path) -> None:
    ran = cli("ingest", "--source", "daily-papers", "--since", f"{TODAY - timedelta(days=1)}")
    assert (ran.code, ran.out) == (0, "Daily Papers: 6 new, 0 changed, 0 unchanged, 0 rejected\n")


def test_a_dry_run_stores_nothing(cli: Cli, feeds: FakeFeeds, tmp_path: Path) -> None:
    ran = cli("ingest", "--dry-run")
    assert (ran.code, ran.out) == (0, "Daily Papers: 21 would be new, 0 would be changed, 0 unchanged, 0 rejected\n")
    assert stored(tmp_path) == 0


def test_refused_records_have_a_code_of_their_own(cli: Cli, feeds: FakeFeeds, tmp_path: Path) -> None:
    feeds.days[TODAY].append(item(9, TODAY, title=""))
    ran = cli("ingest")
    assert ran.code == 65
    assert "21 new, 0 changed, 0 unchanged, 1 rejected" in ran.out
    assert f"  {TODAY}, record 4: no title: {TODAY:%y%m}.00009" in ran.err


def test_a_feed_that_fails_is_told_in_a_sentence(cli: Cli, feeds: FakeFeeds, tmp_path: Path) -> None:
    feeds.always(failures.status(404))
    ran = cli("ingest")
    assert ran.code == 69
    assert "Daily Papers: 0 new" in ran.out
    assert "paperbot: Daily Papers refused the request (HTTP 404)." in ran.err
    assert "Traceback" not in ran.err
    doctor = cli("doctor").out
    assert "feeds     Daily Papers couldn't be read on " in doctor


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--source", "kettle-news"], 2, "There's no feed 'kettle-news'. Choose from: daily-papers"),
        (["--since", f"{TODAY + timedelta(days=2)}"], 2, "is in the future. Use "),
        (["--since", "yesterday"], 2, "'yesterday' does not match the format '%Y-%m-%d'"),
        (["--until", "2026-10-01"], 2, "No such option"),
    ],
)
def test_wrong_use_is_told(cli: Cli, feeds: FakeFeeds, arguments: list[str], code: int, words: str) -> None:
    ran = cli("ingest", *arguments)
    assert ran.code == code
    assert words in ran.err
    assert feeds.requests == []


def test_without_a_feed_it_says_what_to_set(cli: Cli) -> None:
    ran = cli("ingest")
    assert ran.code == 78
    assert ran.err == (
        "paperbot: No feed is enabled. Set FEEDS_ENABLED, for example to daily-papers, or name one with --source.\n"
    )
    assert ("None is enabled, so add papers with paperbot import, or set FEEDS_ENABLED to fetch them.") in cli(
        "doctor"
    ).out


def test_an_unknown_feed_in_the_settings_is_told(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FEEDS_ENABLED", "kettle-news")
    ran = cli("ingest")
    assert ran.code == 78
    assert "FEEDS_ENABLED: unknown feed kettle-news; known: daily-papers" in ran.err
    assert "failed feeds     The settings can't be used: FEEDS_ENABLED: unknown feed kettle-news" in cli("doctor").out
