"""Questions by message."""

from pathlib import Path

import discord

from tests.apps import sample_app
from tests.fakes.model_server import FakeModel, says
from tests.frontends.discord.server import running


async def test_a_mention_is_answered_as_a_reply_that_pings_nobody(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        question = await server.ada.send(server.channel, f"{server.mention} what is GPipe?")
        reply = server.last
    assert reply.author == server.bot.user
    assert reply.reference is not None
    assert reply.reference.message_id == question.id
    assert reply.mentions == []
    assert reply.embeds[0].title == "what is GPipe?"
    assert "“GPipe is an efficient" in (reply.embeds[0].description or "")


async def test_a_mention_with_a_model_is_answered_with_citations(tmp_path: Path) -> None:
    async with FakeModel(says("GPipe is a library [1].")) as model:
        async with sample_app(tmp_path, openai={"base_url": model.base_url}) as app, running(app) as server:
            await server.ada.send(server.channel, f"{server.mention} what is GPipe?")
            reply = server.last
    assert reply.embeds[0].author.name == "Answer"
    assert (reply.embeds[0].description or "").startswith("GPipe is a library [1].")


async def test_talk_that_does_not_mention_the_bot_is_left_alone(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        talk = await server.ada.send(server.channel, "what is GPipe?")
        assert server.last.id == talk.id


async def test_another_bot_is_not_answered(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        robot = server.guild.add_member(server.env.create_user("robot", bot=True))
        said = await robot.send(server.channel, f"{server.mention} what is GPipe?")
        assert server.last.id == said.id


async def test_a_mention_of_everyone_is_not_a_question(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        owner = server.guild.add_member(
            server.env.create_user("owner"),
            roles=[server.guild.create_role("admin", permissions=discord.Permissions.all())],
        )
        said = await owner.send(server.channel, "@everyone what is GPipe?")
        assert server.last.id == said.id


async def test_a_direct_message_is_a_question(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        user = server.env.create_user("eve")
        await user.send_dm("what is GPipe?")
        reply = user.dm_channel.history()[-1]
    assert reply.author == server.bot.user
    assert reply.embeds[0].author.name == "Extracts"


async def test_a_mention_without_words_is_told_how_to_ask(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        await server.ada.send(server.channel, f"{server.mention}")
        reply = server.last
    assert reply.content == "There's no question yet. Ask something about the papers, for example: what is Stormer?"
