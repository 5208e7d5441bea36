"""`paperbot explain`."""

from tests.cli import Cli


def test_a_term_is_explained_at_a_level(cli: Cli) -> None:
    ran = cli("explain", "--sample", "--level", "Newcomer", "spiking", "network")
    assert ran.code == 0
    assert "› spiking network\n\nExplanation" in ran.out
    assert "spiking" in ran.out.partition("Explanation")[2].lower()


def test_an_unknown_level_is_told_with_those_that_there_are(cli: Cli) -> None:
    ran = cli("explain", "--sample", "--level", "toddler", "spiking")
    assert ran.code == 2
    assert "'toddler' is not one of 'newcomer', 'practitioner', 'expert'" in ran.err


def test_no_term_is_told(cli: Cli) -> None:
    assert cli("explain", "--sample").err.startswith("paperbot: There's no question yet.")
