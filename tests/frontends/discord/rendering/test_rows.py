"""Summaries and comparisons as lines."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.answer import Answer, Evidence, Kind, Row, Statement
from bot.frontends.discord.answers.rendering import PartialAnswer, answer_embeds, writing_embed
from tests.factories import make_papers
from tests.frontends.discord.rendering.answers import make_answer, make_comparison, make_summary, said, text_of
from tests.frontends.discord.rendering.limits import NASTY, assert_within_limits, links, monstrous_paper

PAPERS = make_papers("Kettles", "Mugs")


def test_a_summary_of_one_paper_has_a_line_for_each_aspect() -> None:
    [embed] = answer_embeds(
        make_summary(
            Row("In short", ((said("A network listens to kettles."),),)),
            Row("Result", ((said("It is right in 91.5% of cases."),),)),
            Row("Limits", ((),)),
        )
    )
    assert embed.author.name == "Summary"
    assert embed.title == "KettleNet: Telling Whistles Apart"
    assert (embed.description or "").startswith(
        "**In short** A network listens to kettles [1].\n\n"
        "**Result** It is right in 91.5% of cases [1].\n\n"
        "**Limits** *not stated in the abstract*\n\n"
        "**Sources**\n[1] **[KettleNet"
    )


def test_a_summary_without_a_short_line_just_lacks_it() -> None:
    shown = text_of(make_summary(Row("In short", ((),)), Row("Method", ((said("It listens."),),))))
    assert shown.startswith("**Method** It listens [1].")


def test_what_is_word_for_word_stands_in_quotation_marks() -> None:
    own = Statement("We present KettleNet, a network of 12 layers.", (1,))
    shown = text_of(make_summary(Row("Method", ((own,),)), kind=Kind.EXTRACTS, notice="No model is set up."))
    assert shown.startswith(
        "**Method** “We present KettleNet, a network of 12 layers.” [1]\n\n-# No model is set up.\n\n**Sources**"
    )


def test_a_summary_of_several_has_each_paper_once_with_its_links_and_line() -> None:
    [embed] = answer_embeds(
        make_summary(
            Row("Kettles", ((said("Kettles whistle."), said("They are loud.")),)),
            Row("Mugs", ((Statement("Mugs hum.", (2,)),),)),
            papers=PAPERS,
            statements=(said("Both make sounds."),),
            question="sounds of kitchens",
        )
    )
    assert embed.title == "sounds of kitchens"
    assert embed.description == (
        "Both make sounds [1].\n\n"
        "[1] **[Kettles](https://arxiv.org/abs/2401.00001)**\n"
        "Kettles whistle [1]. They are loud [1].\n"
        "-# 5 Jan 2024\n\n"
        "[2] **[Mugs](https://arxiv.org/abs/2401.00002)**\n"
        "“Mugs hum.” [2]\n"
        "-# 5 Jan 2024"
    )


def test_a_paper_of_several_without_a_line_of_its_own_is_not_lost() -> None:
    shown = text_of(make_summary(Row("Kettles", ((said("Kettles whistle."),),)), papers=PAPERS))
    assert "\n\n**Sources**\n[2] **[Mugs]" in shown
    empty = text_of(make_summary(Row("Kettles", ((said("Kettles whistle."),),)), Row("Mugs", ((),)), papers=PAPERS))
    assert empty.endswith("[2] **[Mugs](https://arxiv.org/abs/2401.00002)**\n-# 5 Jan 2024")


def test_a_comparison_names_its_sides_once_and_has_a_line_for_each() -> None:
    [embed] = answer_embeds(
        make_comparison(
            Row("Method", ((said("A network of 12 layers."),), (said("A survey.", 2), said("A test.", 2)))),
            Row("Cost", ((said("It is cheap."),), ())),
            Row("Code", ((), ())),
        )
    )
    assert embed.author.name == "Comparison"
    assert embed.title == "KettleNet vs. Mugs"
    assert (embed.description or "").startswith(
        "**A** · KettleNet [1]\n"
        "**B** · Mugs [2]\n\n"
        "**Method**\n"
        "**A** · A network of 12 layers [1].\n"
        "**B** · A survey [2]. A test [2].\n\n"
        "**Cost**\n"
        "**A** · It is cheap [1].\n"
        "**B** · *not stated in the abstract*\n\n"
        "**Code**\n"
        "**A, B** · *not stated in the abstract*\n\n"
        "**Sources**\n"
    )


def test_a_summary_that_finds_nothing_says_why() -> None:
    nothing = make_answer(kind=Kind.NOTHING, statements=(), papers=(), notice="Nothing is about this.", model=None)
    assert text_of(nothing) == "Nothing is about this."


def test_rows_are_shown_while_they_are_written() -> None:
    comparison = make_comparison(Row("Method", ((said("A network."),), ())))
    draft = PartialAnswer(comparison.question, comparison.sources, comparison.columns, list(comparison.rows))
    embed = writing_embed(draft)
    assert embed.title == "KettleNet vs. Mugs"
    assert (embed.description or "").endswith(
        "**Method**\n**A** · A network [1].\n**B** · *not stated in the abstract* …"
    )


TEXTS = st.text(max_size=400) | st.sampled_from(
    [NASTY, NASTY * 8, "x" * 3000, "\n> - # @everyone <#1>\n", "](https://e.x)"]
)
CELLS = st.lists(
    st.builds(lambda text, proof: Statement(text, (1,), evidence=(Evidence(1, proof),) if proof else ()), TEXTS, TEXTS),
    max_size=3,
).map(tuple)


@st.composite
def hostile_comparisons(draw: st.DrawFn) -> Answer:
    sides = draw(st.integers(2, 5))
    rows = draw(st.lists(st.builds(Row, TEXTS, st.tuples(*[CELLS] * sides)), min_size=1, max_size=10))
    names = draw(st.lists(TEXTS, min_size=sides, max_size=sides))
    return make_comparison(
        *rows, names=names, papers=[monstrous_paper(n, code_url=None, project_url=None) for n in range(1, sides + 1)]
    )


@pytest.mark.slow
@settings(max_examples=30)
@given(hostile_comparisons())
def test_any_comparison_keeps_within_the_limits_and_neither_pings_nor_links(answer: Answer) -> None:
    pieces = answer_embeds(answer)
    draft = PartialAnswer(answer.question, answer.sources, answer.columns, list(answer.rows))
    for embed in [*pieces, writing_embed(draft)]:
        assert_within_limits([embed])
        shown = f"{embed.title}{embed.description}"
        assert "@everyone" not in shown
        assert "<#1>" not in shown
        assert "<@1>" not in shown
        for _, address in links(embed.description):
            assert address.startswith("https://arxiv.org/")


def test_the_papers_of_a_topic_are_found_by_number_where_titles_are_the_same() -> None:
    twins = make_papers("Kettles", "Kettles")
    rows = [Row("Kettles", ((said(f"Study {number}.", number),),)) for number in (1, 2)]
    shown = text_of(make_summary(*rows, papers=twins))
    assert [address for _, address in links(shown)] == [paper.url for paper in twins]
