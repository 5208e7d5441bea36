"""/summarise, as members use it."""

from pathlib import Path

import pytest

from tests.apps import sample_app
from tests.fakes.model_server import FakeModel, says
from tests.frontends.discord.server import running

QUANTIZED = "Quantized Spike-driven Transformer"


async def test_a_paper_is_summarised_line_by_line(tmp_path: Path) -> None:
    written = "Result | 1 | On ImageNet it reaches 80.3% top-1 accuracy [1].\nLimits | 1 | not stated\n"
    async with FakeModel(says(written)) as model:
        async with sample_app(tmp_path, openai={"base_url": model.base_url}) as app, running(app) as server:
            result = await server.ada.slash(server.channel, "summarise", subject=QUANTIZED)
            assert result.response is not None
            pressed = await server.ada.click(result.response, label="Evidence")
    [embed] = result.response.embeds
    assert not result.ephemeral
    assert embed.author.name == "Summary"
    assert embed.title == QUANTIZED
    assert "**Result** On ImageNet it reaches 80.3% top-1 accuracy [1]." in (embed.description or "")
    assert "**Limits** *not stated in the abstract*" in (embed.description or "")
    assert pressed.ephemeral


async def test_without_a_model_the_lines_are_quotations(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        result = await server.ada.slash(server.channel, "summarise", subject=QUANTIZED)
    assert result.response is not None
    [embed] = result.response.embeds
    assert embed.author.name == "Summary (extracts)"
    assert (embed.description or "").startswith("**In short** “QSD-Transformer is a quantized spike-driven")
    assert "no model is set up" in (embed.description or "")


async def test_several_papers_and_a_topic_have_each_paper_once(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        both = await server.ada.slash(
            server.channel,
            "summarise",
            subject=f"{QUANTIZED}; GPipe: Efficient Training of Giant Neural Networks using Pipeline Parallelism",
        )
        topic = await server.ada.slash(server.channel, "summarise", subject="spiking transformers")
    assert both.response is not None
    assert topic.response is not None
    shown = both.response.embeds[0].description or ""
    assert shown.count("**Quantized Spike-driven Transformer**") == 1
    assert shown.count("**GPipe: Efficient") == 1
    assert "**Sources**" not in shown
    assert (topic.response.embeds[0].description or "").count("**Quantized Spike-driven Transformer**") == 1


@pytest.mark.parametrize(
    ("subject", "sentence"),
    [
        ("2312.99999", "I can't find the paper 2312.99999. "),
        ("https://arxiv.org/abs/2312.99999v2", "I can't find the paper 2312.99999. "),
        ("?!", "There's no question yet."),
        (";", "There's no question yet."),
    ],
)
async def test_what_cannot_be_summarised_is_told_to_its_asker_alone(
    tmp_path: Path, subject: str, sentence: str
) -> None:
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        result = await server.ada.slash(server.channel, "summarise", subject=subject)
    assert result.ephemeral
    assert result.response is not None
    assert result.response.content.startswith(sentence)


async def test_a_topic_that_nothing_is_about_is_told(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        result = await server.ada.slash(server.channel, "summarise", subject="xyzzy")
    assert result.response is not None
    [embed] = result.response.embeds
    assert embed.author.name == "No answer"
    assert (embed.description or "").startswith("Nothing in the store is about this.")
