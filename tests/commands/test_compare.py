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
        ([], "No side is named."),
        (["GPipe"], "1 side can't be compared."),
        (["GPipe", "vs"], "1 side can't be compared."),
        (list("abcdef"), "6 sides can't be compared."),
    ],
)
def test_a_wrong_number_of_sides_is_told(kettles: Cli, sides: list[str], sentence: str) -> None:
    ran = kettles("compare", "--sample", *sides)
    assert ran.code == 2
    assert ran.err == (
        f"paperbot: {sentence} Name two to five different papers or topics, for example: GPipe, SpikeGPT.\n"
    )
