"""The buttons below an answer, as members use them."""

from pathlib import Path
from typing import Any

import discord
import pytest

from bot.store.answers import Vote
from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.fakes.model_server import FakeModel, says
from tests.frontends.discord.rendering.limits import assert_within_limits
from tests.frontends.discord.replies import private_text
from tests.frontends.discord.server import Server, running

SAID = "Stormer forecasts the weather and barely changes the standard transformer [1]."
OTHERWISE = "Stormer is a simple weather forecasting model [1]."
GONE = "This answer and its evidence are no longer available. Ask the question again to get a new one."
NAMES = ("follow", "similar", "again", "thread", "good", "bad")


def with_model(folder: Path, model: FakeModel, **changes: Any) -> Any:
    return sample_app(folder, openai={"base_url": model.base_url}, **changes)


async def answered(server: Server, question: str = "what is Stormer?") -> discord.Message:
    await server.ada.send(server.channel, f"{server.mention} {question}")
    return server.last


def ids(message: Any) -> list[str]:
    rows = [row if isinstance(row, dict) else row.to_dict() for row in message.components]
    assert all(len(row["components"]) <= 5 for row in rows)
    return [button["custom_id"] for row in rows for button in row["components"]]


def button(message: Any, name: str) -> str:
    [found] = [each for each in ids(message) if each.startswith(f"{name}:")]
    return found


async def test_every_answer_has_the_buttons_and_at_most_five_in_a_row(tmp_path: Path) -> None:
    async with FakeModel(says(SAID)) as model, with_model(tmp_path, model) as app, running(app) as server:
        names = [each.partition(":")[0] for each in ids(await answered(server))]
    assert names == ["evidence", "follow", "similar", "again", "thread", "good", "bad"]


async def test_all_buttons_of_an_answer_that_is_gone_say_so(tmp_path: Path) -> None:
    clock = FakeClock()
    async with FakeModel(says(SAID)) as model, with_model(tmp_path, model, clock=clock) as app, running(app) as server:
        answer = await answered(server)
        clock.move(days=app.settings.store.answer_days + 1)
        for name in NAMES:
            assert private_text(await server.ada.click(answer, custom_id=button(answer, name))) == GONE


async def test_anybody_follows_up_after_a_restart_in_their_own_conversation(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        answer = await answered(server)
        await server.env.restart_bot(server.another_bot())
        for member in (server.ada, server.bob):
            form = await member.click(answer, custom_id=button(answer, "follow"))
            assert form.modal is not None
            result = await member.submit_modal(form, {"question": "and what about its training cost?"})
            assert result.response is not None
            [embed] = result.response.embeds
            assert (embed.description or "").startswith("-# Searched for:")
            assert "[1] **Scaling transformer neural networks" in (embed.description or "")
        adas = await app.archive.export(str(server.ada.id))
        bobs = await app.archive.export(str(server.bob.id))
    assert len(adas) == 2
    assert len(bobs) == 1


async def test_similar_lists_the_papers_like_the_first_source(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        answer = await answered(server)
        result = await server.bob.click(answer, custom_id=button(answer, "similar"))
    shown = [message for message in (result.response, *result.followups) if message is not None][-1]
    assert shown.ephemeral
    assert_within_limits(shown.embeds)
    [embed] = shown.embeds
    assert (embed.title or "").startswith("Similar to: Scaling transformer neural networks")
    assert "1\\. **" in (embed.description or "")


@pytest.mark.slow
async def test_the_asker_regenerates_in_the_same_message(tmp_path: Path) -> None:
    async with FakeModel() as model, with_model(tmp_path, model) as app, running(app) as server:
        model.script(says(SAID), says(OTHERWISE))
        answer = await answered(server)
        await server.env.restart_bot(server.another_bot())
        await server.ada.click(answer, custom_id=button(answer, "again"))
        assert server.last.id == answer.id
        shown = server.last
        kept = await app.archive.export(str(server.ada.id))
    assert (shown.embeds[0].description or "").startswith(OTHERWISE)
    assert button(shown, "again") != button(answer, "again")
    assert [each["what"] for each in kept].count("answer") == 1


async def test_somebody_else_can_not_regenerate(tmp_path: Path) -> None:
    async with FakeModel(says(SAID)) as model, with_model(tmp_path, model) as app, running(app) as server:
        answer = await answered(server)
        said = private_text(await server.bob.click(answer, custom_id=button(answer, "again")))
        assert (server.last.embeds[0].description or "").startswith(SAID)
    assert said == "Only the user who asked can regenerate this answer. Ask the question yourself, or press Follow up."


async def test_a_regenerated_comparison_is_of_the_same_sides(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        first = await server.ada.slash(server.channel, "compare", first="GPipe", second="SpikeGPT", aspects="speed")
        assert first.response is not None
        before = first.response.embeds[0]
        await server.ada.click(first.response, custom_id=button(first.response, "again"))
        assert first.response.embeds[0].title == before.title
        assert first.response.embeds[0].description == before.description


async def test_a_verdict_is_kept_changed_and_taken_back_by_each_user(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        answer = await answered(server)
        for member in (server.ada, server.bob):
            assert private_text(await member.click(answer, custom_id=button(answer, "good"))).startswith("Thanks")
        assert await app.feedback.counts() == {Vote.GOOD: 2, Vote.BAD: 0}
        await server.bob.click(answer, custom_id=button(answer, "bad"))
        assert await app.feedback.counts() == {Vote.GOOD: 1, Vote.BAD: 1}
        removed = private_text(await server.bob.click(answer, custom_id=button(answer, "bad")))
        assert removed == "Your feedback on this answer was removed."
        assert "verdict" in {each["what"] for each in await app.archive.export(str(server.ada.id))}
        await app.archive.forget_user(str(server.ada.id))
        assert await app.feedback.counts() == {Vote.GOOD: 0, Vote.BAD: 0}


async def test_the_talk_goes_on_in_a_thread(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        answer = await answered(server)
        result = await server.ada.click(answer, custom_id=button(answer, "thread"))
        [thread] = server.channel.threads
        assert private_text(result) == f"The conversation continues in <#{thread.id}>."
        assert thread.name == "what is Stormer?"
        assert thread.last_message is not None
        assert thread.last_message.content.startswith("Continue here")
        await server.ada.send(thread, f"{server.mention} and what about its training cost?")
        adas = thread.last_message
        server.env.inject_error("POST", "*/threads*", status=400, code=160004)
        again = private_text(await server.bob.click(answer, custom_id=button(answer, "thread")))
    assert (adas.embeds[0].description or "").startswith("-# Searched for:")
    assert again.startswith("I can't open a thread here: there's already one below the message")


async def test_a_private_answer_is_seen_by_its_asker_alone_and_has_no_thread(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        for name, options in {
            "ask": {"question": "what is Stormer?"},
            "summarise": {"subject": "GPipe"},
            "compare": {"first": "GPipe", "second": "SpikeGPT"},
            "explain": {"term": "spiking neural network"},
        }.items():
            result = await server.ada.slash(server.channel, name, private=True, **options)
            assert result.ephemeral
            assert result.response is not None
            assert result.response.ephemeral
            assert all(each.ephemeral for each in result.followups)
            last = [result.response, *result.followups][-1]
            assert "thread" not in [each.partition(":")[0] for each in ids(last)]
