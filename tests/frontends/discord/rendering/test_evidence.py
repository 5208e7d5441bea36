"""Evidence as embeds."""

from dataclasses import replace

import pytest

from bot.answers.answer import Answer, Evidence, Kind, Row, Statement
from bot.frontends.discord.answers.rendering import evidence_embeds, has_evidence
from tests.factories import make_papers
from tests.frontends.discord.rendering.answers import make_answer, make_comparison, make_summary, said
from tests.frontends.discord.rendering.limits import NASTY, assert_within_limits, links, monstrous_paper

HEAD = "-# What the answer says, with its sources quoted word for word below."
PROOF = "> “It reaches 91.5% accuracy on 1,200 recordings.”"
KETTLES = "-# [1] [KettleNet: Telling Whistles Apart](https://arxiv.org/abs/2401.00001)"


def text_of(answer: Answer) -> str:
    [embed] = evidence_embeds(answer)
    assert embed.title == "Evidence"
    return embed.description or ""


def test_each_sentence_of_an_answer_is_followed_by_what_supports_it() -> None:
    answer = make_answer(said("It is right in 91.5% of cases."), said("It hears 1,200 recordings."))
    assert text_of(answer) == (
        f"{HEAD}\n\n"
        f"It is right in 91.5% of cases [1].\n{PROOF}\n{KETTLES}\n\n"
        f"It hears 1,200 recordings [1].\n{PROOF}\n{KETTLES}"
    )


def test_a_sentence_with_two_sources_shows_both() -> None:
    both = Statement(
        "Both are loud.", (1, 2), evidence=(Evidence(1, "Kettles whistle for many reasons."), Evidence(2, "Mugs hum."))
    )
    shown = text_of(make_answer(both, papers=make_papers("Kettles", "Mugs")))
    assert "Both are loud [1][2].\n> “Kettles whistle for many reasons.”\n-# [1] [Kettles]" in shown
    assert "\n-# [2] [Mugs]" in shown


def test_a_cell_is_shown_with_its_row_and_its_side() -> None:
    shown = text_of(make_comparison(Row("Result", ((said("It is right."),), (said("They hum.", 2),)))))
    assert f"**Result** · KettleNet\nIt is right [1].\n{PROOF}\n-# [1] [Study 1]" in shown
    assert f"**Result** · Mugs\nThey hum [2].\n{PROOF}\n-# [2] [Study 2]" in shown


def test_a_row_of_a_summary_is_shown_with_its_aspect_and_once() -> None:
    shown = text_of(
        make_summary(Row("In short", ((said("It is right."),),)), Row("Result", ((said("It is right."),),)))
    )
    assert shown == f"{HEAD}\n\n**In short**\nIt is right [1].\n{PROOF}\n{KETTLES}"


def test_what_is_verbatim_already_says_so() -> None:
    own = Statement("Kettles whistle for many reasons.", (1,))
    shown = text_of(make_summary(Row("Problem", ((own,),)), Row("Result", ((said("It is right."),),))))
    assert (
        f"**Problem**\n> “Kettles whistle for many reasons.”\n{KETTLES} · appears word for word in the answer" in shown
    )


def test_what_the_store_knows_beside_the_text_is_no_quotation() -> None:
    statement = said("It came out in 2024.", evidence="From the record: published 5 January 2024.")
    assert "\n> From the record: published 5 January 2024.\n" in text_of(make_answer(statement))


def test_only_what_is_in_other_words_than_its_source_has_evidence() -> None:
    answer = make_answer(said("It is right."))
    assert has_evidence(answer)
    assert has_evidence(make_comparison(Row("Result", ((), (said("They hum.", 2),)))))
    assert not has_evidence(replace(answer, kind=Kind.EXTRACTS))
    assert not has_evidence(make_answer(Statement("It whistles.", (1,))))
    assert not has_evidence(make_answer(kind=Kind.NOTHING, statements=()))


@pytest.mark.parametrize("number", [1, 20])
def test_the_limits_hold_and_nothing_foreign_pings_or_links(number: int) -> None:
    papers = [monstrous_paper(n) for n in range(1, 6)]
    cells = tuple((said(NASTY * 9, n, NASTY * 9),) for n in range(1, 6))
    rows = [Row(NASTY, tuple((replace(cell[0], text=f"{n} {NASTY * 9}"),) for cell in cells)) for n in range(number)]
    embeds = evidence_embeds(make_comparison(*rows, names=[NASTY] * 5, papers=papers))
    assert len(embeds) > 1
    for embed in embeds:
        assert_within_limits([embed])
        assert "@everyone" not in (embed.description or "")
        assert "<@1>" not in (embed.description or "")
        assert all(address.startswith("https://arxiv.org/") for _, address in links(embed.description))
