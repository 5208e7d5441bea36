"""Search results as an embed."""

import pytest

from bot.frontends.discord.papers.pages import results_embed
from tests.factories import make_paper, make_papers
from tests.frontends.discord.rendering.limits import NASTY, assert_within_limits, links, monstrous_paper


def test_papers_are_listed_best_first_with_their_links() -> None:
    embed = results_embed("whistling kettles", make_papers("Kettles", "Pots"), searched=52)
    assert embed.title == "Search: whistling kettles"
    assert embed.description == (
        "1\\. **[Kettles](https://arxiv.org/abs/2401.00001)**\n-# 5 Jan 2024\n\n"
        "2\\. **[Pots](https://arxiv.org/abs/2401.00002)**\n-# 5 Jan 2024"
    )
    assert embed.footer.text == "Best matches first · searched titles and abstracts of 52 papers"


def test_no_paper_is_said_in_words() -> None:
    embed = results_embed("samovars", [], searched=1, nothing="No paper is by Ada.")
    assert embed.description == "No paper is by Ada."
    assert "titles and abstracts of 1 paper" in (embed.footer.text or "")


@pytest.mark.parametrize(("number", "fitting"), [(1, 1), (10, 10), (25, 22)])
def test_the_limits_hold_and_no_paper_is_cut_in_two(number: int, fitting: int) -> None:
    papers = [monstrous_paper(n) for n in range(1, number + 1)]
    embed = results_embed(NASTY * 20, papers, searched=10**9)
    assert_within_limits([embed])
    shown = [address for _, address in links(embed.description) if "arxiv.org/abs" in address]
    assert shown == [paper.url for paper in papers[:fitting]]


def test_everything_that_papers_usually_have_fits_for_ten_of_them() -> None:
    papers = [
        make_paper(
            title=f"Kettle {n}: " + "a rather long title " * 6,
            arxiv_id=f"2401.{n:05}",
            authors=("Ada Kettle", "Ben Spout", "Cy Lid", "Di Pot"),
            upvotes=120,
            comments=7,
            code_url=f"https://github.com/kettle/net{n}",
        )
        for n in range(10)
    ]
    embed = results_embed("kettles", papers, searched=52)
    assert [a for _, a in links(embed.description) if "arxiv" in a] == [paper.url for paper in papers]
    assert_within_limits([embed])
