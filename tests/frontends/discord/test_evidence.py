"""The Evidence button, as members use it."""

from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.results import InteractionResult

from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.factories import make_paper
from tests.fakes.model_server import FakeModel, says
from tests.frontends.discord.rendering.limits import assert_within_limits
from tests.frontends.discord.replies import private_text
from tests.frontends.discord.server import Server, running

SAID = "Stormer forecasts the weather and barely changes the standard transformer [1]."
QUOTED = (
    "> “Stormer is a simple weather forecasting model that reaches state-of-the-art performance while barely changing "
    "the standard transformer backbone.”\n-# [1] Scaling transformer neural networks for skillful and reliable "
    "medium-range weather forecasting"
)
GONE = "This answer and its evidence are no longer available. Ask the question again to get a new one."


def with_model(folder: Path, model: FakeModel, **changes: Any) -> Any:
    return sample_app(folder, openai={"base_url": model.base_url}, **changes)


async def answered(server: Server, question: str = "what is Stormer?") -> discord.Message:
    await server.ada.send(server.channel, f"{server.mention} {question}")
    return server.last


def texts(result: InteractionResult) -> list[str]:
    shown = [message for message in (result.response, *result.followups) if message is not None]
    unique = {message.id: message for message in shown}
    for message in unique.values():
        assert_within_limits(message.embeds)
    return [message.embeds[0].description or "" for message in unique.values()]


async def test_each_sentence_is_shown_with_the_sentence_behind_it_to_who_asks_alone(tmp_path: Path) -> None:
    async with FakeModel(says(SAID)) as model, with_model(tmp_path, model) as app, running(app) as server:
        result = await server.bob.click(await answered(server), label="Evidence")
    assert result.ephemeral
    [shown] = texts(result)
    assert shown.endswith(f"\n\n{SAID}\n{QUOTED}")


async def test_the_button_works_after_a_restart(tmp_path: Path) -> None:
    async with FakeModel(says(SAID)) as model, with_model(tmp_path, model) as app, running(app) as server:
        answer = await answered(server)
        await server.env.restart_bot(server.another_bot())
        [shown] = texts(await server.ada.click(answer, label="Evidence"))
    assert QUOTED in shown


async def test_an_answer_by_command_has_the_button_too(tmp_path: Path) -> None:
    async with FakeModel(says(SAID)) as model, with_model(tmp_path, model) as app, running(app) as server:
        result = await server.ada.slash(server.channel, "ask", question="what is Stormer?")
        assert result.response is not None
        [shown] = texts(await server.ada.click(result.response, label="Evidence"))
    assert QUOTED in shown


@pytest.mark.slow
async def test_evidence_of_an_expired_or_forgotten_answer_is_said_to_be_gone(tmp_path: Path) -> None:
    clock = FakeClock()
    async with FakeModel(says(SAID)) as model, with_model(tmp_path, model, clock=clock) as app, running(app) as server:
        answer = await answered(server)
        clock.move(days=app.settings.store.answer_days + 1)
        assert private_text(await server.ada.click(answer, label="Evidence")) == GONE
        later = await answered(server, "what is Stormer, again?")
        await app.archive.forget_user(str(server.ada.id))
        assert private_text(await server.ada.click(later, label="Evidence")) == GONE


@pytest.mark.slow
async def test_a_long_answer_has_its_evidence_over_several_messages(tmp_path: Path) -> None:
    sentence = "Kettle number {n} whistles for {n} minutes while the water in it goes on boiling{rest}."
    rest = ", and the neighbours listen to it with some patience and a little tea" * 3
    said_ones = [sentence.format(n=n, rest="") for n in range(21, 41)]
    papers = [make_paper(title="Kettles", abstract=" ".join(sentence.format(n=n, rest=rest) for n in range(21, 41)))]
    text = " ".join(f"{said[:-1]} [1]." for said in said_ones)
    async with FakeModel(says(text)) as model, with_model(tmp_path, model, papers=papers) as app:
        async with running(app, settle_s=60) as server:
            answer = await answered(server, "how long do kettles whistle?")
            shown = texts(await server.ada.click(answer, label="Evidence"))
    assert len(shown) > 1
    assert all(sum(f"“{sentence.format(n=n, rest=rest)}”" in part for part in shown) == 1 for n in range(21, 41))


async def test_nothing_in_the_evidence_pings_formats_or_links(tmp_path: Path) -> None:
    abstract = "Kettles whistle at @everyone and <@1> and **shout** all day."
    papers = [make_paper(title="[Kettles](https://evil.example)", abstract=abstract)]
    model = FakeModel(says("Kettles whistle and shout all day [1]."))
    async with model, with_model(tmp_path, model, papers=papers) as app, running(app) as server:
        [shown] = texts(await server.ada.click(await answered(server, "what do kettles do?"), label="Evidence"))
    assert "@everyone" not in shown
    assert "<@1>" not in shown
    assert "**shout**" not in shown
    assert "](https://evil" not in shown
    assert "](https://arxiv.org/abs/2401.00001)" in shown


async def test_what_is_verbatim_has_no_such_button(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        answer = await answered(server)
        compared = await server.ada.slash(server.channel, "compare", first="GPipe", second="SpikeGPT")
    assert answer.embeds[0].author.name == "Extracts"
    assert "evidence:" not in str([row.to_dict() for row in answer.components])
    assert compared.response is not None
    assert "evidence:" not in str(compared.response.components)


async def test_the_client_keeps_no_view_for_an_answer(tmp_path: Path) -> None:
    async with FakeModel(says(SAID)) as model, with_model(tmp_path, model) as app, running(app) as server:
        await answered(server)
        assert list(server.bot.persistent_views) == []
