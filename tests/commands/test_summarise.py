"""`paperbot summarise`."""

import pytest

from tests.cli import Cli

TITLE = "Quantized Spike-driven Transformer"


@pytest.mark.parametrize("command", ["summarise", "summarize"])
def test_a_paper_is_summarised_in_lines(cli: Cli, command: str) -> None:
    ran = cli(command, "--sample", TITLE)
    assert ran.code == 0
    assert f"› {TITLE}\n" in ran.out
    for label in ("In short: “", "Method:   “", "Limits:   not stated in the abstract\n"):
        assert label in ran.out


def test_a_topic_has_a_line_for_each_paper(cli: Cli) -> None:
    ran = cli("summarise", "--sample", "--since", "2024-01-01", "spiking", "transformers")
    assert ran.code == 0
    for title in ("STEP: A Unified Spiking Transformer", "Quantized Spike-driven Transformer"):
        assert title in ran.out
    assert "SpikeGPT" not in ran.out


def test_one_spelling_is_listed(cli: Cli) -> None:
    listed = cli("--help").out
    assert "  summarise " in listed
    assert "summarize" not in listed


def test_nothing_to_summarise_is_told(cli: Cli) -> None:
    for words in ([], ["  "], [";"]):
        ran = cli("summarise", "--sample", *words)
        assert ran.code == 2
        assert ran.err.startswith("paperbot: There's no question yet.")


def test_a_paper_that_is_not_there_is_told(cli: Cli) -> None:
    ran = cli("summarise", "--sample", "2409.99999")
    assert ran.code == 2
    assert ran.err == (
        "paperbot: I can't find the paper 2409.99999. None of the enabled feeds has a match right now. Check "
        "the id, or try again later; an operator can add papers with: paperbot import FILE.\n"
    )
