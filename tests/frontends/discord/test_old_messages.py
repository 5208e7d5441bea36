"""Messages used late: after a restart, by others, twice, and when what they name is gone."""

from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.results import InteractionResult, ResponseMessage

from tests.apps import sample_app
from tests.factories import make_papers
from tests.frontends.discord.server import Server, running
from tests.frontends.discord.setup.admin import add_admin, opened, said

TITLES = [f"Kettle {number}" for number in range(1, 30)]


async def asked(server: Server, name: str, actor: Any = None, /, **options: Any) -> ResponseMessage:
    result = await (actor or server.ada).slash(server.channel, name, **options)
    assert result.response is not None
    return result.response


async def restarted(server: Server) -> None:
    await server.env.restart_bot(server.another_bot())


def text(result: InteractionResult) -> str:
    shown = [message for message in (result.response, *result.followups) if message is not None][-1]
    assert "Something went wrong" not in shown.content
    return shown.content or str([embed.to_dict() for embed in shown.embeds])


def now(server: Server, message: ResponseMessage) -> ResponseMessage:
    """Return a message as it stands now."""
    return ResponseMessage(server.env, server.env.backend.get_message(message.channel_id, message.id))


async def test_a_follow_up_whose_form_was_opened_before_a_restart_is_answered(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        answer = await asked(server, "ask", question="what is Stormer?")
        form = await server.bob.click(answer, label="Follow up")
        await restarted(server)
        result = await server.bob.submit_modal(form, {"question": "and what about its training cost?"})
        assert result.response is not None
        assert not result.ephemeral
        assert "Stormer" in str(result.response.embeds[0].to_dict())


async def test_the_form_of_a_private_answer_is_answered_in_private(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        answer = await asked(server, "ask", question="what is Stormer?", private=True)
        form = await server.ada.click(answer, label="Follow up")
        result = await server.ada.submit_modal(form, {"question": "and what about its training cost?"})
        assert result.response is not None
        assert result.ephemeral
        assert server.channel.history() == []


async def test_lists_are_turned_by_anybody_after_a_restart(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=make_papers(*TITLES)) as app, running(app) as server:
        found = await asked(server, "search", query="kettle")
        latest = await asked(server, "latest")
        await restarted(server)
        for message in (found, latest):
            before = message.embeds[0].description
            for _ in range(2):  # the same button, as by two members at once
                await server.bob.click(message, label="›")
            assert now(server, message).embeds[0].description != before
            assert "Page 3 of" in str(now(server, message).embeds[0].footer.text)


@pytest.mark.slow
async def test_what_was_saved_and_is_removed_already_goes_from_the_list(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=make_papers(*TITLES)) as app, running(app, check_errors=False) as server:
        await asked(server, "save", paper="2401.00001")
        listed = await asked(server, "saved")
        await restarted(server)
        menu = custom_ids(listed, "saved:remove")[0]
        await app.saved.remove(str(server.ada.id), "2401.00001")  # by another message
        await server.ada.click(listed, label="BibTeX")
        await server.ada.select(listed, ["2401.00001"], custom_id=menu)
        assert now(server, listed).components == []


async def test_what_is_followed_no_more_goes_from_a_channels_list(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app, running(app, check_errors=False) as server:
        role = server.guild.create_role("editors", permissions=discord.Permissions(manage_channels=True))
        carol = server.guild.add_member(server.env.create_user("carol"), roles=[role])
        await asked(server, "follow topic", carol, topic="kettles", channel=server.channel)
        listed = await asked(server, "following", carol, channel=server.channel)
        await restarted(server)
        (one,) = await app.follows.of_destination(f"channel:{server.channel.id}")
        await app.follows.remove(f"channel:{server.channel.id}", one.id)
        menu = custom_ids(listed, "following:remove")[0]
        await carol.select(listed, [str(one.id)], custom_id=menu)
        assert "Nothing followed yet" in str(now(server, listed).embeds[0].description)
        assert now(server, listed).components == []


async def test_a_digest_is_removed_once_and_by_admins_alone(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        boss = add_admin(server)
        await asked(server, "digest add", boss, name="Morning")
        first, second = [await asked(server, "digest remove", boss, digest="Morning") for _ in range(2)]
        await restarted(server)
        assert text(await boss.click(first, label="Remove")).startswith("Removed: Morning.")
        assert text(await boss.click(second, label="Remove")) == "It was already removed."
        for command in ("edit", "preview", "now", "remove"):
            gone = await boss.slash(server.channel, f"digest {command}", digest="Morning")
            assert said(gone).startswith("This server has no digest called “Morning”.")


async def test_an_admin_who_is_one_no_more_changes_nothing_by_the_messages_that_stayed(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        boss = add_admin(server)
        setup, settings = await opened(server, boss), await opened(server, boss, "settings")
        await asked(server, "digest add", boss, name="Morning")
        removal = await asked(server, "digest remove", boss, digest="Morning")
        form = await boss.click(setup, label="Limits…")
        guild = server.bot.get_guild(server.guild.id)
        assert guild is not None
        [role] = [each for each in guild.roles if each.name == "boss's role"]
        await role.edit(permissions=discord.Permissions.none())
        await restarted(server)
        refused = "You need Manage Server for this. Ask an admin to do it."
        for message, label in (
            (setup, "Turn channel memory on"),
            (setup, "Limits…"),
            (setup, "Test posting here"),
            (settings, "Reset…"),
            (removal, "Remove"),
        ):
            assert said(await boss.click(message, label=label)) == refused
        assert said(await boss.submit_modal(form, {"user_answers": "5"})) == refused
        assert len(await app.digest_store.all()) == 1
        assert not (await app.guild_settings.own(str(server.guild.id))).channel_memory


def custom_ids(message: ResponseMessage, beginning: str) -> list[str]:
    found = [one["custom_id"] for row in message.components for one in row["components"] if "custom_id" in one]
    return [each for each in found if each.startswith(beginning)]
