"""`paperbot compare`."""

import pytest

from tests.cli import Cli


def test_two_sides_stand_side_by_side_with_the_rows_asked_for(kettles: Cli) -> None:
    ran = kettles("compare", "--sample", "GPipe", "vs", "SpikeGPT", "--aspect", "Energy", "--aspect", "Licence")
    assert ran.code == 0
    lines = ran.out.splitlines()
    (head,) = (line.split() for line in lines if "GPipe [1]" in line)
    assert head == ["GPipe", "[1]", "SpikeGPT", "[2]"]
    assert [line.split()[0] for line in lines if line.startswith(("Method", "Result", "Energy", "Licence"))] == [
        "Method",
        "Result",
        "Energy",
        "Licence",
    ]


@pytest.mark.parametrize(
    ("sides", "sentence"),
    [
        ([], "Nothing is named."),
        (["GPipe"], "A comparison of 1 can't be made."),
        (["GPipe", "vs"], "A comparison of 1 can't be made."),
        (list("abcdef"), "A comparison of 6 can't be made."),
    ],
)
def test_a_wrong_number_of_sides_is_told(kettles: Cli, sides: list[str], sentence: str) -> None:
    ran = kettles("compare", "--sample", *sides)
    assert ran.code == 2
    assert ran.err == (
        f"paperbot: {sentence} Name two to five different papers or topics, for example: GPipe, SpikeGPT.\n"
    )
