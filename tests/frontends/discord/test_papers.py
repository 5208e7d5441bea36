"""/paper and /similar, and the buttons of a card, as members use them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from simcord.results import InteractionResult

from bot.models import Paper
from tests.apps import sample_app
from tests.factories import make_paper, make_papers
from tests.frontends.discord.rendering.limits import assert_within_limits
from tests.frontends.discord.server import running

KETTLES = make_paper(
    authors=("Ada Kettle", "Ben Spout"),
    listed=date(2024, 1, 8),
    upvotes=12,
    comments=3,
    categories=("cs.SD", "cs.LG"),
    venue="Kettle Conference 2024",
    code_url="https://github.com/kettle/net",
    project_url="https://kettle.example/net",
)
LONG_TITLE = "Kettles " + "and many more of them " * 12
"""Longer than any custom_id, and without an arXiv id to be short."""


def embed_of(result: InteractionResult) -> dict[str, object]:
    """Return the only embed of what was shown last."""
    shown = [message for message in (result.response, *result.followups) if message is not None][-1]
    [embed] = shown.embeds
    assert_within_limits([embed])
    return dict(embed.to_dict())


def said(result: InteractionResult) -> str:
    assert result.ephemeral
    assert result.response is not None
    return result.response.content


async def test_a_withdrawn_paper_is_marked_on_its_card_in_lists_and_among_the_sources(tmp_path: Path) -> None:
    withdrawn = replace(KETTLES, withdrawn=date(2026, 10, 3), stars=1_200)
    async with sample_app(tmp_path, papers=[withdrawn]) as app, running(app) as server:
        card = embed_of(await server.ada.slash(server.channel, "paper", paper="2401.00001"))
        listed = embed_of(await server.ada.slash(server.channel, "latest", day="2024-01-08"))
        answer = embed_of(await server.ada.slash(server.channel, "ask", question="What is KettleNet?"))
    fields = {field["name"]: field["value"] for field in card["fields"]}  # type: ignore[attr-defined]
    assert fields["Withdrawn"] == "3 Oct 2026"
    assert fields["Votes"] == "12 upvotes · 3 comments · 1,200 stars for the code"
    assert "withdrawn on 3 Oct 2026 · Ada Kettle" in str(listed["description"])
    assert "withdrawn on 3 Oct 2026" in str(answer)


async def test_a_card_tells_what_the_store_knows(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[KETTLES]) as app, running(app) as server:
        result = await server.ada.slash(server.channel, "paper", paper="2401.00001")
    assert not result.ephemeral
    embed = embed_of(result)
    assert embed["title"] == "KettleNet: Telling Whistles Apart"
    assert embed["url"] == "https://arxiv.org/abs/2401.00001"
    assert str(embed["description"]).startswith("Ada Kettle, Ben Spout\n\n> “We present KettleNet")
    fields = {field["name"]: field["value"] for field in embed["fields"]}  # type: ignore[attr-defined]
    assert fields == {
        "Published": "5 Jan 2024",
        "Listed": "8 Jan 2024",
        "Votes": "12 upvotes · 3 comments",
        "Venue": "Kettle Conference 2024",
        "Categories": "cs.SD, cs.LG",
        "Links": "[arXiv](https://arxiv.org/abs/2401.00001) · [code](https://github.com/kettle/net) · "
        "[project page](https://kettle.example/net)",
    }


async def test_what_is_private_is_seen_by_its_asker_alone(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[KETTLES]) as app, running(app) as server:
        for command in ("paper", "similar"):
            assert (await server.ada.slash(server.channel, command, paper="2401.00001", private=True)).ephemeral


@pytest.mark.parametrize("command", ["paper", "similar"])
async def test_a_paper_that_the_store_does_not_hold_is_told_to_its_asker_alone(tmp_path: Path, command: str) -> None:
    async with sample_app(tmp_path, papers=[KETTLES]) as app, running(app, check_errors=False) as server:
        by_id = await server.ada.slash(server.channel, command, paper="https://arxiv.org/abs/2501.99999v2")
        by_name = await server.ada.slash(server.channel, command, paper="samovars")
        empty = await server.ada.slash(server.channel, command, paper="…")
    assert said(by_id).startswith("I can't find the paper 2501.99999.")
    assert said(by_name) == (
        "I can't find a paper named “samovars”. Choose one of the suggestions that appear as you type, or find it "
        "with /search."
    )
    assert said(empty).startswith("There's no question yet.")


async def test_words_that_only_one_title_has_name_its_paper(tmp_path: Path) -> None:
    papers = make_papers("Red Kettles", "Blue Kettles")
    async with sample_app(tmp_path, papers=papers) as app, running(app, check_errors=False) as server:
        one = await server.ada.slash(server.channel, "paper", paper="kettles red")
        several = await server.ada.slash(server.channel, "paper", paper="kettles")
    assert embed_of(one)["title"] == "Red Kettles"
    assert "a paper named “kettles”" in said(several)


@pytest.mark.parametrize("title", ["KettleNet", LONG_TITLE], ids=["short", "long"])
@pytest.mark.parametrize("arxiv_id", ["2401.00001", "hep-th/9901001", None])
async def test_a_cards_buttons_work_after_a_restart(tmp_path: Path, title: str, arxiv_id: str | None) -> None:
    papers = [make_paper(title=title, arxiv_id=arxiv_id), *make_papers("Pots", "Pans")[1:]]
    async with sample_app(tmp_path, papers=papers) as app, running(app) as server:
        card = await server.ada.slash(server.channel, "paper", paper=papers[0].key)
        assert card.response is not None
        await server.env.restart_bot(server.another_bot())
        shown = {
            label: await server.bob.click(card.response, label=label) for label in ("Abstract", "BibTeX", "Similar")
        }
    assert all(result.ephemeral for result in shown.values())
    assert str(embed_of(shown["Abstract"])["description"]).startswith("Kettles whistle for many reasons.")
    assert str(embed_of(shown["BibTeX"])["description"]).startswith("```bibtex\n@misc{")
    assert "Pans" in str(embed_of(shown["Similar"])["description"])


async def test_a_button_finds_a_paper_whose_arxiv_id_became_known_later(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[make_paper(arxiv_id=None)]) as app, running(app) as server:
        card = await server.ada.slash(server.channel, "paper", paper="KettleNet: Telling Whistles Apart")
        await app.papers.upsert([make_paper()], now=2)
        assert card.response is not None
        result = await server.ada.click(card.response, label="BibTeX")
    assert "eprint = {2401.00001}" in str(embed_of(result)["description"])


async def test_nothing_on_a_card_pings_formats_or_links(tmp_path: Path) -> None:
    nasty = "@everyone [click](https://evil.example) <@1> **bold** ``` kettles"
    paper = make_paper(title=nasty, abstract=nasty * 300, authors=(nasty,) * 40, venue=nasty, categories=(nasty,) * 9)
    async with sample_app(tmp_path, papers=[paper]) as app, running(app) as server:
        card = await server.ada.slash(server.channel, "paper", paper="2401.00001")
        assert card.response is not None
        results = [card, *[await server.ada.click(card.response, label=label) for label in ("Abstract", "BibTeX")]]
    for result in results:
        for message in (result.response, *result.followups):
            assert message is not None
            assert_within_limits(message.embeds)
            text = str([embed.to_dict() for embed in message.embeds])
            if "```bibtex" in text:
                assert text.count("```") == 2  # in a block of code, nothing else means anything
                continue
            assert "@everyone" not in text
            assert "<@1>" not in text
            assert "](https://evil" not in text
            assert "**bold**" not in text


async def test_similar_lists_other_papers_with_their_links(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        result = await server.ada.slash(server.channel, "similar", paper="SpikeGPT")
    embed = embed_of(result)
    assert str(embed["title"]).startswith("Similar to: SpikeGPT")
    assert len([line for line in str(embed["description"]).splitlines() if "**" in line]) == 8
    assert "SpikeGPT" not in str(embed["description"])


async def test_titles_are_completed_from_memory(tmp_path: Path) -> None:
    papers = [
        *make_papers("The Old Kettle", "Kettles at Sea", "A Sea of Kettles", LONG_TITLE),
        *[make_paper(title=f"Pot {n}", arxiv_id=f"2402.{n:05}") for n in range(40)],
    ]
    async with sample_app(tmp_path, papers=papers) as app, running(app) as server:
        choices = {
            typed: await server.ada.autocomplete(server.channel, "paper", "paper", typed)
            for typed in ("kettle", "sea kettles", "2401.00003", "pot", "samovar", "")
        }
    names = {typed: [choice["name"] for choice in offered] for typed, offered in choices.items()}
    assert [name[:14] for name in names["kettle"]] == [
        "Kettles and ma",
        "Kettles at Sea",
        "A Sea of Kettl",
        "The Old Kettle",
    ]
    assert set(names["sea kettles"]) == {"Kettles at Sea", "A Sea of Kettles"}
    assert choices["2401.00003"] == [{"name": "A Sea of Kettles", "value": "2401.00003"}]
    assert len(names["pot"]) == len(names[""]) == 25
    assert names["samovar"] == []
    assert all(1 <= len(name) <= 100 for offered in names.values() for name in offered)


async def test_a_choice_names_its_paper(tmp_path: Path) -> None:
    papers = [make_paper(title=LONG_TITLE, arxiv_id=None), *make_papers("Pots")]
    async with sample_app(tmp_path, papers=papers) as app, running(app) as server:
        [choice] = await server.ada.autocomplete(server.channel, "paper", "paper", "kettles")
        assert len(choice["value"]) <= 100
        result = await server.ada.slash(server.channel, "paper", paper=choice["value"])
    assert str(embed_of(result)["title"]).startswith("Kettles and many more")


async def test_a_paper_that_came_in_meanwhile_is_offered(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[KETTLES]) as app, running(app) as server:
        assert await server.ada.autocomplete(server.channel, "similar", "paper", "pots") == []
        await app.papers.upsert([Paper(title="Pots", abstract="We boil.", origin="test")], now=2)
        assert await server.ada.autocomplete(server.channel, "similar", "paper", "pots") == [
            {"name": "Pots", "value": "pots"}
        ]


@pytest.mark.parametrize(
    ("command", "option"), [("summarise", "subject"), ("compare", "first"), ("compare", "fifth"), ("save", "paper")]
)
async def test_wherever_a_paper_is_named_titles_are_completed(tmp_path: Path, command: str, option: str) -> None:
    async with sample_app(tmp_path, papers=[KETTLES]) as app, running(app) as server:
        [choice] = await server.ada.autocomplete(server.channel, command, option, "whistles")
    assert choice["value"] == KETTLES.key
