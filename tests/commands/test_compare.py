"""`paperbot compare`."""

import asyncio

import pytest

from tests.cli import Cli
from tests.fakes.model_server import FakeModel, says


def test_two_sides_stand_side_by_side_with_the_rows_asked_for(cli: Cli) -> None:
    ran = cli("compare", "--sample", "GPipe", "vs", "SpikeGPT", "--aspect", "energy", "--aspect", "Licence")
    assert ran.code == 0
    lines = ran.out.splitlines()
    (head,) = (line.split() for line in lines if "GPipe [1]" in line)
    assert head == ["GPipe", "[1]", "SpikeGPT", "[2]"]
    labels = ["Problem", "Method", "Data", "Result", "Cost", "Energy", "Licence", "Code"]
    assert [line.split()[0] for line in lines if line.startswith(tuple(f"{label} " for label in labels))] == labels
    assert "not stated in the" in next(line for line in lines if line.startswith("Licence"))


@pytest.mark.slow
async def test_what_differs_is_printed_below_the_rows(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    said = "GPipe trains giant networks over accelerators, while SpikeGPT spikes to save operations"
    lines = "Method | A | GPipe pipelines sub-sequences of layers over different accelerators [1].\n"
    async with FakeModel(says(f"Difference | {said} [1][2].\n{lines}")) as model:
        monkeypatch.setenv("OPENAI_BASE_URL", model.base_url)
        ran = await asyncio.to_thread(cli, "compare", "--sample", "GPipe", "vs", "SpikeGPT")
    assert ran.code == 0
    printed = " ".join(ran.out.split())
    assert printed.index(" Code ") < printed.index(f"{said} [1][2].")


@pytest.mark.parametrize(
    ("sides", "sentence"),
    [
        ([], "No papers or topics were named."),
        (["GPipe"], "1 paper or topic isn't enough to compare."),
        (["GPipe", "vs"], "1 paper or topic isn't enough to compare."),
        (["GPipe", "gpipe"], "Two of the items are the same."),
        (["GPipe", "GPipe?"], "Two of the items lead to the same papers."),
        (list("abcdef"), "6 papers or topics are too many to compare."),
    ],
)
def test_sides_that_make_no_comparison_are_told(cli: Cli, sides: list[str], sentence: str) -> None:
    ran = cli("compare", "--sample", *sides)
    assert ran.code == 2
    assert ran.err == (
        f"paperbot: {sentence} Name two to five different papers or topics, for example: GPipe, SpikeGPT.\n"
    )
