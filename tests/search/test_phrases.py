"""Phrases in quotation marks, as papers hold them."""

import pytest

from bot.search.ranking.query_terms import holds_phrase, phrases_held


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("whistling kettle", "On Whistling Kettles"),
        ("kettles on stoves", "the kettle of a stove"),
        ("attention is all you need", "Attention Is All You Need!"),
        ("GPT4 scores", "GPT-4 scores"),
        ("GPT-4 scores", "GPT4 scores"),
        ("gpt 4", "GPT-4"),
        ("spike gpt", "SpikeGPT boils"),
        ("mixture-of-experts layer", "a mixture of experts layer"),
        ("mixture of experts", "mixture-of-experts"),
        ("selfsupervised learning", "self-supervised learning"),
        ("self supervised learning", "selfsupervised learning"),
        ("multi-modal pots", "multimodal pots"),
        ("α-divergence", "the alpha divergence"),
        ("C++ code", "in C++ code"),
        ("quantised model", "quantized models"),
    ],
)
def test_a_phrase_stands_where_its_words_follow_each_other(phrase: str, text: str) -> None:
    assert holds_phrase(phrase, ["A title", text])


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("kettle whistling", "whistling kettles"),
        ("whistling kettle", "whistling old kettles"),
        ("cat", "concatenation"),
        ("art of", "cart of pots"),
        ("what is the", "what is the kettle"),
        ("", "kettle"),
        ("?!", "kettle?!"),
        ("kettle", ""),
        ("C code", "in C++ code"),
    ],
)
def test_a_phrase_stands_nowhere_else(phrase: str, text: str) -> None:
    assert not holds_phrase(phrase, [text])


def test_a_phrase_does_not_run_from_the_title_into_the_abstract() -> None:
    assert not holds_phrase("pots kettles", ["On pots", "Kettles whistle."])


def test_different_phrases_are_counted() -> None:
    texts = ["Whistling kettles", "Porcelain pots pour."]
    assert phrases_held(["whistling kettle", "Whistling Kettles", "porcelain pot", "iron pot"], texts) == 2
    assert phrases_held([], texts) == 0
