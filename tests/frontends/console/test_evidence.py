"""The evidence of answers."""

from bot.answers.answer import Statement
from bot.frontends.console.rendering import render_evidence
from tests.frontends.console.answers import METHOD, make_answer, make_comparison
from tests.frontends.console.paper import printed


def test_each_sentence_is_followed_by_what_supports_it() -> None:
    assert printed(render_evidence(make_answer())) == (
        "Evidence\n"
        "\n"
        "A network of 12 layers tells whistles apart.\n"
        "  [1] “We present KettleNet, a network of 12 layers.”\n"
        "\n"
        "It is right in 91.5% of cases.\n"
        "  [1] “It reaches 91.5% accuracy on 1,200 recordings.”\n"
    )


def test_a_sentence_in_several_cells_is_told_once() -> None:
    shown = printed(render_evidence(make_comparison(5)))
    assert shown.count("A network of 12 layers tells whistles apart.") == 1
    assert "[3] “We survey 300 mugs.”" in shown


def test_what_is_word_for_word_needs_none() -> None:
    own = Statement("KettleNet is a network.", (1,))
    mixed = make_answer(statements=(own, METHOD))
    assert "  [1] word for word from the abstract\n" in printed(render_evidence(mixed))
    extracts = make_answer(statements=(own,))
    assert printed(render_evidence(extracts)).startswith("The sentences above come word for word")


def test_an_answer_without_a_citation_has_none() -> None:
    assert printed(render_evidence(make_answer(statements=()))) == "This answer has no citations.\n"
