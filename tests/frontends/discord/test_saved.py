"""/save and /saved, as members use them."""

from pathlib import Path

import pytest
from simcord.results import ResponseMessage

from tests.apps import sample_app
from tests.factories import make_paper, make_papers
from tests.frontends.discord.rendering.limits import NASTY, monstrous_paper
from tests.frontends.discord.replies import private_reply
from tests.frontends.discord.server import Server, running


async def listed(server: Server) -> ResponseMessage:
    return private_reply(await server.ada.slash(server.channel, "saved"))


def text(message: ResponseMessage) -> str:
    return message.embeds[0].description or ""


async def test_a_paper_is_saved_by_id_link_or_title_and_listed_newest_first(tmp_path: Path) -> None:
    papers = make_papers("Alpha Waves", "Beta Waves", "Gamma Waves")
    async with sample_app(tmp_path, papers=papers) as app, running(app) as server:
        said = private_reply(await server.ada.slash(server.channel, "save", paper="2401.00001", note="for *Bob*"))
        assert said.content.startswith("Saved: [Alpha Waves](https://arxiv.org/abs/2401.00001)\n")
        await server.ada.slash(server.channel, "save", paper="https://huggingface.co/papers/2401.00002")
        await server.ada.slash(server.channel, "save", paper="gamma waves")
        lines = text(await listed(server)).splitlines()
        assert [line.split("]")[0] for line in lines if "\\. " in line] == [
            "1\\. **[Gamma Waves",
            "2\\. **[Beta Waves",
            "3\\. **[Alpha Waves",
        ]
        assert lines[-1] == "> for \\*Bob\\*"
        other = private_reply(await server.bob.slash(server.channel, "saved"))
    assert text(other).startswith("You haven't saved any papers yet.")
    assert other.components == []


async def test_saving_again_says_so(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=make_papers("Alpha")) as app, running(app) as server:
        await server.ada.slash(server.channel, "save", paper="2401.00001")
        again = private_reply(await server.ada.slash(server.channel, "save", paper="2401.00001"))
        noted = private_reply(await server.ada.slash(server.channel, "save", paper="2401.00001", note="read it"))
    assert again.content.startswith("Already saved: [Alpha]")
    assert noted.content.startswith("Already saved, note updated: [Alpha]")


async def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        topic = private_reply(await server.ada.slash(server.channel, "save", paper="spiking *transformers*"))
        unknown = private_reply(await server.ada.slash(server.channel, "save", paper="2401.99999"))
    assert topic.content == (
        "I can't find a paper called “spiking \\*transformers\\*”. Use its arXiv id, a link to it or its "
        "full title; /search shows them."
    )
    assert unknown.content.startswith("I can't find the paper 2401.99999.")


@pytest.mark.slow
async def test_pages_and_removal_work_after_a_restart(tmp_path: Path) -> None:
    papers = make_papers(*(f"Paper Number {number}" for number in range(1, 11)))
    async with sample_app(tmp_path, papers=papers) as app, running(app) as server:
        for paper in papers:
            await app.saved.save(str(server.ada.id), paper)
        message = await listed(server)
        assert message.embeds[0].footer.text == "10 papers, newest first · only you can see this · page 1 of 2"
        await server.env.restart_bot(server.another_bot())
        await server.ada.click(message, label="Older")
        message = ResponseMessage(server.env, server.env.backend.get_message(message.channel_id, message.id))
        assert len([line for line in text(message).splitlines() if "Paper Number" in line]) == 2
        for saved in (await app.saved.of_user(str(server.ada.id)))[8:]:
            await server.ada.select(message, [saved.key], custom_id="saved:remove:1")
            message = ResponseMessage(server.env, server.env.backend.get_message(message.channel_id, message.id))
        left = await app.saved.of_user(str(server.ada.id))
    assert len(left) == 8
    assert message.embeds[0].footer.text == "8 papers, newest first · only you can see this"


async def test_the_list_is_exported_as_markdown(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=make_papers("Alpha")) as app, running(app) as server:
        await server.ada.slash(server.channel, "save", paper="2401.00001")
        result = await server.ada.click(await listed(server), label="Markdown")
        file = private_reply(result).attachments[0]
        assert file.filename == "saved-papers.md"
        assert (await file.read()).decode().startswith("# Saved papers\n\n- [Alpha](https://arxiv.org/abs/2401.00001)")


async def test_many_ids_in_one_command_are_cut_at_five_and_it_is_said(tmp_path: Path) -> None:
    papers = make_papers(*(f"Paper Number {number}" for number in range(1, 31)))
    async with sample_app(tmp_path, papers=papers) as app, running(app) as server:
        named = " ".join(paper.key for paper in papers)
        said = private_reply(await server.ada.slash(server.channel, "save", paper=named))
        assert len(await app.saved.of_user(str(server.ada.id))) == 5
    assert "That's 30 papers; I used only the first 5." in said.content


@pytest.mark.slow
async def test_monstrous_papers_and_notes_stay_within_a_message(tmp_path: Path) -> None:
    papers = [monstrous_paper(number) for number in range(1, 9)]
    async with sample_app(tmp_path, papers=papers) as app, running(app) as server:
        for paper in papers[:5]:
            await app.saved.save(str(server.ada.id), paper, note=NASTY * 10)
        private_reply(await server.ada.slash(server.channel, "save", paper=" ".join(paper.key for paper in papers[5:])))
        message = await listed(server)
        result = await server.ada.click(message, label="Markdown")
        assert private_reply(result).attachments
    assert "@everyone" not in text(message)


async def test_a_paper_that_left_the_store_stays_on_the_list_by_its_key(tmp_path: Path) -> None:
    gone = make_paper(arxiv_id="2401.77777")
    async with sample_app(tmp_path, papers=make_papers("Alpha")) as app, running(app) as server:
        await app.saved.save(str(server.ada.id), gone)
        message = await listed(server)
        assert text(message).startswith("1\\. 2401.77777\n-# no longer in the store · saved ")
        await server.ada.select(message, ["2401.77777"], custom_id="saved:remove:0")
        assert await app.saved.of_user(str(server.ada.id)) == []
