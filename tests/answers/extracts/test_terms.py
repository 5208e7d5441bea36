"""Terms explained by verbatim sentences."""

import pytest

from bot.answers.extracts.terms import SENTENCES, SENTENCES_A_PAPER, explanation_extracts
from bot.search.text.tokens import tokenize
from tests.factories import make_sources


def explained(term: str, *abstracts: str) -> list[str]:
    sources = make_sources(*abstracts)
    return [statement.text for statement in explanation_extracts(tokenize(term), sources)]


@pytest.mark.parametrize(
    ("term", "definition"),
    [
        ("whistling", "Whistling is a sound of steam."),
        ("KettleNet", "Here we introduce KettleNet, a network for kettles."),
        ("KettleNet", "We present `KettleNet', which hears kettles."),
        ("KettleNet", "KettleNet -- a network for kettles -- is small."),
        ("lid pools", "We use what we call lid pools."),
        ("TSM", "We design a novel Token Slimming Module (TSM), which is fast."),
        ("QSD", "A quantized spike-driven baseline (QSD-Transformer) is small."),
        ("spiking neural network", "Spiking neural networks (SNNs) need little energy."),
        ("GPT-4", "GPT-4 is a large model."),
    ],
)
def test_a_definition_comes_first(term: str, definition: str) -> None:
    other = f"{term} helps in the kitchen."
    assert explained(term, f"{other} {definition}")[0] == definition


def test_sentences_with_the_term_for_their_subject_follow() -> None:
    abstract = "We heat steam. In most kitchens, steam rises. Cups of steam vanish. Steam is a gas."
    assert explained("steam", abstract) == ["Steam is a gas.", "In most kitchens, steam rises."]


def test_a_sentence_that_only_has_the_term_is_better_than_none() -> None:
    assert explained("steam", "We heat steam. Cups are round.") == ["We heat steam."]


def test_nothing_is_shown_when_no_sentence_has_the_term() -> None:
    assert explained("steam", "Cups are round.") == []
    assert explained("", "Cups are round.") == []


def test_few_sentences_are_shown_and_few_of_one_paper() -> None:
    abstract = "Steam is a gas. Steam is the enemy. Steam is an art."
    found = explained("steam", abstract, abstract, abstract)
    assert len(found) == SENTENCES
    assert found[:SENTENCES_A_PAPER] == ["Steam is a gas.", "Steam is the enemy."]


def test_another_terms_short_form_defines_nothing() -> None:
    abstract = "We study Binary Vision Transformers (BiViT). A vision transformer is a network."
    assert explained("vision transformer", abstract) == ["A vision transformer is a network."]


def test_a_definition_with_a_foreign_link_is_not_shown() -> None:
    assert explained("steam", "Steam is a gas, see https://example.org/page. Steam rises.") == ["Steam rises."]
