"""`paperbot digest`."""

import pytest

from tests.cli import Cli


def test_a_digest_is_shown_as_it_would_be_posted(cli: Cli) -> None:
    ran = cli("digest", "--dry-run", "--sample")
    assert ran.code == 0
    assert "1. Meta-Learning an In-Context Transformer" in ran.out
    assert "10 of 52 new papers, most upvotes first" in ran.out


def test_a_digest_that_is_not_there_is_named_with_those_that_are(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    none = cli("digest", "--dry-run", "--sample", "--name", "Nope")
    assert "None is set up; add one in Discord with `/digest add`" in none.err
    monkeypatch.setenv("DIGEST_CHANNEL_IDS", "1,2")
    ran = cli("digest", "--dry-run", "--sample", "--name", "Nope")
    assert ran.code == 2
    assert "There's no digest called 'Nope'. Choose from: New papers." in ran.err


def test_a_digest_is_posted_by_run_alone(cli: Cli) -> None:
    ran = cli("digest")
    assert ran.code == 2
    assert "`paperbot run`" in ran.err
