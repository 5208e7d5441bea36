"""`paperbot summarise`."""

import pytest

from tests.cli import Cli


@pytest.mark.parametrize("command", ["summarise", "summarize"])
def test_a_paper_is_summarised_in_lines(kettles: Cli, command: str) -> None:
    ran = kettles(command, "--sample", "2401.00001")
    assert ran.code == 0
    assert "› 2401.00001\n" in ran.out
    assert "Summary\n\nMethod: A network of 12 layers tells whistles apart [1].\n" in ran.out
    assert "Limits: not stated in the abstract\n" in ran.out


def test_one_spelling_is_listed(cli: Cli) -> None:
    listed = cli("--help").out
    assert "  summarise " in listed
    assert "summarize" not in listed


def test_nothing_to_summarise_is_told(kettles: Cli) -> None:
    for words in ([], ["  "], [";"]):
        ran = kettles("summarise", "--sample", *words)
        assert ran.code == 2
        assert ran.err.startswith("paperbot: There is no question yet.")


def test_a_paper_that_is_not_there_is_told(kettles: Cli) -> None:
    ran = kettles("summarise", "--sample", "2499.99999")
    assert ran.code == 2
    assert ran.err == "paperbot: The store doesn't hold arXiv:2499.99999. An operator can import it.\n"


def test_evidence_is_printed_for_each_sentence(kettles: Cli) -> None:
    ran = kettles("summarise", "--sample", "--evidence", "2401.00001")
    evidence = ran.out.partition("Evidence\n\n")[2]
    assert evidence == (
        "A network of 12 layers tells whistles apart.\n  [1] “We present KettleNet, a network of 12 layers.”\n"
    )
