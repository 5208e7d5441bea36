"""Lists and facts, as members get them by mention, by reply and by command."""

from datetime import date
from pathlib import Path

import discord

from tests.apps import sample_app
from tests.factories import make_paper
from tests.frontends.discord.answering import answered
from tests.frontends.discord.replies import embed_of
from tests.frontends.discord.server import running

KETTLES = [
    make_paper(
        title=f"Kettle{n}: A Kettle",
        arxiv_id=f"2401.{n:05}",
        upvotes=n,
        published=date(2024, 1, n),
        authors=("Ada Lid",),
    )
    for n in range(1, 21)
]


def lines(embed: discord.Embed) -> list[str]:
    return [line for line in (embed.description or "").splitlines() if line and not line.startswith("-#")]


def labels(message: discord.Message) -> list[str]:
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    return [str(child.label) for row in rows for child in row.children if isinstance(child, discord.Button)]


async def test_a_mention_for_a_list_shows_its_total_and_opens_page_by_page(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=KETTLES) as app, running(app) as server:
        reply = await answered(server, "the most upvoted papers about kettles")
        [embed] = reply.embeds
        assert embed.author.name == "Papers"
        assert lines(embed)[0] == (
            "20 papers have every word of “kettles” in their title or abstract. The first 5, most upvotes first:"
        )
        assert "Kettle20" in lines(embed)[1]
        assert len(lines(embed)) == 6
        opened = await server.bob.click(reply, label="All papers")
        assert opened.ephemeral
        page = embed_of(opened)
        assert "Kettle20" in lines(page)[0]
        assert len(lines(page)) == 8
        assert (page.footer.text or "").startswith("Page 1 of 3 · searched titles")
        assert opened.response is not None
        turned = await server.bob.click(opened.response, label="›")
    assert turned.response is None or turned.response.ephemeral


async def test_a_list_that_is_shown_whole_opens_nothing(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=KETTLES[:3]) as app, running(app) as server:
        reply = await answered(server, "papers about kettles")
    assert "All papers" not in labels(reply)
    assert "Follow up" in labels(reply)


async def test_a_reply_asks_for_facts_of_the_paper_before(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        reply = await answered(server, "what is GPipe?")
        await server.ada.send(server.channel, f"{server.mention} does it have code?", reply_to=reply)
        [embed] = server.last.embeds
    assert embed.author.name == "Answer"
    assert (embed.description or "").startswith("No code is known for GPipe [1].")
    assert "**GPipe: Efficient Training" in (embed.description or "")
    assert embed.footer.text == "From the record of 52 papers in the store"


async def test_a_command_answers_a_wish_in_its_language(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=KETTLES) as app, running(app) as server:
        shown = embed_of(await server.ada.slash(server.channel, "ask", question="Wer hat Kettle7 geschrieben?"))
        counted = embed_of(await server.ada.slash(server.channel, "ask", question="how many papers by Hinton?"))
    assert (shown.description or "").startswith("Die Autoren von Kettle7: Ada Lid [1].")
    assert counted.author.name == "No answer"
    assert counted.description == "The store has no papers by Hinton."
