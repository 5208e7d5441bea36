"""Citations as models write them."""

import pytest

from bot.answers.citations import closing, read_citations, with_numbers


@pytest.mark.parametrize(
    "marker",
    [
        " [1]", "[1]", " 【1】", "【1†source】", " [1†L3]", " [1†L3-L5]", " [Source 1]", " [Ref. 1]", " [#1]", " [^1]",
        " (1)", " (Paper 1)", "¹", " ［1］", r" \[1\]", " [[1]](https://example.org/x)", " [1](https://example.org/x)",
        "<sup>[1]</sup>", "<sup>1</sup>", " (see [1])", " [1, Abstract]", " [Quelle 1]", " [[1]]", " ([1])",
    ],
)  # fmt: skip
def test_every_form_is_one_citation_and_nothing_of_it_is_left(marker: str) -> None:
    for sentence in (f"Kettles whistle{marker}.", f"Kettles whistle.{marker}"):
        read = read_citations(sentence)
        assert (read.text, read.bare, read.numbers) == ("Kettles whistle.", "Kettles whistle.", (1,))


@pytest.mark.parametrize(
    ("markers", "numbers"),
    [
        ("[1] and [2]", (1, 2)),
        ("[1], [2]", (1, 2)),
        ("[1-3]", (1, 2, 3)),
        ("[2; 1]", (2, 1)),
        ("[Source 1, Source 3]", (1, 3)),
        ("(Papers 1 and 2)", (1, 2)),
        ("(see [1], [4])", (1, 4)),
        ("[1]【2】", (1, 2)),
    ],
)
def test_several_at_once(markers: str, numbers: tuple[int, ...]) -> None:
    read = read_citations(f"Kettles whistle {markers}.")
    assert (read.text, read.numbers) == ("Kettles whistle.", numbers)


@pytest.mark.parametrize(
    "sentence",
    [
        "It takes 10⁹ kettles of n² litres on 3 km².",
        "It holds by Equation (1).",
        "It (1) boils and (2) whistles.",
        "The value f(1) whistles.",
        "It whistles 10<sup>9</sup> times.",
        "It came out in (2024).",
    ],
)
def test_what_may_mean_something_else_is_no_citation(sentence: str) -> None:
    read = read_citations(sentence)
    assert (read.text, read.numbers) == (sentence, ())


@pytest.mark.parametrize(
    "sentence",
    [
        "As shown in [1], kettles whistle.",
        "According to [1], kettles whistle.",
        "As [1] shows, kettles whistle.",
        "[1] and [2] both find whistles.",
        "The papers disagree: [1] argues that kettles hum, whereas [2] shows whistles.",
        "The closest is the set of [2], which whistles.",
        "Unlike [2], kettles whistle.",
        "Kettles are what [1] calls pots.",
        "Wie in [1] gezeigt, pfeifen Kessel.",
        "Selon [1], ça siffle.",
        "[1]提出了方法。",
    ],
)
def test_a_marker_that_is_a_word_of_its_sentence_stays(sentence: str) -> None:
    read = read_citations(sentence)
    assert read.text == sentence
    assert read.spoken_of == set(read.numbers)
    assert "[" not in read.bare
    assert closing(read.text, read.numbers) == ()


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("[1] Kettles whistle.", "Kettles whistle."),
        ("It has two levels, [1] namely lids.", "It has two levels, namely lids."),
        ("KettleNet [1] uses a lid.", "KettleNet uses a lid."),
        ("Kettles hum [1], and pots boil [2].", "Kettles hum, and pots boil."),
    ],
)
def test_a_marker_that_only_cites_goes(sentence: str, text: str) -> None:
    assert read_citations(sentence).text == text


def test_words_are_numbered_as_they_are_shown() -> None:
    assert with_numbers("As [3] shows, unlike [1], it hums.", {3: 1, 1: 2}) == "As [1] shows, unlike [2], it hums."
    assert closing("As [1] shows, it hums.", (1, 2)) == (2,)


def test_a_paper_that_is_spoken_of_by_its_number_is_a_citation() -> None:
    read = read_citations("Source 1 reports whistles.")
    assert (read.text, read.numbers) == ("Source [1] reports whistles.", (1,))
