"""Questions in the thread of a digest."""

from pathlib import Path

import discord
from simcord.builders import ChannelHandle

from bot.app import App
from bot.digests.digest import dump
from bot.models import Paper
from bot.sources.files import read_sample
from bot.store.database import open_database
from tests.apps import sample_app
from tests.digests.examples import make_definition
from tests.factories import make_paper
from tests.frontends.discord.server import Server, running

ABOUT = "We present {}, a model of whistling kettles that tells pots from lids."
DAYS = [
    make_paper(title="Whistling Alpha", abstract=ABOUT.format("Alpha"), arxiv_id="2401.00001"),
    make_paper(title="Humming Beta", abstract=ABOUT.format("Beta"), arxiv_id="2401.00002", code_url="https://e.org/b"),
]
OTHERS = [
    make_paper(
        title=f"Whistling kettles {n}", abstract=ABOUT.format(n), arxiv_id=f"2301.{n:05}", code_url="https://e.org"
    )
    for n in range(3)
]


async def posted_digest(server: Server, app: App, folder: Path) -> ChannelHandle:
    """Post a digest of two papers with a thread, as the daily loop does, and return the thread."""
    channel = server.bot.get_channel(server.channel.id)
    assert isinstance(channel, discord.TextChannel)
    message = await channel.send("a digest")
    await message.create_thread(name="Morning")
    now = app.clock().timestamp()
    digest = await app.digest_writer.write(make_definition(min_upvotes=1), app.clock().date(), after=0, until=now)
    async with open_database(folder / "store.db") as database, database.transaction() as connection:
        await connection.execute(
            "INSERT INTO digest_posts (digest, day, since, until, state, content, message, thread, changed_at)"
            " VALUES ('1', '2026-10-05', 0, 1, 'posted', ?, ?, ?, 0)",
            (dump(digest), message.id, message.id),
        )
    await server.env.settle()
    [thread] = server.channel.threads
    return thread


async def asked(folder: Path, *questions: str) -> list[str]:
    """Return the answers to questions asked one after the other in a digest's thread."""
    papers: list[Paper] = [*(make_paper(**{**_facts(paper), "upvotes": 3}) for paper in DAYS), *OTHERS, *read_sample()]
    said = []
    async with sample_app(folder, papers=papers) as app, running(app) as server:
        thread = await posted_digest(server, app, folder)
        for question in questions:
            await server.ada.send(thread, f"{server.mention} {question}")
            assert thread.last_message is not None
            (embed,) = thread.last_message.embeds
            said.append(f"{embed.author.name}\n{embed.description}")
    return said


def _facts(paper: Paper) -> dict[str, object]:
    return {name: getattr(paper, name) for name in ("title", "abstract", "arxiv_id", "code_url")}


async def test_a_question_is_answered_from_the_digests_papers(tmp_path: Path) -> None:
    (answer,) = await asked(tmp_path, "how are whistling kettles told apart?")
    assert "Whistling Alpha" in answer
    assert "Whistling kettles" not in answer


async def test_which_of_these_has_code_lists_those_of_the_digest_that_have(tmp_path: Path) -> None:
    (answer,) = await asked(tmp_path, "which of these has code?")
    assert "Humming Beta" in answer
    assert "Whistling" not in answer


async def test_what_no_paper_of_the_digest_is_about_is_looked_for_in_the_others(tmp_path: Path) -> None:
    (answer,) = await asked(tmp_path, "what is GPipe?")
    assert answer.startswith("Extracts\n")
    assert "GPipe" in answer


async def test_in_another_thread_all_papers_are_asked(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[*DAYS, *OTHERS, *read_sample()]) as app, running(app) as server:
        await server.ada.send(server.channel, f"{server.mention} how are whistling kettles told apart?")
        assert "Whistling kettles" in (server.last.embeds[0].description or "")
