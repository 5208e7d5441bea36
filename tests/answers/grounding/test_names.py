"""Names, however they are joined."""

import pytest

from bot.answers.grounding.source_text import foreign_names, name_forms

KNOWN = name_forms("Spike-GPT and GPT-4 by the KD-CNN team at River Lab use PVT, ViTs and RetinaNet's heads on WMT'14.")


@pytest.mark.parametrize(
    "sentence",
    [
        "SpikeGPT is there.",
        "Spike GPT is there.",
        "GPT4 and GPT\u20114 are one.",
        "PVT+RetinaNet works.",
        "PVT/RetinaNet works.",
        "It is GPT-4-based.",
        "A ViT, the PVTs and the KD-CNN.",
        "We see River Lab in mid-sentence.",
        "In January and on Monday it rained.",
        "RetinaNet’s heads",
        "plain words of any kind",
    ],
)
def test_known_names_pass(sentence: str) -> None:
    assert foreign_names(sentence, KNOWN, capitals=True) == []


@pytest.mark.parametrize(
    ("sentence", "foreign"),
    [
        ("It beats GPT-40.", ["GPT-40"]),
        ("It beats GPT-5.", ["GPT-5"]),
        ("PVT+ResNet works.", ["PVT+ResNet"]),
        ("It is BERT-based.", ["BERT-based"]),
        ("It comes from Google and from Ada Smith.", ["Google", "Ada", "Smith"]),
    ],
)
def test_foreign_names_do_not(sentence: str, foreign: list[str]) -> None:
    assert foreign_names(sentence, KNOWN, capitals=True) == foreign


def test_where_all_nouns_have_capitals_only_marked_names_count() -> None:
    assert foreign_names("Das Netz schlägt GPT-5 im Test.", KNOWN, capitals=False) == ["GPT-5"]
