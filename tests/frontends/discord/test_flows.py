"""Talks that take several ways: a button, then a reply, a thread, a message's menu."""

from pathlib import Path

import discord
import pytest
from simcord.results import InteractionResult, ResponseMessage

from tests.apps import sample_app
from tests.factories import make_papers
from tests.fakes.model_server import FakeModel, says
from tests.frontends.discord.server import running
from tests.frontends.discord.setup.admin import said

SAID = "Stormer forecasts the weather and barely changes the standard transformer [1].\n"
OTHERWISE = "Stormer is a simple weather forecasting model [1].\n"
COST = "and what about its training cost?"
LINK = "https://arxiv.org/abs/2401.00001"


def text(embeds: list[discord.Embed]) -> str:
    return "\n".join(embed.description or "" for embed in embeds)


def embeds_of(result: InteractionResult) -> list[discord.Embed]:
    assert isinstance(result.response, ResponseMessage)
    return result.response.embeds


@pytest.mark.slow
async def test_the_talk_goes_on_after_regenerate_by_button_by_reply_and_in_a_thread(tmp_path: Path) -> None:
    async with FakeModel(says(SAID)) as model, sample_app(tmp_path, openai={"base_url": model.base_url}) as app:
        async with running(app) as server:
            await server.ada.send(server.channel, f"{server.mention} what is Stormer?")
            answer = server.last
            model.script(says(OTHERWISE))
            await server.ada.click(answer, label="Regenerate")
            assert text(server.last.embeds).startswith(OTHERWISE.strip())
            form = await server.ada.click(server.last, label="Follow up")
            followed = await server.ada.submit_modal(form, {"question": COST})
            assert "Stormer" in text(embeds_of(followed))
            await server.ada.send(server.channel, f"{server.mention} {COST}", reply_to=answer)
            assert "Stormer" in text(server.last.embeds)
            await server.ada.click(answer, label="Thread")
            [thread] = server.channel.threads
            await server.ada.send(thread, f"{server.mention} {COST}")
            assert thread.last_message is not None
            assert "Stormer" in text(thread.last_message.embeds)
            kept = await app.archive.export(str(server.ada.id))
    assert [each["what"] for each in kept].count("answer") == 4  # the one that was regenerated counts once


TOLD = {
    "channels": "I don't answer in this channel. Ask in <#5>.",
    "roles": "You need one of these roles to ask on this server: <@&7>.",
    "user_answers": "You've used today's answer (1);",
    "cooldown_seconds": "There's a wait between answers; you can ask again <t:",
}


@pytest.mark.parametrize("rule", TOLD)
async def test_each_rule_holds_for_each_way_to_ask(tmp_path: Path, rule: str) -> None:
    async with sample_app(tmp_path, papers=make_papers("Alpha Waves")) as app:
        async with running(app, check_errors=False) as server:
            linked = await server.bob.send(server.channel, LINK)
            answer = (await server.ada.slash(server.channel, "ask", question="what are alpha waves?")).response
            assert answer is not None
            form = await server.ada.click(answer, label="Follow up")
            await server.ada.click(answer, label="Thread")
            [thread] = server.channel.threads
            values = {"channels": ("5",), "roles": ("7",), "user_answers": 1, "cooldown_seconds": 3600}
            await app.guild_settings.change(str(server.guild.id), **{rule: values[rule]})
            if rule in {"user_answers", "cooldown_seconds"}:  # what is counted begins with the next answer
                await server.ada.slash(server.channel, "ask", question="what are alpha waves?")
            refusals = [
                said(await server.ada.slash(server.channel, "ask", question="what are alpha waves?")),
                said(await server.ada.slash(server.channel, "summarise", subject="Alpha Waves", private=True)),
                said(await server.ada.context_menu(server.channel, "Explain these papers", linked)),
                said(await server.ada.submit_modal(form, {"question": "and their cost?"})),
                said(await server.ada.click(answer, label="Follow up")),
                said(await server.ada.click(answer, label="Regenerate")),
            ]
            await server.ada.send(server.channel, f"{server.mention} what are alpha waves?")
            refusals.append(server.last.content)
            await server.ada.send(thread, f"{server.mention} what are alpha waves?")
            assert thread.last_message is not None
            assert thread.last_message.author.id == server.ada.id  # told just before in the channel, and not again
            saved = await server.ada.context_menu(server.channel, "Save these papers", linked)
    assert len(refusals) == 7
    assert len(set(refusals)) == 1
    assert refusals[0].startswith(TOLD[rule])
    assert said(saved).startswith("Saved: ")  # no answer of a model
