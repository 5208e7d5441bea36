"""British and American spellings."""

import pytest

from bot.search.text.spelling import american
from bot.search.text.tokens import tokenize


@pytest.mark.parametrize(
    ("british", "spelled"),
    [
        ("quantised", "quantized"),
        ("optimisation", "optimization"),
        ("generalises", "generalizes"),
        ("analysed", "analyzed"),
        ("modelling", "modeling"),
        ("labelled", "labeled"),
        ("behaviours", "behaviors"),
        ("centre", "center"),
        ("defence", "defense"),
        ("tumour", "tumor"),
        ("kilometres", "kilometers"),
        ("practised", "practiced"),
        ("focussed", "focused"),
        ("greyscale", "grayscale"),
        ("artefacts", "artifacts"),
        ("judgement", "judgment"),
        ("learnt", "learned"),
        ("manoeuvres", "maneuvers"),
        ("manoeuvred", "maneuvered"),
        ("centred", "centered"),
        ("haemoglobin", "hemoglobin"),
        ("leukaemia", "leukemia"),
        ("oestrogen", "estrogen"),
        ("paediatric", "pediatric"),
    ],
)
def test_both_spellings_meet(british: str, spelled: str) -> None:
    assert american(british) == spelled
    assert tokenize(british) == tokenize(spelled)


@pytest.mark.parametrize(
    "word", ["noise", "supervised", "precise", "otherwise", "elementwise", "raise", "exercise", "promise", "rise"]
)
def test_words_with_one_spelling_stay(word: str) -> None:
    assert american(word) == word
