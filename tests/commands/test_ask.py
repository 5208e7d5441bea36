"""`paperbot ask`, as an operator types it."""

from pathlib import Path

import pytest

from tests.cli import Cli


def test_ask_answers_from_the_bundled_papers_without_any_setting(cli: Cli, tmp_path: Path) -> None:
    ran = cli("ask", "--sample", "what", "is", "Stormer?")
    assert ran.code == 0
    assert "Extracts" in ran.out
    assert "“Stormer is a simple weather forecasting model" in ran.out
    assert "no model is set up" in ran.out
    assert "https://github.com/tung-nd/stormer" in ran.out
    assert "Searched 52 papers, 19 Sep 2018 to 11 Jul 2025" in ran.out
    assert list(tmp_path.iterdir()) == []


def test_extracts_are_given_for_the_asking_although_a_model_is_set_up(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "never-used")
    ran = cli("ask", "--sample", "--extracts", "what is Stormer?")
    assert ran.code == 0
    assert "extracts were asked for" in ran.out


def test_ask_without_a_question_or_a_terminal_says_how_to_ask(cli: Cli) -> None:
    ran = cli("ask", "--sample")
    assert ran.code == 2
    assert (
        ran.err == "paperbot: There is no question yet. Ask something about the papers, for example: what is Stormer?\n"
    )


def test_a_long_question_is_refused(cli: Cli) -> None:
    ran = cli("ask", "--sample", "w" * 4000)
    assert ran.code == 2
    assert "The question has 4,000 characters; the limit is 1,000." in ran.err


def test_an_empty_store_is_told_with_what_to_do(cli: Cli) -> None:
    ran = cli("ask", "what is Stormer?")
    assert ran.code == 66
    assert ran.err.startswith("paperbot: There are no papers yet.")


def test_filters_are_days_of_publication(cli: Cli) -> None:
    assert "Nothing" not in cli("ask", "--sample", "--until", "2019-12-31", "what is GPipe?").out
    after = cli("ask", "--sample", "--since", "2026-01-01", "what is GPipe?")
    assert after.code == 0
    assert "No paper in the store was published since 1 Jan 2026." in after.out
    assert cli("ask", "--sample", "--since", "yesterday", "what is GPipe?").code == 2
