"""/privacy and its buttons, as members use them."""

import json
from pathlib import Path

import pytest
from simcord.results import InteractionResult, ResponseMessage

from bot.errors.operation import StoreError
from tests.apps import sample_app
from tests.factories import make_papers
from tests.frontends.discord.server import Server, running


def shown(result: InteractionResult) -> ResponseMessage:
    """Return what is shown, which the user alone sees."""
    assert result.ephemeral
    assert result.response is not None
    return result.response


async def privacy(server: Server) -> ResponseMessage:
    return shown(await server.ada.slash(server.channel, "privacy"))


async def test_what_is_kept_is_told_with_its_times(tmp_path: Path) -> None:
    async with sample_app(tmp_path, store={"path": tmp_path / "store.db", "answer_days": 12}) as app:
        async with running(app) as server:
            text = (await privacy(server)).embeds[0].description or ""
    assert "your id and where you asked, for 12 days" in text
    assert "for 400 days" in text
    assert "Papers you save, with your notes, until you remove them." in text
    assert "No model is set up, so nothing is sent to one." in text


async def test_a_member_gets_all_that_is_kept_of_them_and_nothing_of_others(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=make_papers("Alpha Waves", "Beta Waves")) as app, running(app) as server:
        await server.ada.slash(server.channel, "ask", question="what are alpha waves?")
        await server.ada.slash(server.channel, "save", paper="2401.00002", note="für später")
        await server.bob.slash(server.channel, "ask", question="what are beta waves?")
        message = await privacy(server)
        await server.env.restart_bot(server.another_bot())
        (file,) = shown(await server.ada.click(message, label="Export my data")).attachments
        assert file.filename == "paperbot-data.json"
        told = json.loads(await file.read())
    assert [(each["what"], each.get("question"), each.get("note")) for each in told] == [
        ("answer", "what are alpha waves?", None),
        ("saved paper", None, "für später"),
    ]


async def test_a_member_is_forgotten_after_being_asked_once_more(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=make_papers("Alpha Waves")) as app, running(app) as server:
        for member in (server.ada, server.bob):
            await member.slash(server.channel, "ask", question="what are alpha waves?")
            await member.slash(server.channel, "save", paper="2401.00001")
        question = shown(await server.ada.click(await privacy(server), label="Forget me"))
        assert question.embeds[0].title == "Delete all your data?"
        assert len(await app.personal_data.export(str(server.ada.id))) == 2
        await server.env.restart_bot(server.another_bot())
        await server.ada.click(question, label="Delete everything")
        said = ResponseMessage(server.env, server.env.backend.get_message(question.channel_id, question.id))
        assert said.content == (
            "Deleted: 1 answer, 1 saved paper, and your id in the usage counts. Today's token and answer counts stay "
            "until midnight UTC; otherwise, deleting them would lift today's limits."
        )
        assert said.components == []
        assert await app.personal_data.export(str(server.ada.id)) == []
        assert len(await app.personal_data.export(str(server.bob.id))) == 2


async def test_who_thinks_better_of_it_keeps_everything(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=make_papers("Alpha Waves")) as app, running(app) as server:
        await server.ada.slash(server.channel, "save", paper="2401.00001")
        question = shown(await server.ada.click(await privacy(server), label="Forget me"))
        await server.ada.click(question, label="Keep")
        said = ResponseMessage(server.env, server.env.backend.get_message(question.channel_id, question.id))
        assert said.content == "Nothing was deleted."
        assert len(await app.personal_data.export(str(server.ada.id))) == 1


async def test_a_store_that_fails_is_told_without_where_it_is(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        message = await privacy(server)
        error = StoreError(path="store.db", reason="disk I/O error")
        app.personal_data.export = failing(error)  # type: ignore[method-assign]
        said = shown(await server.ada.click(message, label="Export my data"))
    assert said.content.startswith(
        "My store of papers and answers isn't working right now. Try again in a few minutes;"
    )
    assert "store.db" not in said.content
    assert str(error) in caplog.text  # under the reference that the member can give
    assert said.content.split("`")[1] in caplog.text


def failing(error: Exception):  # type: ignore[no-untyped-def]
    async def fail(_: str) -> list[dict[str, object]]:
        raise error

    return fail
