"""`paperbot explain`."""

from tests.cli import Cli


def test_a_term_is_explained_at_a_level(kettles: Cli) -> None:
    ran = kettles("explain", "--sample", "--level", "Newcomer", "spiking", "network")
    assert ran.code == 0
    assert "Explanation\nSearched for: spiking network (newcomer)\n" in ran.out


def test_an_unknown_level_is_told_with_those_that_there_are(kettles: Cli) -> None:
    ran = kettles("explain", "--sample", "--level", "toddler", "spiking")
    assert ran.code == 2
    assert "'toddler' is not one of 'newcomer', 'practitioner', 'expert'" in ran.err


def test_no_term_is_told(kettles: Cli) -> None:
    assert kettles("explain", "--sample").err.startswith("paperbot: There is no question yet.")
