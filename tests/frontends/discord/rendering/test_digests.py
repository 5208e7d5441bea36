"""A day's summary as one message."""

from collections.abc import Sequence
from datetime import date

import discord
import pytest

from bot.assistant.digests.digest import Digest, DigestItem
from bot.frontends.discord.rendering.digests import digest_embeds, marker
from bot.models import Paper
from tests.factories import make_paper, make_papers
from tests.frontends.discord.rendering.limits import NASTY, assert_within_limits, links, monstrous_paper

DAY = date(2024, 1, 6)
NOTICE = "Quoted sentences are taken word for word from abstracts: the model server can't be reached or is failing."


def make_digest(
    papers: Sequence[Paper], *, sentence: str = "It hums.", notice: str | None = None, verbatim: bool = True
) -> Digest:
    items = tuple(DigestItem(paper, sentence, verbatim=verbatim) for paper in papers)
    return Digest(day=DAY, items=items, total=len(items), notice=notice)


def text_of(embeds: Sequence[discord.Embed]) -> str:
    return "\n\n".join(embed.description or "" for embed in embeds)


def test_a_digest_names_its_day_its_papers_and_its_order() -> None:
    [embed] = digest_embeds(make_digest(make_papers("Kettles", "Pots")))
    assert embed.title == "New papers · Saturday, 6 Jan 2024"
    assert embed.description == (
        "1\\. **[Kettles](https://arxiv.org/abs/2401.00001)**\n“It hums.”\n-# 5 Jan 2024\n\n"
        "2\\. **[Pots](https://arxiv.org/abs/2401.00002)**\n“It hums.”\n-# 5 Jan 2024"
    )
    assert embed.footer.text == (
        "2 papers new since the last summary, most upvotes first, then most comments, then newest · "
        "paperbot digest 2024-01-06"
    )


def test_a_models_sentence_has_no_quotes() -> None:
    assert "\nIt hums.\n" in text_of(digest_embeds(make_digest(make_papers("Kettles"), verbatim=False)))


def test_an_empty_digest_gives_its_reason() -> None:
    [embed] = digest_embeds(make_digest([], notice="No papers have come."))
    assert embed.description == "-# No papers have come."
    assert embed.footer.text == "paperbot digest 2024-01-06"


def test_the_marker_is_always_at_the_messages_end() -> None:
    for digest in (make_digest([]), make_digest([monstrous_paper(n) for n in range(40)], notice=NOTICE)):
        embeds = digest_embeds(digest)
        assert (embeds[-1].footer.text or "").endswith(marker(DAY))
        assert all(not embed.footer.text for embed in embeds[:-1])
        assert [bool(embed.title) for embed in embeds] == [True] + [False] * (len(embeds) - 1)


@pytest.mark.parametrize("number", [1, 2, 10, 50])
@pytest.mark.parametrize("notice", [None, NOTICE, NASTY * 30], ids=["without", "with", "endless"])
def test_the_limits_hold_for_monstrous_papers(number: int, notice: str | None) -> None:
    papers = [monstrous_paper(n, arxiv_id=f"2401.{n:05}" if n % 2 else None) for n in range(1, number + 1)]
    embeds = digest_embeds(make_digest(papers, sentence=NASTY * 50, notice=notice))
    assert_within_limits(embeds)
    shown = text_of(embeds)
    assert "1\\. **[1 " in shown
    assert "@everyone" not in shown


@pytest.mark.parametrize("size", range(200, 300, 7))
def test_the_limits_hold_wherever_the_first_page_ends(size: int) -> None:
    papers = make_papers(*(f"{n} {'x' * size}" for n in range(30)))
    embeds = digest_embeds(make_digest(papers, sentence="y" * size, notice=NOTICE))
    assert_within_limits(embeds)
    shown = len(links(text_of(embeds)))
    assert 5 < shown < 30
    assert (embeds[-1].footer.text or "").startswith(f"{shown} of 30 papers new")
    assert [address for _, address in links(text_of(embeds))] == [paper.url for paper in papers[:shown]]
    assert "failing" in text_of(embeds)


def test_the_notice_finds_its_place_wherever_the_papers_end() -> None:
    lengths = set()
    for size in range(1, 290):
        papers = make_papers(*("x" * 100 for _ in range(9)), "y" * size)
        embeds = digest_embeds(make_digest(papers, sentence="z" * 240, notice=NOTICE))
        assert_within_limits(embeds)
        assert "failing" in (embeds[-1].description or "")
        lengths.add(len(embeds))
    assert lengths == {1, 2}


def test_ten_usual_papers_are_all_shown() -> None:
    papers = [
        make_paper(
            title=f"Kettle {n}: a title as papers have them, of some ninety characters, more or less, I say",
            arxiv_id=f"2401.{n:05}",
            authors=("Ada Kettle", "Ben Spout", "Cy Lid", "Di Pot"),
            upvotes=120,
            code_url=f"https://github.com/kettle/net{n}",
        )
        for n in range(10)
    ]
    embeds = digest_embeds(make_digest(papers, sentence="It hums and whistles in the morning. " * 5))
    assert (embeds[-1].footer.text or "").startswith("10 papers new")
    assert len([a for _, a in links(text_of(embeds)) if "arxiv" in a]) == 10
