"""Which language a text is in."""

import pytest

from bot.answers.language import is_foreign, language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("What is the best way to train it?", "en"),
        ("how does it work and what is it for", "en"),
        ("Wie funktioniert das und was ist der Unterschied?", "de"),
        ("Wie viele Daten braucht wav2vec oder SSAST?", "de"),
        ("Gibt es Arbeiten zur Erkennung von Handschrift?", "de"),
        ("Welche Transformer sagen Verkehr voraus?", "de"),
        ("L'amélioration moyenne est de 60.9%.", "fr"),
        ("DHVT 和 DeiT-LT 分别解决什么问题？", "cjk"),
        ("Quels sont les avantages de cette méthode ?", "fr"),
        ("¿Cuál es la mejor manera de entrenar una red?", "es"),
        ("Come funziona questa rete e quali sono i dati?", "it"),
        ("Quais são os melhores modelos para isso?", "pt"),
        ("Wat is het verschil met een ander model?", "nl"),
        ("Jak to działa i co jest w tym nowego?", "pl"),
        ("什么是尖峰神经网络？", "cjk"),
        ("Что такое импульсная сеть?", "cyrillic"),
        ("スパイクとは何ですか", "hiragana"),
        ("ما هي الشبكة العصبية؟", "arabic"),
    ],
)
def test_a_language_is_told_by_its_small_words_or_its_script(text: str, code: str) -> None:
    assert language(text) == code
    assert is_foreign(text) is (code != "en")


@pytest.mark.parametrize(
    "text",
    ["", "Stormer", "SpikeGPT vs GPipe", "1234 5.6", "???", "α + β = γ", "\u03bb-calculus", "transformer attention"],
)
def test_what_tells_no_language_counts_as_english(text: str) -> None:
    assert language(text) is None
    assert not is_foreign(text)


def test_an_english_sentence_with_a_foreign_name_stays_english() -> None:
    assert not is_foreign("What is the difference to the method of Erdős and the lab of École Normale?")
    assert not is_foreign("what does 注意力 mean in the paper on attention?")


def test_a_tie_is_no_language() -> None:
    assert language("die die") is None, "as German as Dutch"
