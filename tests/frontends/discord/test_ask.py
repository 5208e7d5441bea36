"""/ask, as members use it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.factories import make_paper
from tests.fakes.model_server import FakeModel, Reply, fails, plans, says
from tests.frontends.discord.server import running


async def test_without_a_model_a_member_sees_extracts_with_their_source(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        result = await server.ada.slash(server.channel, "ask", question="what is Stormer?")
    assert result.response is not None
    (embed,) = result.response.embeds
    assert not result.ephemeral
    assert embed.author.name == "Extracts"
    assert embed.title == "what is Stormer?"
    assert embed.description is not None
    assert embed.description.startswith("> “Stormer is a simple weather forecasting model")
    assert "no model is set up" in embed.description
    assert "(https://github.com/tung-nd/stormer)" in embed.description
    assert embed.footer.text == "Searched 52 papers, 19 Sep 2018 to 11 Jul 2025, abstracts only"


@pytest.mark.slow
async def test_with_a_model_a_member_sees_a_cited_answer(tmp_path: Path) -> None:
    async with FakeModel(says("Stormer forecasts the weather [1]. It is simple [1].")) as model:
        openai = {"base_url": model.base_url, "model": "test-model"}
        async with sample_app(tmp_path, openai=openai) as app, running(app) as server:
            result = await server.ada.slash(server.channel, "ask", question="what is Stormer?")
    assert result.response is not None
    (embed,) = result.response.embeds
    assert embed.author.name == "Answer"
    assert embed.description is not None
    assert embed.description.startswith(
        "Stormer forecasts the weather [1]. It is simple [1].\n\n**Sources**\n[1] **Scaling"
    )
    assert embed.footer.text is not None
    assert embed.footer.text.endswith("read twice · test-model")


@pytest.mark.slow
async def test_another_wording_of_the_plan_is_told(tmp_path: Path) -> None:
    async with FakeModel(planning=plans(standalone="What is the weather model Stormer?")) as model:
        async with sample_app(tmp_path, openai={"base_url": model.base_url}) as app, running(app) as server:
            result = await server.ada.slash(server.channel, "ask", question="how is weather forecast?")
    assert result.response is not None
    (embed,) = result.response.embeds
    assert embed.title == "how is weather forecast?"
    assert (embed.description or "").startswith("-# Searched for: What is the weather model Stormer?\n\nStormer is")


async def test_today_is_that_of_the_server(tmp_path: Path) -> None:
    late = FakeClock(datetime(2024, 1, 6, 23, 30, tzinfo=UTC))
    papers = [make_paper(title="Kettles", published=date(2024, 1, 7))]
    zone = {"time_zone": "Europe/Berlin"}
    async with sample_app(tmp_path, papers=papers, clock=late, digest=zone) as app, running(app) as server:
        asked = await server.ada.slash(server.channel, "ask", question="which kettles came out today?")
        searched = await server.ada.slash(server.channel, "search", query="kettles today")
        await server.ada.send(server.channel, f"{server.mention} which kettles came out today?")
        mentioned = server.last
    assert asked.response is not None
    assert searched.response is not None
    for message in (asked.response, searched.response, mentioned):
        assert "Kettles" in (message.embeds[0].description or "")


@pytest.mark.slow
async def test_an_answer_grows_while_it_is_written_and_ends_complete(tmp_path: Path) -> None:
    sentences = tuple("Stormer forecasts the weather [1]. " for _ in range(4))
    async with FakeModel(lambda _request: Reply(sentences, delay_s=0.15)) as model:
        async with sample_app(tmp_path, openai={"base_url": model.base_url}) as app, running(app) as server:
            result = await server.ada.slash(server.channel, "ask", question="what is Stormer?")
            await server.env.settle(timeout=10)
            edits = [r for r in server.env.http_requests if r.method == "PATCH" and "@original" in r.path]
    assert result.response is not None
    assert result.response.embeds[0].author.name == "Answer"
    assert 2 <= len(edits) <= 4


async def test_a_failing_model_gives_extracts_and_says_why(tmp_path: Path) -> None:
    async with FakeModel(fails(401)) as model:
        async with sample_app(tmp_path, openai={"base_url": model.base_url}) as app, running(app) as server:
            result = await server.ada.slash(server.channel, "ask", question="what is Stormer?")
    assert result.response is not None
    (embed,) = result.response.embeds
    assert embed.author.name == "Extracts"
    assert embed.description is not None
    assert "the model server rejected the key" in embed.description


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("?!", "There's no question yet. Ask something about the papers, for example: what is Stormer?"),
        (
            "why " * 1000,
            "The question is 3,999 characters long; the limit is 1,000. Shorten it and ask again.",
        ),
    ],
)
async def test_a_question_that_cannot_be_used_is_refused_to_its_asker_alone(
    tmp_path: Path, question: str, sentence: str
) -> None:
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        result = await server.ada.slash(server.channel, "ask", question=question)
    assert result.ephemeral
    assert result.response is not None
    assert result.response.content == sentence


async def test_an_empty_store_is_told_with_what_to_do(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app, running(app, check_errors=False) as server:
        result = await server.ada.slash(server.channel, "ask", question="what is Stormer?")
    assert result.ephemeral
    assert result.response is not None
    assert result.response.content.startswith("There are no papers yet.")


async def test_a_bug_is_told_by_a_reference_and_leaks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        monkeypatch.setattr(app.searcher, "search", None)  # a bug, of whichever kind
        result = await server.ada.slash(server.channel, "ask", question="what is Stormer?")
    said = [message.content for message in (result.response, *result.followups) if message is not None][-1]
    assert said.startswith("Something went wrong, but your question wasn't the cause.")
    assert "NoneType" not in said
    reference = said.split("`")[1]
    assert f"reference {reference}" in caplog.text
