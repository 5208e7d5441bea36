"""/search, as members use it."""

from pathlib import Path

from bot.models import Paper
from tests.apps import sample_app
from tests.fakes.model_server import FakeModel, plans
from tests.frontends.discord.server import running


async def test_papers_are_listed_best_first_with_links_from_the_store(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        result = await server.ada.slash(server.channel, "search", query="spiking transformers")
    assert result.response is not None
    (embed,) = result.response.embeds
    assert embed.title == "Search: spiking transformers"
    assert embed.description is not None
    lines = embed.description.splitlines()
    assert lines[0].startswith("1\\. **STEP: A Unified Spiking Transformer")
    assert "[code](https://github.com/Fancyssc/STEP)" in lines[1]
    assert len([line for line in lines if "**" in line]) == 8


async def test_an_arxiv_link_finds_its_paper_and_the_title_is_linked(tmp_path: Path) -> None:
    paper = Paper(title="A Made-Up Paper", abstract="We make things up.", origin="test", arxiv_id="2610.01234")
    async with sample_app(tmp_path, papers=[paper]) as app, running(app) as server:
        result = await server.ada.slash(server.channel, "search", query="https://arxiv.org/pdf/2610.01234v2")
    assert result.response is not None
    description = result.response.embeds[0].description
    assert description is not None
    assert description.startswith("1\\. **[A Made-Up Paper](https://arxiv.org/abs/2610.01234)**")


async def test_a_question_is_planned_and_its_other_wording_told(tmp_path: Path) -> None:
    planning = plans(standalone="how do transformers forecast weather?", keywords=["Stormer"])
    async with FakeModel(planning=planning) as model:
        async with sample_app(tmp_path, openai={"base_url": model.base_url}) as app, running(app) as server:
            result = await server.ada.slash(server.channel, "search", query="how to forecast the rain?")
    assert result.response is not None
    lines = (result.response.embeds[0].description or "").splitlines()
    assert lines[0] == "-# Searched for: how do transformers forecast weather?"
    assert lines[1].startswith("1\\. **Scaling transformer")


async def test_no_match_is_said(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        result = await server.ada.slash(server.channel, "search", query="xyzzy")
    assert result.response is not None
    assert result.response.embeds[0].description == (
        "No paper in the store shares a word with this. Try other words for it."
    )


async def test_an_empty_query_is_refused_to_its_asker_alone(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        result = await server.ada.slash(server.channel, "search", query="…")
    assert result.ephemeral
    assert result.response is not None
    assert result.response.content.startswith("There is no question yet.")


async def test_a_title_cannot_ping_format_or_link(tmp_path: Path) -> None:
    title = "@everyone [click](https://evil.example) <@1> *bold* tides"
    paper = Paper(title=title, abstract="We predict tides.", origin="test", arxiv_id="2610.00001")
    async with sample_app(tmp_path, papers=[paper]) as app, running(app) as server:
        result = await server.ada.slash(server.channel, "search", query="tides")
    assert result.response is not None
    description = result.response.embeds[0].description or ""
    assert "@everyone" not in description
    assert "<@1>" not in description
    assert "](https://evil" not in description
    assert "*bold*" not in description.replace("\\*", "")
