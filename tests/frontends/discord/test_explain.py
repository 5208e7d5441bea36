"""/explain, as members use it."""

from pathlib import Path

import pytest

from tests.apps import sample_app
from tests.fakes.model_server import FakeModel, says
from tests.frontends.discord.server import running

TERM = "spiking neural network"


@pytest.mark.slow
async def test_a_term_is_explained_for_the_chosen_reader(tmp_path: Path) -> None:
    async with FakeModel(says("Spiking neural networks (SNNs) are energy-efficient but harder to train [2].")) as model:
        async with sample_app(tmp_path, openai={"base_url": model.base_url}) as app, running(app) as server:
            result = await server.ada.slash(server.channel, "explain", term=TERM, level="newcomer")
    assert result.response is not None
    [embed] = result.response.embeds
    assert embed.author.name == "Explanation"
    assert embed.title == TERM
    assert (embed.description or "").startswith(
        "Spiking neural networks \\(SNNs\\) are energy-efficient but harder to train [1]."
    )
    assert "a newcomer to the field" in str(model.answered[0])


@pytest.mark.slow
async def test_it_is_for_a_practitioner_unless_said(tmp_path: Path) -> None:
    async with FakeModel() as model:
        async with sample_app(tmp_path, openai={"base_url": model.base_url}) as app, running(app) as server:
            await server.ada.slash(server.channel, "explain", term=TERM)
    assert "a practitioner who trains and uses models" in str(model.answered[0])


async def test_without_a_model_there_are_sentences_of_abstracts(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        result = await server.ada.slash(server.channel, "explain", term=TERM)
    assert result.response is not None
    [embed] = result.response.embeds
    assert embed.author.name == "Explanation (extracts)"
    assert (embed.description or "").startswith("> “")


async def test_an_empty_term_is_refused_to_its_asker_alone(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        result = await server.ada.slash(server.channel, "explain", term="?")
    assert result.ephemeral
    assert result.response is not None
    assert result.response.content.startswith("There's no question yet.")
