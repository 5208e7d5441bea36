"""`paperbot ask`, as an operator types it."""

import json
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
    assert "extracts were requested" in ran.out


def test_ask_without_a_question_or_a_terminal_says_how_to_ask(cli: Cli) -> None:
    ran = cli("ask", "--sample")
    assert ran.code == 2
    assert (
        ran.err == "paperbot: There's no question yet. Ask something about the papers, for example: what is Stormer?\n"
    )


def test_a_long_question_is_refused(cli: Cli) -> None:
    ran = cli("ask", "--sample", "w" * 4000)
    assert ran.code == 2
    assert "The question is 4,000 characters long; the limit is 1,000." in ran.err


def test_an_empty_store_is_told_with_what_to_do(cli: Cli) -> None:
    ran = cli("ask", "what is Stormer?")
    assert ran.code == 66
    assert ran.err.startswith("paperbot: There are no papers yet.")


def test_filters_are_days_of_publication(cli: Cli) -> None:
    assert "Nothing" not in cli("ask", "--sample", "--until", "2019-12-31", "what is GPipe?").out
    after = cli("ask", "--sample", "--since", "2026-01-01", "what is GPipe?")
    assert after.code == 0
    assert "Nothing came since 1 Jan 2026; the newest papers are of" in after.out
    assert cli("ask", "--sample", "--since", "yesterday", "what is GPipe?").code == 2


def test_evidence_of_extracts_is_the_extracts(cli: Cli) -> None:
    ran = cli("ask", "--sample", "--evidence", "what is Stormer?")
    assert ran.out.endswith("\nThe sentences above come word for word from the abstracts.\n")


def test_exchanged_days_are_told(cli: Cli) -> None:
    ran = cli("ask", "--sample", "--since", "2025-01-02", "--until", "2025-01-01", "what is GPipe?")
    assert ran.code == 2
    assert "--since 2025-01-02 is later than --until 2025-01-01. Swap them." in ran.err


@pytest.mark.parametrize("question", ["", "<@1234>", "?!", "```\n```", "\x00\x1b"])
def test_a_question_without_a_word_is_refused(cli: Cli, question: str) -> None:
    ran = cli("ask", "--sample", question)
    assert ran.code == 2
    assert ran.err.startswith("paperbot: There's no question yet.")


def test_control_characters_reach_no_screen(cli: Cli) -> None:
    ran = cli("ask", "--sample", "what\x07 is \x1bStormer?\x00")
    assert ran.code == 0
    assert "“Stormer is a simple weather forecasting model" in ran.out
    assert "\x1b" not in ran.out
    assert "\x07" not in ran.out


def test_there_is_nothing_to_go_on_with_at_first(cli: Cli) -> None:
    ran = cli("ask", "--continue", "and its training cost?")
    assert ran.code == 2
    assert "conversations last 24 hours after the last question" in ran.err
    assert "--sample doesn't keep conversations" in cli("ask", "--sample", "--continue", "and its cost?").err


def test_a_list_and_its_whole_are_given(cli: Cli) -> None:
    ran = cli("ask", "--sample", "how many papers are there on spiking networks?")
    assert ran.code == 0
    assert "papers have every word of “spiking networks” in their title or abstract." in " ".join(ran.out.split())
    whole = json.loads(cli("ask", "--sample", "--json", "papers on transformers").out)
    assert (whole["kind"], len(whole["sources"])) == ("papers", 5)
    assert len(whole["list_keys"]) > 20
