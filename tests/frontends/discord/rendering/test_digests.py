"""A day's summary as one message."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import discord
import pytest

from bot.digests.digest import Addition, Digest, DigestItem, Headline, RoundUp
from bot.frontends.discord.digests.rendering import digest_embeds, marker
from bot.models import Paper
from tests.factories import make_paper, make_papers
from tests.frontends.discord.rendering.limits import NASTY, assert_within_limits, links, monstrous_paper

DAY = date(2024, 1, 6)
ORDER = "most upvotes first, then most comments, then newest"
NOTICE = "Quoted sentences come word for word from abstracts because the model server is unreachable or failing."


def make_digest(
    papers: Sequence[Paper],
    *,
    sentence: str = "It hums.",
    notice: str | None = None,
    verbatim: bool = True,
    groups: Sequence[str | None] = (),
    **facts: Any,
) -> Digest:
    items = tuple(
        DigestItem(paper=paper, sentence=sentence, verbatim=verbatim, group=groups[at] if groups else None)
        for at, paper in enumerate(papers)
    )
    known = {"key": "settings-5", "name": "New papers", "day": DAY, "order": ORDER, "total": len(items)}
    return Digest(items=items, notice=notice, **{**known, **facts})


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
        "2 new papers, most upvotes first, then most comments, then newest · paperbot digest 2024-01-06"
    )


def test_a_models_sentence_has_no_quotes() -> None:
    assert "\nIt hums.\n" in text_of(digest_embeds(make_digest(make_papers("Kettles"), verbatim=False)))


def test_an_empty_digest_gives_its_reason() -> None:
    [embed] = digest_embeds(make_digest([], notice="No papers have come."))
    assert embed.description == "No papers have come."
    assert embed.footer.text == "paperbot digest 2024-01-06"


def test_the_marker_is_always_at_the_messages_end() -> None:
    for digest in (make_digest([]), make_digest([monstrous_paper(n) for n in range(40)], notice=NOTICE)):
        embeds = digest_embeds(digest)
        assert (embeds[-1].footer.text or "").endswith(marker("settings-5", DAY))
        assert all(not embed.footer.text for embed in embeds[:-1])
        assert [bool(embed.title) for embed in embeds] == [True] + [False] * (len(embeds) - 1)


@pytest.mark.parametrize("number", [1, 2, 10, 50])
@pytest.mark.parametrize("notice", [None, NOTICE, NASTY * 30], ids=["without", "with", "endless"])
def test_the_limits_hold_for_monstrous_papers(number: int, notice: str | None) -> None:
    papers = [monstrous_paper(n, arxiv_id=f"2401.{n:05}" if n % 2 else None) for n in range(1, number + 1)]
    embeds = digest_embeds(make_digest(papers, sentence=NASTY * 50, notice=notice))
    assert_within_limits(embeds)
    shown = text_of(embeds)
    assert "1\\. **" in shown
    assert "@everyone" not in shown


def usual(number: int) -> Paper:
    return make_paper(
        title=f"Kettle {number}: a title as papers have them, of some ninety characters, more or less, I say",
        arxiv_id=f"2401.{number:05}",
        authors=("Ada Kettle", "Ben Spout", "Cy Lid", "Di Pot"),
        upvotes=120,
        code_url=f"https://github.com/kettle/net{number}",
    )


@pytest.mark.parametrize("number", [1, 9, 10, 15, 25])
def test_up_to_25_usual_papers_are_all_shown_each_with_a_sentence(number: int) -> None:
    papers = [usual(at) for at in range(number)]
    embeds = digest_embeds(make_digest(papers, sentence="It hums and whistles in the morning. " * 5, notice=NOTICE))
    assert_within_limits(embeds)
    shown = text_of(embeds)
    assert (embeds[-1].footer.text or "").startswith(f"{number} new paper")
    assert [address for _, address in links(shown) if "arxiv" in address] == [paper.url for paper in papers]
    assert shown.count("“It hums") == number
    assert "failing" in shown


@pytest.mark.parametrize("size", range(60, 300, 7))
def test_the_limits_hold_wherever_the_first_page_ends(size: int) -> None:
    papers = make_papers(*(f"{n} {'x' * size}" for n in range(30)))
    embeds = digest_embeds(make_digest(papers, sentence="y" * size, notice=NOTICE))
    assert_within_limits(embeds)
    shown = len(links(text_of(embeds)))
    assert 25 <= shown <= 30
    assert (embeds[-1].footer.text or "").startswith(f"{shown} of 30 new papers" if shown < 30 else "30 new papers")
    assert [address for _, address in links(text_of(embeds))] == [paper.url for paper in papers[:shown]]
    assert "failing" in text_of(embeds)


def test_groups_have_headings_and_numbers_run_through_them() -> None:
    papers = make_papers("Kettles", "Pots", "Lids")
    shown = text_of(digest_embeds(make_digest(papers, groups=["whistling", "whistling", "Other"])))
    heads = [line for line in shown.splitlines() if line.startswith(("#", "1", "2", "3"))]
    assert [line.split("](")[0] for line in heads] == [
        "### whistling",
        "1\\. **[Kettles",
        "2\\. **[Pots",
        "### Other",
        "3\\. **[Lids",
    ]


def test_a_headline_stands_above_and_cites_the_papers_numbers() -> None:
    digest = make_digest(make_papers("Kettles", "Pots"), headline=Headline("Both hum.", (1, 2)))
    assert text_of(digest_embeds(digest)).startswith("Both hum [1][2].\n\n1\\. ")


def test_why_a_paper_is_there_stands_first_among_its_details_and_once() -> None:
    paper = make_paper(upvotes=12)
    item = DigestItem(paper=paper, sentence="", verbatim=True, reasons=("matches “hum”", "12 upvotes"))
    digest = Digest(key="1", name="Morning", day=DAY, items=(item,), total=1, order=ORDER)
    assert text_of(digest_embeds(digest)).endswith("\n-# matches “hum” · 12 upvotes · 5 Jan 2024")


def test_what_came_later_and_feeds_in_trouble_are_told_below() -> None:
    added = Addition(datetime(2024, 1, 6, 14, 5, tzinfo=UTC), 2)
    digest = make_digest(make_papers("Kettles"), additions=(added,), feeds=("The feed *hums*.",), notice="So it is.")
    assert text_of(digest_embeds(digest)).endswith(
        "\n\n-# 2 papers added at 14:05.\n-# ⚠ The feed \\*hums\\*.\n-# So it is."
    )


def test_a_post_with_a_thread_says_how_to_ask_there() -> None:
    hint = "\n\n-# Ask about these papers in the thread below: mention me there."
    assert text_of(digest_embeds(make_digest(make_papers("Kettles"), thread=True))).endswith(hint)
    assert "Ask" not in text_of(digest_embeds(make_digest([], thread=True, notice="Nothing.")))


def test_a_weekly_round_up_counts_and_names_what_became_of_papers() -> None:
    kettles, pots, lids = make_papers("Kettles", "Pots", "Lids")
    digest = make_digest(
        [kettles],
        period="weekly",
        key="3",
        name="Round-up",
        round_up=RoundUp(total=64, before=52, withdrawn=(pots,), released=(lids,)),
    )
    (embed,) = digest_embeds(digest)
    assert embed.title == "Round-up · week to 6 Jan 2024"
    text = embed.description or ""
    assert text.startswith("64 papers arrived, 12 more than in the week before.\n\n1\\. ")
    assert text.endswith(
        "**Withdrawn**\n- [Pots](https://arxiv.org/abs/2401.00002)\n\n"
        "**Code released**\n- [Lids](https://arxiv.org/abs/2401.00003)"
    )
    assert (embed.footer.text or "").endswith("paperbot digest 2024-01-06 #3")


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (None, "64 papers arrived."),
        (64, "64 papers arrived, as many as in the month before."),
        (70, "64 papers arrived, 6 fewer than in the month before."),
    ],
)
def test_a_month_is_compared_with_the_one_before(before: int | None, said: str) -> None:
    digest = make_digest([], period="monthly", round_up=RoundUp(total=64, before=before))
    assert text_of(digest_embeds(digest)) == said


def test_a_post_on_request_has_no_marker_so_that_it_is_not_taken_for_the_days() -> None:
    (embed,) = digest_embeds(make_digest(make_papers("Kettles")), note="on request")
    assert (embed.footer.text or "").endswith("newest · on request")


def test_the_limits_hold_for_a_monstrous_everything() -> None:
    papers = [monstrous_paper(n) for n in range(25)]
    digest = make_digest(
        papers,
        sentence=NASTY * 50,
        notice=NASTY * 50,
        name=NASTY * 5,
        order=NASTY * 20,
        groups=[f"{n // 6} {NASTY}" for n in range(25)],
        headline=Headline(NASTY * 30, tuple(range(1, 9))),
        feeds=(NASTY * 20,) * 9,
        additions=(Addition(datetime(2024, 1, 6, 14, 5, tzinfo=UTC), 2),) * 50,
        round_up=RoundUp(total=10**6, before=0, withdrawn=tuple(papers[:5]), released=tuple(papers[:5])),
    )
    embeds = digest_embeds(digest)
    assert_within_limits(embeds)
    assert "@everyone" not in text_of(embeds)


def test_hugging_faces_summary_is_marked_and_the_mark_explained() -> None:
    kettles, pots = make_papers("Kettles", "Pots")
    digest = make_digest([kettles, pots])
    theirs = replace(digest, items=(replace(digest.items[0], by_hub=True, verbatim=False), digest.items[1]))
    text = text_of(digest_embeds(theirs))
    assert "It hums. \\(Hugging Face\\)\n" in text
    assert "-# \\(Hugging Face\\): a summary by a model there, not checked here." in text
    assert "Hugging Face" not in text_of(digest_embeds(digest))
