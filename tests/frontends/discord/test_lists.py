"""/latest and /trending, as members use them."""

from datetime import date
from pathlib import Path

import discord
import pytest

from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.factories import make_paper, make_papers
from tests.frontends.discord.rendering.limits import monstrous_paper
from tests.frontends.discord.replies import embed_of
from tests.frontends.discord.server import running

TODAY = date(2024, 1, 6)  # the clock's


def numbers(embed: discord.Embed) -> list[int]:
    lines = (embed.description or "").splitlines()
    return [int(line.split("\\.")[0]) for line in lines if line and not line.startswith("-#")]


def day_of_papers(count: int) -> list[object]:
    return [make_paper(title=f"Kettle {n}", arxiv_id=f"2401.{n:05}", upvotes=100 - n) for n in range(1, count + 1)]


async def test_the_newest_day_is_listed_by_votes(tmp_path: Path) -> None:
    papers = [
        make_paper(title="Old", arxiv_id="2401.00001", published=date(2024, 1, 1), upvotes=99),
        make_paper(title="Few", arxiv_id="2401.00002", upvotes=1, comments=1),
        make_paper(title="Many", arxiv_id="2401.00003", upvotes=7),
        # It came out before, and stood on that day's list.
        make_paper(
            title="Listed", arxiv_id="2401.00004", published=date(2023, 9, 9), listed=date(2024, 1, 5), upvotes=1
        ),
    ]
    async with sample_app(tmp_path, papers=papers) as app, running(app) as server:
        embed = embed_of(await server.ada.slash(server.channel, "latest"))
    assert embed.title == "Papers from Friday, 5 Jan 2024"
    text = embed.description or ""
    assert text.index("Many") < text.index("Few") < text.index("Listed")
    assert "Old" not in text
    assert embed.footer.text == (
        "3 papers · listed or, if never listed, published on this date · most upvotes first, then most "
        "comments, then newest"
    )


@pytest.mark.parametrize("day", ["2024-01-05", "yesterday", "5 January 2024", " Friday "])
async def test_a_day_may_be_said_in_words(tmp_path: Path, day: str) -> None:
    async with sample_app(tmp_path, papers=[make_paper()], clock=FakeClock()) as app, running(app) as server:
        embed = embed_of(await server.ada.slash(server.channel, "latest", day=day))
    assert embed.title == "Papers from Friday, 5 Jan 2024"


async def test_a_day_without_papers_names_the_nearest_that_has_some(tmp_path: Path) -> None:
    papers = [make_paper(), make_paper(title="Old", arxiv_id="2301.00001", published=date(2023, 1, 1))]
    async with sample_app(tmp_path, papers=papers) as app, running(app) as server:
        embed = embed_of(await server.ada.slash(server.channel, "latest", day="2023-12-24"))
    assert embed.description == (
        "No paper in the store was listed or published on 24 Dec 2023. The nearest date with papers is "
        "5 Jan 2024: use `/latest 2024-01-05`."
    )


@pytest.mark.parametrize("day", ["someday", "2024-13-01", "October 2023", "@everyone **x**"])
async def test_what_is_no_day_is_told_to_its_asker_alone(tmp_path: Path, day: str) -> None:
    app_with = sample_app(tmp_path, papers=[make_paper()], clock=FakeClock())
    async with app_with as app, running(app, check_errors=False) as server:
        result = await server.ada.slash(server.channel, "latest", day=day)
    assert result.ephemeral
    assert result.response is not None
    assert result.response.content.startswith("I don't recognise the date “")
    assert "”. Write it like 2024-01-06" in result.response.content
    assert "@everyone" not in result.response.content


async def test_an_empty_store_is_said_to_be_empty(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app, running(app, check_errors=False) as server:
        for command in ("latest", "trending"):
            result = await server.ada.slash(server.channel, command)
            assert result.response is not None
            assert "There are no papers yet." in (
                result.response.content + "".join(m.content for m in result.followups)
            )


async def test_trending_takes_what_was_listed_or_published_in_the_span(tmp_path: Path) -> None:
    papers = [
        make_paper(title="Published", arxiv_id="2401.00001", upvotes=2),
        make_paper(title="Listed", arxiv_id="2401.00002", published=date(2023, 1, 1), listed=TODAY, upvotes=3),
        make_paper(title="Last Week's", arxiv_id="2401.00003", published=date(2024, 1, 1), upvotes=9),
        make_paper(title="Old", arxiv_id="2401.00004", published=date(2023, 1, 1), upvotes=50),
    ]
    async with sample_app(tmp_path, papers=papers, clock=FakeClock()) as app, running(app) as server:
        of_day = embed_of(await server.ada.slash(server.channel, "trending", span="day"))
        of_week = embed_of(await server.ada.slash(server.channel, "trending"))
    assert of_day.title == "Trending: 5 Jan to 6 Jan 2024"
    assert [word for word in ("Listed", "Published", "Last Week", "Old") if word in (of_day.description or "")] == [
        "Listed",
        "Published",
    ]
    assert of_week.title == "Trending: 31 Dec 2023 to 6 Jan 2024"
    text = of_week.description or ""
    assert text.index("Last Week") < text.index("Listed") < text.index("Published")
    assert "most upvotes first, then most comments, then newest" in (of_week.footer.text or "")


async def test_withdrawn_papers_come_last_whatever_their_votes(tmp_path: Path) -> None:
    gone = make_paper(title="Gone", arxiv_id="2401.00009", upvotes=99, withdrawn=TODAY)
    async with sample_app(tmp_path, papers=[gone, *make_papers("Here")], clock=FakeClock()) as app:
        async with running(app) as server:
            lists = [
                embed_of(await server.ada.slash(server.channel, "trending", span="month")),
                embed_of(await server.ada.slash(server.channel, "latest")),
            ]
    for embed in lists:
        said = embed.description or ""
        assert 0 < said.index("Here") < said.index("Gone") < said.index("withdrawn on 6 Jan 2024")
        assert (embed.footer.text or "").endswith("then newest · withdrawn last")


async def test_papers_without_votes_are_said_to_have_none(tmp_path: Path) -> None:
    papers = make_papers("Quiet", "Silent")
    async with sample_app(tmp_path, papers=papers, clock=FakeClock()) as app, running(app) as server:
        embed = embed_of(await server.ada.slash(server.channel, "trending", span="month"))
    assert (embed.description or "").startswith("-# None of these papers has upvotes.\n1\\. ")
    assert (embed.footer.text or "").endswith("· most comments first, then newest")


async def test_a_span_without_papers_names_the_nearest_day(tmp_path: Path) -> None:
    papers = [make_paper(published=date(2022, 5, 1))]
    async with sample_app(tmp_path, papers=papers, clock=FakeClock()) as app, running(app) as server:
        embed = embed_of(await server.ada.slash(server.channel, "trending"))
    assert "The nearest date with papers is 1 May 2022" in (embed.description or "")


async def test_pages_are_turned_in_place_also_after_a_restart(tmp_path: Path) -> None:
    papers = day_of_papers(19)
    async with sample_app(tmp_path, papers=papers, clock=FakeClock()) as app, running(app) as server:  # type: ignore[arg-type]
        for command in ("latest", "trending"):
            shown = await server.ada.slash(server.channel, command)
            assert shown.response is not None
            assert numbers(embed_of(shown)) == list(range(1, 9))
            await server.env.restart_bot(server.another_bot())
            await server.bob.click(shown.response, label="›")
            await server.bob.click(server.last, label="›")
            [last] = server.last.embeds
            assert numbers(last) == [17, 18, 19]
            assert (last.footer.text or "").startswith("Page 3 of 3 · 19 papers")
            await server.bob.click(server.last, label="‹")
            assert numbers(server.last.embeds[0]) == list(range(9, 17))


async def test_one_page_has_no_buttons(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[make_paper()]) as app, running(app) as server:
        shown = await server.ada.slash(server.channel, "latest")
    assert shown.response is not None
    assert shown.response.components == []


async def test_a_private_list_stays_private_while_its_pages_are_turned(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=day_of_papers(9)) as app, running(app) as server:  # type: ignore[arg-type]
        shown = await server.ada.slash(server.channel, "latest", private=True)
        assert shown.ephemeral
        assert shown.response is not None
        turned = await server.ada.click(shown.response, label="›")
        assert server.channel.last_message is None or server.channel.last_message.flags.ephemeral
    assert turned.response is None or turned.response.ephemeral


@pytest.mark.slow
async def test_monstrous_papers_are_all_listed_within_the_limits(tmp_path: Path) -> None:
    papers = [monstrous_paper(n) for n in range(1, 9)]
    async with sample_app(tmp_path, papers=papers) as app, running(app) as server:
        embed = embed_of(await server.ada.slash(server.channel, "latest"))
    assert numbers(embed) == list(range(1, 9))
