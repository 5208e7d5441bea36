"""The entries in a message's menu, as members use them."""

from pathlib import Path

import discord

from tests.apps import sample_app
from tests.factories import make_papers
from tests.frontends.discord.replies import private_text
from tests.frontends.discord.server import running

LINKS = (
    "look: https://arxiv.org/abs/2401.00001v2, https://huggingface.co/papers/2401.00002 and "
    "https://www.alphaxiv.org/abs/2401.00003"
)
WAVES = make_papers("Alpha Waves", "Beta Waves", "Gamma Waves")


async def test_the_papers_behind_links_are_explained_to_everybody(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=WAVES) as app, running(app) as server:
        message = await server.bob.send(server.channel, LINKS)
        result = await server.ada.context_menu(server.channel, "Explain these papers", message)
    assert result.response is not None
    assert not result.ephemeral
    text = result.response.embeds[0].description or ""
    assert [name for name in ("Alpha", "Beta", "Gamma") if f"[{name} Waves](https://arxiv.org/abs/" in text] == [
        "Alpha",
        "Beta",
        "Gamma",
    ]


async def test_the_papers_behind_links_are_saved(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=WAVES) as app, running(app) as server:
        message = await server.bob.send(server.channel, LINKS)
        said = private_text(await server.ada.context_menu(server.channel, "Save these papers", message))
        saved = await app.saved.of_user(str(server.ada.id))
        assert await app.saved.of_user(str(server.bob.id)) == []
    assert said.count("Saved: [") == 3
    assert {each.key for each in saved} == {"2401.00001", "2401.00002", "2401.00003"}


async def test_a_link_in_an_embed_is_found(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=WAVES) as app, running(app) as server:
        channel = server.bot.get_channel(server.channel.id)
        assert isinstance(channel, discord.TextChannel)
        message = await channel.send(embed=discord.Embed(title="New", url="https://arxiv.org/abs/2401.00002"))
        said = private_text(await server.ada.context_menu(server.channel, "Save these papers", message))
    assert said.startswith("Saved: [Beta Waves]")


async def test_a_message_without_papers_is_said_to_have_none(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=WAVES) as app, running(app, check_errors=False) as server:
        message = await server.bob.send(server.channel, "good morning")
        for menu in ("Explain these papers", "Save these papers"):
            said = private_text(await server.ada.context_menu(server.channel, menu, message))
            assert said.startswith("This message doesn't name a paper.")


async def test_papers_that_the_store_does_not_hold_are_named(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=WAVES) as app, running(app, check_errors=False) as server:
        message = await server.bob.send(server.channel, "arxiv.org/abs/2401.00001 and arxiv.org/abs/2401.99998")
        for menu in ("Explain these papers", "Save these papers"):
            said = private_text(await server.ada.context_menu(server.channel, menu, message))
            assert "I can't find the paper 2401.99998." in said
        none = await server.bob.send(server.channel, "arxiv.org/abs/2401.99997 arxiv.org/abs/2401.99998")
        said = private_text(await server.ada.context_menu(server.channel, "Explain these papers", none))
    assert said.startswith("I can't find the papers 2401.99997, 2401.99998.")


async def test_the_first_five_of_many_are_taken_and_it_is_said(tmp_path: Path) -> None:
    papers = make_papers(*(f"Paper Number {number}" for number in range(1, 8)))
    async with sample_app(tmp_path, papers=papers) as app, running(app) as server:
        message = await server.bob.send(server.channel, " ".join(paper.url for paper in papers))
        said = private_text(await server.ada.context_menu(server.channel, "Save these papers", message))
        assert len(await app.saved.of_user(str(server.ada.id))) == 5
    assert said.endswith("That's 7 papers; I used only the first 5.")


async def test_the_entries_go_when_their_cog_is_unloaded(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        await server.bot.remove_cog("MessageMenusCog")
        assert server.bot.tree.get_commands(type=discord.AppCommandType.message) == []
