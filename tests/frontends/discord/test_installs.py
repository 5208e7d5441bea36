"""Where commands are offered, and what the bot does where it was never added."""

from pathlib import Path
from typing import Any

import discord
import pytest
from discord import app_commands
from simcord.results import ResponseMessage

from tests.apps import sample_app
from tests.frontends.discord.replies import private_text
from tests.frontends.discord.server import Server, running

QUESTION = "what is Stormer?"
LINK = "https://arxiv.org/abs/2401.00001"


def leave(server: Server) -> None:
    """Make the server one that never added the bot: who installed it for themselves still has its commands."""
    server.bot._connection._guilds.pop(server.guild.id)


def labels(message: discord.Message | ResponseMessage | None) -> list[str | None]:
    assert message is not None
    rows: list[Any] = [row if isinstance(row, dict) else row.to_dict() for row in message.components]
    return [button.get("label") for row in rows for button in row["components"]]


async def test_what_reads_papers_is_offered_everywhere_and_what_is_for_admins_in_servers_alone(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        tree = server.bot.tree

        @app_commands.command(description="For tests.")
        @app_commands.default_permissions(manage_guild=True)
        async def admin(_interaction: discord.Interaction) -> None:
            """Do nothing."""

        @app_commands.command(description="For tests.")
        @app_commands.guild_only()
        async def here(_interaction: discord.Interaction) -> None:
            """Do nothing."""

        tree.add_command(admin)
        tree.add_command(here)
        sent = {command.name: command.to_dict(tree) for command in tree.get_commands()}
    for_servers = {name for name, told in sent.items() if told["contexts"] == [0] and told["integration_types"] == [0]}
    everywhere = {
        name for name, told in sent.items() if told["contexts"] == [0, 1, 2] and told["integration_types"] == [0, 1]
    }
    assert {"admin", "here"} <= for_servers
    assert {"ask", "search", "paper", "latest", "save", "help", "Explain these papers"} <= everywhere
    assert for_servers | everywhere == set(sent)


async def test_commands_work_by_direct_message_without_a_button_for_a_thread(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        user = server.env.create_user("cleo")
        result = await user.slash("ask", question=QUESTION)
        assert result.response is not None
        assert "Stormer" in str(result.response.embeds[0].to_dict())
        assert "Follow up" in labels(result.response)
        assert "Thread" not in labels(result.response)
        again = await user.click(result.response, label="Regenerate")
    assert "Thread" not in labels(again.response or result.response)


async def test_an_answer_in_a_thread_has_no_button_for_another(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        result = await server.ada.slash(server.channel, "ask", question=QUESTION)
        assert result.response is not None
        assert "Thread" in labels(result.response)
        await server.ada.click(result.response, label="Thread")
        [thread] = server.channel.threads
        inside = await server.ada.slash(thread, "ask", question=QUESTION)
        assert "Thread" not in labels(inside.response)


async def test_where_it_was_never_added_it_answers_by_the_interaction_alone(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        leave(server)
        for command, options in {
            "ask": {"question": QUESTION},
            "summarise": {"subject": "spiking transformers"},
            "explain": {"term": "spiking neural network"},
        }.items():
            result = await server.ada.slash(server.channel, command, **options)
            assert result.response is not None
            assert result.response.embeds
            assert "Follow up" in labels(result.response)
            assert "Thread" not in labels(result.response)
        listed = await server.ada.slash(server.channel, "search", query="spiking transformers")
        assert listed.response is not None
        page = await server.ada.click(listed.response, label="›")
        assert page.response is not None
        status = await server.ada.slash(server.channel, "status")
        assert status.ephemeral


@pytest.mark.slow
async def test_the_buttons_of_an_answer_work_where_it_was_never_added(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        leave(server)
        result = await server.ada.slash(server.channel, "ask", question=QUESTION)
        assert result.response is not None
        similar = await server.bob.click(result.response, label="Similar")
        assert similar.response is not None
        assert str(similar.response.embeds[0].title).startswith("Similar to: ")
        form = await server.bob.click(result.response, label="Follow up")
        on = await server.bob.submit_modal(form, {"question": "and what about its training cost?"})
        assert on.response is not None
        assert "Thread" not in labels(on.response)
        await server.ada.click(result.response, label="Regenerate")
        assert "Thread" not in labels(server.last)


async def test_a_thread_is_refused_where_it_is_no_member_any_more(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        result = await server.ada.slash(server.channel, "ask", question=QUESTION)
        assert result.response is not None
        leave(server)
        text = private_text(await server.ada.click(result.response, label="Thread"))
        assert server.channel.threads == []
    assert text == (
        "I can't open a thread here: I'm not in this server; an admin can add me. Press Follow up to continue without "
        "one."
    )


async def test_a_messages_menu_works_where_it_was_never_added(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        message = await server.bob.send(server.channel, LINK)
        leave(server)
        text = private_text(await server.ada.context_menu(server.channel, "Save these papers", message))
    assert text.startswith("I can't find the paper 2401.00001.")


@pytest.mark.parametrize("private", [False, True])
async def test_an_answer_that_comes_too_late_is_sent_to_its_asker_where_it_was_never_added(
    tmp_path: Path, private: bool
) -> None:
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        leave(server)
        server.env.inject_error("PATCH", "*/messages/@original", status=401, code=50027, times=None)
        await server.ada.slash(server.channel, "ask", question=QUESTION, private=private)
        await server.env.settle(timeout=10)
        channel = server.ada.user.dm_channel
        assert channel.last_message is not None
        assert "Stormer" in str(channel.last_message.embeds[0].to_dict())
        assert [message for message in server.channel.history() if message.content or message.embeds] == []
