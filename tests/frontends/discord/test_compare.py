"""/compare, as members use it."""

from pathlib import Path
from typing import Any

import pytest

from tests.apps import sample_app
from tests.factories import make_paper
from tests.fakes.model_server import FakeModel, Reply, says
from tests.frontends.discord.server import running

GPIPE = "GPipe: Efficient Training of Giant Neural Networks using Pipeline Parallelism"
SPIKEGPT = "SpikeGPT: Generative Pre-trained Language Model with Spiking Neural Networks"
ROWS = (
    "Method | A | GPipe pipelines sub-sequences of layers over different accelerators [1].\n",
    "Method | B | SpikeGPT is built from binary spiking activation units [2].\n",
    "Cost | A | not stated\n",
    "Cost | B | SpikeGPT needs 20x fewer operations on neuromorphic hardware [2].\n",
)


async def test_two_papers_are_compared_aspect_by_aspect(tmp_path: Path) -> None:
    async with FakeModel(says("".join(ROWS))) as model:
        async with sample_app(tmp_path, openai={"base_url": model.base_url}) as app, running(app) as server:
            result = await server.ada.slash(server.channel, "compare", first=GPIPE, second=SPIKEGPT)
            assert result.response is not None
            pressed = await server.bob.click(result.response, label="Evidence")
    [embed] = result.response.embeds
    shown = embed.description or ""
    assert embed.author.name == "Comparison"
    assert shown.startswith("**A** · GPipe: Efficient Training")
    assert (
        "**Method**\n**A** · GPipe pipelines sub-sequences of layers over different accelerators [1].\n"
        "**B** · SpikeGPT is built from binary spiking activation units [2].\n\n" in shown
    )
    assert "fewer operations on neuromorphic hardware [2].\n**A** · *not stated in the abstract*\n" in shown
    assert pressed.response is not None
    assert f"**Method** · {GPIPE[:40]}" in (pressed.response.embeds[0].description or "")


DIFFERS = (
    "Difference | GPipe trains giant networks over accelerators, while SpikeGPT spikes to save operations [1][2].\n"
)


async def test_what_differs_stands_below_the_rows_and_so_does_its_evidence(tmp_path: Path) -> None:
    async with FakeModel(says("".join((DIFFERS, *ROWS)))) as model:
        async with sample_app(tmp_path, openai={"base_url": model.base_url}) as app, running(app) as server:
            result = await server.ada.slash(server.channel, "compare", first=GPIPE, second=SPIKEGPT)
            assert result.response is not None
            pressed = await server.bob.click(result.response, label="Evidence")
    shown = result.response.embeds[0].description or ""
    closing = "GPipe trains giant networks over accelerators, while SpikeGPT spikes to save operations [1][2]."
    assert shown.index("**Code**") < shown.index(closing) < shown.index("**Sources**")
    assert pressed.response is not None
    evidence = "\n".join(embed.description or "" for embed in pressed.response.embeds)
    assert evidence.index("**Method**") < evidence.index(closing)


@pytest.mark.slow
async def test_rows_appear_while_they_are_written(tmp_path: Path) -> None:
    async with FakeModel(lambda _request: Reply(ROWS, delay_s=0.15)) as model:
        async with sample_app(tmp_path, openai={"base_url": model.base_url}) as app, running(app) as server:
            result = await server.ada.slash(server.channel, "compare", first=GPIPE, second=SPIKEGPT)
            await server.env.settle(timeout=10)
            edits = [r for r in server.env.http_requests if r.method == "PATCH" and "@original" in r.path]
    assert result.response is not None
    assert result.response.embeds[0].author.name == "Comparison"
    assert 2 <= len(edits) <= 4


async def test_five_topics_and_own_aspects_are_compared_without_a_model(tmp_path: Path) -> None:
    sides = {"first": "GPipe", "second": "SpikeGPT", "third": "Stormer", "fourth": "DBConformer", "fifth": "BiViT"}
    async with sample_app(tmp_path) as app, running(app) as server:
        result = await server.ada.slash(server.channel, "compare", **sides, aspects="energy use, speedup")
    assert result.response is not None
    pieces = [result.response, *result.followups]
    assert pieces[0].embeds[0].author.name == "Comparison (extracts)"
    assert pieces[0].embeds[0].title == "GPipe vs. SpikeGPT vs. Stormer vs. DBConformer vs. BiViT"
    shown = "\n".join(piece.embeds[0].description or "" for piece in pieces)
    assert "**E** · BiViT [5]" in shown
    assert "**Energy use**" in shown
    assert "**Speedup**" in shown


@pytest.mark.parametrize(
    ("sides", "sentence"),
    [
        ({"first": "GPipe", "second": "gpipe"}, "Two of the items are the same."),
        ({"first": "2401.00001", "second": "KettleNet: Telling Whistles Apart"}, "Two of the items are the same"),
        ({"first": "GPipe", "second": "2312.99999"}, "I can't find the paper 2312.99999."),
        ({"first": "GPipe", "second": "…"}, "There's no question yet."),
    ],
)
async def test_sides_that_cannot_be_compared_are_refused_to_their_asker_alone(
    tmp_path: Path, sides: dict[str, Any], sentence: str
) -> None:
    async with sample_app(tmp_path, papers=[make_paper()]) as app, running(app, check_errors=False) as server:
        result = await server.ada.slash(server.channel, "compare", **sides)
    assert result.ephemeral
    assert result.response is not None
    assert result.response.content.startswith(sentence)


async def test_a_side_that_nothing_is_about_is_named(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        result = await server.ada.slash(server.channel, "compare", first="GPipe", second="xyzzy")
    assert result.response is not None
    [embed] = result.response.embeds
    assert embed.author.name == "No answer, but the closest papers"
    assert (embed.description or "").startswith("-# No paper in the store is about “xyzzy”.")
