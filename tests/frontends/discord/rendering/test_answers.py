"""Answers as embeds, within Discord's limits and with links from the store alone."""

import pytest

from bot.answers.answer import Kind, Statement
from bot.frontends.discord.answers.rendering import PartialAnswer, answer_embeds, writing_embed
from tests.factories import make_paper, make_papers
from tests.frontends.discord.rendering.answers import make_answer, text_of
from tests.frontends.discord.rendering.limits import NASTY, assert_within_limits, links, monstrous_paper


def test_a_short_answer_is_one_message_with_question_sources_and_what_was_searched() -> None:
    [embed] = answer_embeds(
        make_answer(Statement("It tells whistles apart.", (1,)), Statement("It hums.", (1,), lead="\n- "))
    )
    assert embed.author.name == "Answer"
    assert embed.title == "what is KettleNet?"
    assert embed.description == (
        "It tells whistles apart [1].\n"
        "- It hums [1].\n\n"
        "**Sources**\n"
        "[1] **[KettleNet: Telling Whistles Apart](https://arxiv.org/abs/2401.00001)**\n"
        "-# 5 Jan 2024 · [code](https://github.com/kettle/net) · [project](https://kettle.example)"
    )
    assert embed.footer.text == (
        "Searched 1,234 papers, 1 Jan 2023 to 5 Jan 2024, abstracts only · checked by words only · kettle-1"
    )


def test_extracts_are_quotes_with_their_reason() -> None:
    shown = text_of(make_answer(kind=Kind.EXTRACTS, notice="These are sentences: no model.", model=None))
    assert shown.startswith("> “It tells whistles apart.” [1]\n\n-# These are sentences: no model.\n\n**Sources**")


@pytest.mark.parametrize(
    ("kind", "heading", "list_heading"),
    [
        (Kind.ANSWER, "Answer", "**Sources**"),
        (Kind.EXTRACTS, "Extracts", "**Sources**"),
        (Kind.CLOSEST, "No answer, but the closest papers", "**Closest papers**"),
    ],
)
def test_each_kind_says_what_it_is_in_words(kind: Kind, heading: str, list_heading: str) -> None:
    [embed] = answer_embeds(make_answer(kind=kind, notice="Why."))
    assert embed.author.name == heading
    assert list_heading in (embed.description or "")


def test_no_answer_has_a_reason_and_no_sources() -> None:
    [embed] = answer_embeds(
        make_answer(kind=Kind.NOTHING, statements=(), papers=(), notice="Nothing is about this.", model=None, span=None)
    )
    assert embed.author.name == "No answer"
    assert embed.description == "Nothing is about this."
    assert embed.footer.text == "Searched 1,234 papers, abstracts only"


def test_another_wording_stands_above_the_answer_escaped_and_cut() -> None:
    shown = text_of(make_answer(wording="how *loud* is [KettleNet](https://evil.example) @everyone?"))
    assert shown.startswith(
        "-# Searched for: how \\*loud\\* is \\[KettleNet\\]\\(`https://evil.example`\\) @\u200beveryone?\n\nIt tells"
    )
    long = make_answer(wording=NASTY * 30)
    assert_within_limits(answer_embeds(long))
    assert len(text_of(long).splitlines()[0]) < 700


def test_a_kept_answer_says_so() -> None:
    [embed] = answer_embeds(make_answer(cached=True))
    assert (embed.footer.text or "").endswith("kettle-1 · reused from an earlier, identical question")


def test_links_come_from_the_papers_alone() -> None:
    statement = Statement("See [this](https://evil.example) or https://evil.example/b or discord.gg/abc.", (1,))
    shown = text_of(make_answer(statement))
    assert {address for _, address in links(shown)} == {
        "https://arxiv.org/abs/2401.00001",
        "https://github.com/kettle/net",
        "https://kettle.example",
    }
    assert "(https://evil" not in shown


def test_a_paper_without_an_id_links_a_search_and_says_so() -> None:
    [(label, address)] = links(text_of(make_answer(papers=[make_paper(arxiv_id=None)])))
    assert label == "find on arXiv"
    assert address.startswith("https://arxiv.org/search/?query=KettleNet")


def test_a_long_answer_goes_over_several_messages_and_keeps_every_sentence() -> None:
    statements = [Statement(f"Kettle number {n} whistles in the morning.", (1,), lead="\n- ") for n in range(300)]
    embeds = answer_embeds(make_answer(*statements))
    shown = "\n".join(embed.description or "" for embed in embeds)
    assert len(embeds) > 2
    assert [bool(embed.title) for embed in embeds] == [True] + [False] * (len(embeds) - 1)
    assert [bool(embed.footer.text) for embed in embeds] == [False] * (len(embeds) - 1) + [True]
    assert all(f"Kettle number {n} whistles in the morning [1]." in shown for n in range(300))
    for embed in embeds:
        assert_within_limits([embed])


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("number", [1, 8, 30])
def test_the_limits_hold_for_monstrous_papers(kind: Kind, number: int) -> None:
    papers = [monstrous_paper(n, arxiv_id=f"2401.{n:05}" if n % 2 else None) for n in range(1, number + 1)]
    answer = make_answer(
        *(Statement(NASTY * 30, tuple(range(1, number + 1))) for _ in range(6)),
        papers=papers,
        kind=kind,
        question=NASTY * 12,
        notice=NASTY * 3,
    )
    embeds = answer_embeds(answer)
    for embed in embeds:
        assert_within_limits([embed])
        assert "@everyone" not in f"{embed.title}{embed.description}"
        for _, address in links(embed.description):
            assert address.startswith(("https://arxiv.org/", "https://example.org/"))


def test_many_sources_each_keep_their_whole_link() -> None:
    papers = make_papers(*(f"Kettle {'very ' * 30}long number {n}" for n in range(60)))
    shown = links(text_of(make_answer(papers=papers)))
    assert [address for _, address in shown] == [paper.url for paper in papers]


def test_an_answer_that_is_being_written_shows_its_end() -> None:
    embed = writing_embed(
        PartialAnswer("what?", statements=[Statement("Kettles hum.", (1,)), Statement("Pots rattle.", (2,))])
    )
    assert embed.title == "what?"
    assert embed.description == "Kettles hum [1]. Pots rattle [2]. …"
    long = writing_embed(PartialAnswer("what?", statements=[Statement(f"Kettle {n} hums.", (1,)) for n in range(1000)]))
    assert (long.description or "").endswith("Kettle 999 hums [1]. …")
    assert_within_limits([long])
    assert_within_limits([writing_embed(PartialAnswer(NASTY * 50))])
