"""/search, as members use it."""

from datetime import date
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.models import Paper
from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.factories import make_paper, make_papers
from tests.fakes.model_server import FakeModel, plans
from tests.frontends.discord.replies import embed_of
from tests.frontends.discord.server import running

KETTLES = [
    make_paper(title="Red Kettles", authors=("Ada Kettle",), categories=("cs.SD",)),
    make_paper(title="Blue Kettles", arxiv_id="2312.00002", authors=("Ben Spout",), published=date(2023, 12, 5)),
    make_paper(
        title="Green Kettles", arxiv_id="2311.00003", code_url="https://github.com/green/kettles", published=None
    ),
]


def listed(embed: discord.Embed) -> set[str]:
    return {colour for colour in ("Red", "Blue", "Green") if f"{colour} Kettles" in (embed.description or "")}


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
        "None of the papers searched contains any of these words. Try different words."
    )


async def test_an_empty_query_is_refused_to_its_asker_alone(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        result = await server.ada.slash(server.channel, "search", query="…")
    assert result.ephemeral
    assert result.response is not None
    assert result.response.content.startswith("There's no question yet.")


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


@pytest.mark.parametrize(
    ("options", "expected", "said"),
    [
        ({"author": "Ada Kettle"}, {"Red"}, "by Ada Kettle"),
        ({"author": "kettel, ada"}, {"Red"}, "by Ada Kettle"),
        ({"category": "CS.sd"}, {"Red"}, "in cs.SD"),
        ({"category": "cs"}, {"Red"}, "in cs"),
        ({"since": "2024"}, {"Red"}, "since 1 Jan 2024"),
        ({"until": "2023-12-31"}, {"Blue"}, "up to 31 Dec 2023"),
        ({"since": "last month", "until": "last month"}, {"Blue"}, "from 1 Dec 2023 to 31 Dec 2023"),
        ({"with_code": True}, {"Green"}, "with code"),
        ({"with_code": False}, {"Red", "Blue", "Green"}, ""),
    ],
)
async def test_filters_limit_the_papers_and_are_told(
    tmp_path: Path, options: dict[str, Any], expected: set[str], said: str
) -> None:
    async with sample_app(tmp_path, papers=KETTLES, clock=FakeClock()) as app, running(app) as server:
        embed = embed_of(await server.ada.slash(server.channel, "search", query="kettles", **options))
    assert listed(embed) == expected
    assert (embed.description or "").startswith(f"-# Only papers {said}\n" if said else ("1", "No paper"))


async def test_filters_that_no_paper_passes_are_named(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=KETTLES) as app, running(app) as server:
        embed = embed_of(await server.ada.slash(server.channel, "search", query="kettles", author="Cy Lid"))
    assert embed.description == "The store has no papers by Cy Lid. Loosen a filter, or try different words."


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"since": "someday"}, "I don't recognise the date “someday”. Write it like 2024-01-06"),
        ({"until": "2024-99-99"}, "I don't recognise the date “2024-99-99”."),
        ({"author": "…"}, "“…” doesn't work as the author. Try something like Geoffrey Hinton"),
        ({"category": "??"}, "“??” doesn't work as the category. Try something like cs.CL"),
    ],
)
async def test_a_wrong_filter_is_told_to_its_asker_alone(
    tmp_path: Path, options: dict[str, Any], sentence: str
) -> None:
    app_with = sample_app(tmp_path, papers=KETTLES, clock=FakeClock())
    async with app_with as app, running(app, check_errors=False) as server:
        result = await server.ada.slash(server.channel, "search", query="kettles", **options)
    assert result.ephemeral
    assert result.response is not None
    assert result.response.content.startswith(sentence)


async def test_pages_are_turned_also_after_a_restart(tmp_path: Path) -> None:
    papers = make_papers(*(f"Kettle {n}" for n in range(20)))
    async with sample_app(tmp_path, papers=papers) as app, running(app) as server:
        shown = await server.ada.slash(server.channel, "search", query="kettles", since="2024")
        assert shown.response is not None
        pages = [embed_of(shown)]
        await server.env.restart_bot(server.another_bot())
        for _ in range(2):
            await server.bob.click(server.last, label="›")
            pages += server.last.embeds
    lines = [line for page in pages for line in (page.description or "").splitlines() if line[:1].isdigit()]
    assert [int(line.split("\\.")[0]) for line in lines] == list(range(1, 21))
    assert len({line.split("**")[1] for line in lines}) == 20
    assert all((page.description or "").startswith("-# Only papers since 1 Jan 2024\n") for page in pages)
    assert (pages[2].footer.text or "").startswith("Page 3 of 3 · Best matches first")


async def test_a_search_that_is_no_longer_kept_is_said_to_be_gone(tmp_path: Path) -> None:
    papers = make_papers(*(f"Kettle {n}" for n in range(20)))
    async with sample_app(tmp_path, papers=papers) as app, running(app) as server:
        shown = await server.ada.slash(server.channel, "search", query="kettles")
        await app.key_values.trim("found:", keep=0)
        assert shown.response is not None
        result = await server.ada.click(shown.response, label="›")
    assert [message.content for message in result.followups if message.ephemeral] == [
        "This list is no longer available. Use the command again to get a new one."
    ]


async def test_a_private_search_is_seen_by_its_asker_alone(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=KETTLES) as app, running(app) as server:
        assert (await server.ada.slash(server.channel, "search", query="kettles", private=True)).ephemeral
