"""Text to sentences, whole and while it is written."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.answers.sentences import MARKER, SentenceStream, ends_sentence, split_sentences

# What makes sentences hard, in any order.
PARTS = [
    *" \n.!?…,:;)”*_-",
    "Kettles",
    "whistle",
    "et al.",
    "e.g.",
    "3.5",
    "1.",
    "vs.",
    "J. K.",
    "[1]",
    "[1, 2]",
    "[2-4]",
    "【1】",
    "[",
    "]",
    "[1,",
    "- item",
    "\n\n",
    "\t",
    "\xa0",
]
texts = st.lists(st.sampled_from(PARTS), max_size=30).map("".join) | st.text()


def cut(text: str, places: Sequence[int]) -> list[str]:
    """Cut `text` at places, taken modulo its length."""
    ends = sorted({0, len(text), *(place % (len(text) + 1) for place in places)})
    return [text[start:end] for start, end in pairwise(ends)]


def stream(pieces: Sequence[str]) -> list[str]:
    sentences = SentenceStream()
    return [sentence for piece in pieces for sentence in sentences.feed(piece)] + sentences.finish()


@given(texts, st.lists(st.integers(0, 1000), max_size=8))
@example("It hums.\n[1] It boils.", [])
@example("It hums. [1,\n2] It boils.", [])
@example("   .", [1])
def test_the_sentences_are_the_same_however_the_text_is_cut(text: str, places: list[int]) -> None:
    assert stream(cut(text, places)) == stream([text])
    assert stream(list(text)) == stream([text])


@given(texts)
def test_nothing_is_lost(text: str) -> None:
    assert "".join(stream([text])).split() == text.split(), "but for the length of blanks"
    assert "".join("".join(split_sentences(text)).split()) == "".join(text.split())


@given(texts)
def test_no_sentence_is_blank_or_has_two_lines(text: str) -> None:
    for sentence in split_sentences(text):
        assert sentence
        assert sentence == sentence.strip()
        assert "\n" not in sentence


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One whistles. Two hum.", ["One whistles.", "Two hum."]),
        ("Does it? It does! Good…  Yes", ["Does it?", "It does!", "Good…", "Yes"]),
        ("Brown et al. boil water. Done.", ["Brown et al. boil water.", "Done."]),
        ("Vessels, e.g. kettles, i.e. pots, cf. lids. Done.", ["Vessels, e.g. kettles, i.e. pots, cf. lids.", "Done."]),
        ("Kettles hum [Ref. 1]. Done.", ["Kettles hum [Ref. 1].", "Done."]),
        ("It gains 3.5 points. Then 0.7.", ["It gains 3.5 points.", "Then 0.7."]),
        ("Kettles vs. pots, see Fig. 3 and Eq. 2. Done.", ["Kettles vs. pots, see Fig. 3 and Eq. 2.", "Done."]),
        ("By J. K. Kettle. Done.", ["By J. K. Kettle.", "Done."]),
        ("It hums.[1] It boils. [2] It ends [3].", ["It hums.[1]", "It boils. [2]", "It ends [3]."]),
        ("It hums. [1][2] It boils.", ["It hums. [1][2]", "It boils."]),
        ("It hums. [1], [2-4] and so.", ["It hums. [1], [2-4] and so."]),
        ("It hums.【1】 It boils 【2】.", ["It hums.【1】", "It boils 【2】."]),
        ("“It hums.” It boils. *Done.* So", ["“It hums.”", "It boils.", "*Done.*", "So"]),
        ("- one hums [1]\n- two boils [2]", ["- one hums [1]", "- two boils [2]"]),
        ("1. One hums [1].\n2. Two boils [2].", ["1. One hums [1].", "2. Two boils [2]."]),
        ("10. Ten hums [1].", ["10. Ten hums [1]."]),
        ("It has 12. Then more.", ["It has 12.", "Then more."]),
        ("One\n\nTwo", ["One", "Two"]),
        ("It hums.\n[1] It boils.", ["It hums.", "[1] It boils."]),
        ("用 3.5 倍 [1]。这个方法更好 [2]。", ["用 3.5 倍 [1]。", "这个方法更好 [2]。"]),
        ("这是一。[1] 这是二！[2]", ["这是一。[1]", "这是二！[2]"]),
        ("速いです。「安い」と言う。", ["速いです。", "「安い」と言う。"]),
        ("no full stop", ["no full stop"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_where_sentences_end(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


def test_a_sentence_comes_as_soon_as_the_next_one_begins() -> None:
    sentences = SentenceStream()
    assert sentences.feed("It hums. ") == []
    assert sentences.feed("[1") == []
    assert sentences.feed("] ") == []
    assert sentences.feed("I") == ["It hums. [1]"]
    assert sentences.finish() == [" I"]
    assert sentences.finish() == []


@pytest.mark.parametrize(
    "text",
    ["It hums.", "It hums [1]", "It hums. [1]  ", "Hums?", "“Hums.”", "Two:", "*Hums!*", "【1】", "用 [1]。", "好！"],
)
def test_whole_sentences(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["It hu", "It hums, and", "It hums [1", "It has 3", ""])
def test_sentences_that_break_off(text: str) -> None:
    assert not ends_sentence(text)


@pytest.mark.parametrize("marker", ["[1]", "[12]", "[ 1 ]", "[1, 2]", "[1,2;3]", "[1-3]", "[1–3]", "【1】", " [1]"])
def test_markers(marker: str) -> None:
    assert MARKER.fullmatch(marker)


@pytest.mark.parametrize("text", ["[]", "[a]", "[1a]", "[1234]", "(1)", "[1,]", "[1,\n2]", "1"])
def test_what_is_no_marker(text: str) -> None:
    assert not MARKER.fullmatch(text)
