"""Who may ask in a server with rules, by each way of asking."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import simcord.builders
from simcord.actors import MemberActor
from simcord.results import ResponseMessage

from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.factories import make_papers
from tests.frontends.discord.server import Server, running
from tests.frontends.discord.setup.admin import add_admin, said

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


async def ask(server: Server, member: MemberActor, question: str = "what is GPipe?") -> Any:
    return await member.slash(server.channel, "ask", question=question)


async def change(server: Server, **rules: Any) -> None:
    await server.app.guild_settings.change(str(server.guild.id), **rules)


def is_answer(result: Any) -> bool:
    return result.response is not None and not result.ephemeral and bool(result.response.embeds)


def replies(server: Server, channel: simcord.builders.ChannelHandle) -> list[str]:
    return [each.content for each in channel.history() if each.author == server.bot.user]


@pytest.mark.slow
async def test_in_a_channel_that_is_not_allowed_each_command_tells_where_to_ask_to_the_asker_alone(
    tmp_path: Path,
) -> None:
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        allowed = server.guild.create_text_channel("allowed")
        await change(server, channels=(str(allowed.id),))
        sentence = f"I don't answer in this channel. Ask in <#{allowed.id}>."
        for command, options in {
            "ask": {"question": "what is GPipe?"},
            "summarise": {"subject": "GPipe"},
            "compare": {"first": "GPipe", "second": "SpikeGPT"},
            "explain": {"term": "distillation"},
        }.items():
            assert said(await server.ada.slash(server.channel, command, **options)) == sentence
            assert is_answer(await server.ada.slash(allowed, command, **options))
        # What asks nothing of a model is for everywhere.
        assert is_answer(await server.ada.slash(server.channel, "search", query="GPipe"))
        await app.papers.upsert(make_papers("Alpha Waves"), now=0.0)
        linked = await server.ada.send(server.channel, "https://arxiv.org/abs/2401.00001")
        told = await server.ada.context_menu(server.channel, "Explain these papers", linked)
        assert said(told) == sentence


async def test_a_mention_where_asking_is_not_allowed_is_told_so_once_an_hour(tmp_path: Path) -> None:
    clock = FakeClock(NOON)
    async with sample_app(tmp_path, clock=clock) as app, running(app) as server:
        allowed, third = server.guild.create_text_channel("allowed"), server.guild.create_text_channel("third")
        await change(server, channels=(str(allowed.id),))
        for member in (server.ada, server.bob, server.ada):
            await member.send(server.channel, f"{server.mention} what is GPipe?")
        await server.ada.send(server.channel, server.mention)
        sentence = f"I don't answer in this channel. Ask in <#{allowed.id}>."
        assert replies(server, server.channel) == [sentence]
        await server.ada.send(third, f"{server.mention} what is GPipe?")
        assert replies(server, third) == [sentence]
        clock.move(hours=1)
        await server.ada.send(server.channel, f"{server.mention} what is GPipe?")
        assert replies(server, server.channel) == [sentence, sentence]
        await server.ada.send(allowed, f"{server.mention} what is GPipe?")
        assert allowed.last_message is not None
        assert allowed.last_message.embeds


async def test_a_thread_goes_with_its_channel(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        other = server.guild.create_text_channel("other")
        await change(server, channels=(str(server.channel.id),))
        for channel in (server.channel, other):
            boss = add_admin(server, f"boss of {channel.name}")
            answered = (await boss.slash(channel, "ask", question="what is GPipe?")).response
            assert answered is not None
            await boss.click(answered, label="Thread")
        inside, outside = server.channel.threads[0], other.threads[0]
        assert is_answer(await server.ada.slash(inside, "ask", question="what is GPipe?"))
        assert said(await server.ada.slash(outside, "ask", question="what is GPipe?")) == (
            f"I don't answer in this channel. Ask in <#{server.channel.id}>."
        )
        await server.ada.send(inside, f"{server.mention} what is SpikeGPT?")
        assert inside.last_message is not None
        assert inside.last_message.embeds


async def test_members_with_a_role_are_answered_and_others_are_told_which(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        readers = server.guild.create_role("readers")
        eve = server.guild.add_member(server.env.create_user("eve"), roles=[readers])
        await change(server, roles=(str(readers.id),))
        sentence = f"You need one of these roles to ask on this server: <@&{readers.id}>. Ask an admin for one."
        assert is_answer(await ask(server, eve))
        assert said(await ask(server, server.ada)) == sentence
        await eve.send(server.channel, f"{server.mention} what is GPipe?")
        assert server.last.embeds
        for _ in range(3):
            await server.ada.send(server.channel, f"{server.mention} what is GPipe?")
        assert replies(server, server.channel).count(sentence) == 1


async def test_admins_may_always_ask(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        boss = add_admin(server)
        await change(server, channels=("5",), roles=("7",), user_answers=1, cooldown_seconds=60)
        for _ in range(2):
            assert is_answer(await ask(server, boss))
            await boss.send(server.channel, f"{server.mention} what is GPipe?")
            assert server.last.embeds


async def test_the_wait_between_two_answers_is_told_as_a_time_that_discord_counts_down(tmp_path: Path) -> None:
    clock = FakeClock(NOON)
    async with sample_app(tmp_path, clock=clock) as app, running(app, check_errors=False) as server:
        await change(server, cooldown_seconds=30)
        assert is_answer(await ask(server, server.ada))
        clock.move(seconds=18)
        sentence = f"There's a wait between answers; you can ask again <t:{int(NOON.timestamp()) + 30}:R>."
        assert said(await ask(server, server.ada)) == sentence
        await server.ada.send(server.channel, f"{server.mention} what is SpikeGPT?")
        assert server.last.content == sentence
        assert is_answer(await ask(server, server.bob))
        clock.move(seconds=12)
        assert is_answer(await ask(server, server.ada))


async def test_the_answers_of_a_day_are_counted_over_a_restart_for_each_member(tmp_path: Path) -> None:
    clock = FakeClock(NOON)
    used = "You've used today's answers (2); the count resets at 00:00 UTC."
    async with sample_app(tmp_path, clock=clock, limits={"user_answers": 2}) as app:
        async with running(app, check_errors=False) as server:
            # What can't be answered at all uses nothing.
            assert said(await ask(server, server.ada, "?")).startswith("There's no question yet.")
            assert is_answer(await ask(server, server.ada))
            await server.ada.send(server.channel, f"{server.mention} what is SpikeGPT?")
            assert server.last.embeds
            await server.env.restart_bot(server.another_bot())
            assert said(await ask(server, server.ada)) == used
            assert is_answer(await ask(server, server.bob))
            await server.ada.send(server.channel, f"{server.mention} what is GPipe?")
            assert server.last.content == used
            clock.move(hours=12)
            assert is_answer(await ask(server, server.ada))


async def test_the_servers_answers_of_a_day_are_shared(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        await change(server, guild_answers=1)
        assert is_answer(await ask(server, server.ada))
        assert said(await ask(server, server.bob)) == (
            "This server has used today's answer (1); the count resets at 00:00 UTC."
        )


async def test_buttons_that_start_an_answer_follow_the_rules_and_others_do_not(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        answered = (await ask(server, server.ada)).response
        assert isinstance(answered, ResponseMessage)
        form = await server.bob.click(answered, label="Follow up")
        await change(server, channels=("5",))
        before = [embed.to_dict() for embed in server.last.embeds]
        sentence = "I don't answer in this channel. Ask in <#5>."
        assert said(await server.bob.submit_modal(form, {"question": "and its cost?"})) == sentence
        for member, label in ((server.bob, "Follow up"), (server.ada, "Regenerate")):
            assert said(await member.click(answered, label=label)) == sentence
        assert [embed.to_dict() for embed in server.last.embeds] == before
        similar = await server.bob.click(answered, label="Similar")
        assert similar.response is not None
        assert similar.response.embeds


async def test_in_private_only_the_operators_limits_hold(tmp_path: Path) -> None:
    async with sample_app(tmp_path, limits={"user_answers": 1}) as app, running(app, check_errors=False) as server:
        await change(server, channels=("5",), roles=("7",))
        user = server.env.create_user("eve")
        await user.send_dm("what is GPipe?")
        assert user.dm_channel.history()[-1].embeds
        await user.send_dm("what is GPipe?")
        assert user.dm_channel.history()[-1].content == (
            "You've used today's answer (1); the count resets at 00:00 UTC."
        )


async def test_help_and_status_tell_the_rules_to_members(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        await change(server, channels=(str(server.channel.id),), user_answers=20, answer_language="de")
        await ask(server, server.ada)
        helped = await server.ada.slash(server.channel, "help")
        assert helped.response is not None
        text = helped.response.embeds[0].description or ""
        assert (
            f"**On this server**\n- Ask in <#{server.channel.id}>.\n"
            "- Each member gets 20 answers a day (UTC).\n- Answers are in Deutsch.\n"
        ) in text
        assert "- `/setup` " in text[text.index("**For admins**") :]
        status = await server.ada.slash(server.channel, "status")
        assert status.response is not None
        shown = {field.name: field.value for field in status.response.embeds[0].fields}
    assert (shown["Rules here"] or "").splitlines() == [
        f"Ask in <#{server.channel.id}>.",
        "Each member gets 20 answers a day (UTC).",
        "Answers are in Deutsch.",
        "Your answers today: 1 of 20",
    ]


async def test_an_invited_bot_finds_its_rules_again(tmp_path: Path) -> None:
    clock = FakeClock(NOON)
    async with sample_app(tmp_path, clock=clock) as app, running(app) as server:
        await change(server, user_answers=3)
        guild = server.bot.get_guild(server.guild.id)
        assert guild is not None
        for event in ("guild_remove", "guild_join"):
            server.bot.dispatch(event, guild)
            await server.env.settle()
        clock.move(days=31)
        assert await app.guild_settings.purge() == 0
        assert (await app.guild_settings.rules(str(server.guild.id))).user_answers == 3


async def test_a_removed_bot_is_noted_and_the_next_connection_tells_that_it_is_there(tmp_path: Path) -> None:
    clock = FakeClock(NOON)
    async with sample_app(tmp_path, clock=clock) as app, running(app) as server:
        await change(server, user_answers=3)
        guild = server.bot.get_guild(server.guild.id)
        assert guild is not None
        server.bot.dispatch("guild_remove", guild)
        await server.env.settle()
        clock.move(days=29)
        await app.guild_settings.purge()
        assert (await app.guild_settings.own(str(server.guild.id))).user_answers == 3
        # It is there all the same, which the next connection tells.
        await server.env.restart_bot(server.another_bot())
        clock.move(days=29)
        await app.guild_settings.purge()
        assert (await app.guild_settings.own(str(server.guild.id))).user_answers == 3


async def test_pings_come_of_no_refusal(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        role = server.guild.create_role("readers", mentionable=True)
        await change(server, roles=(str(role.id),))
        await server.ada.send(server.channel, f"{server.mention} what is GPipe?")
        assert f"<@&{role.id}>" in server.last.content
        assert server.env.backend.get_message(server.channel.id, server.last.id).ping_role_ids == []
