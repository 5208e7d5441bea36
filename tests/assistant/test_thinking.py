"""Thinking aloud is not shown, wherever the stream is cut."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assistant.thinking import ThinkingFilter
from tests.assistant.test_sentences import cut

PARTS = ["<think>", "</think>", "<thi", "nk>", "</", "<", ">", "think", "/", "Kettles hum. ", "\n"]
texts = st.lists(st.sampled_from(PARTS), max_size=12).map("".join)


def shown(pieces: Sequence[str]) -> str:
    thinking = ThinkingFilter()
    return "".join(thinking.feed(piece) for piece in pieces) + thinking.finish()


@given(texts, st.lists(st.integers(0, 200), max_size=6))
def test_the_same_is_shown_however_the_text_is_cut(text: str, places: list[int]) -> None:
    assert shown(cut(text, places)) == shown([text])
    assert shown(list(text)) == shown([text])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Kettles hum.", "Kettles hum."),
        ("<think>secret</think>Kettles hum.", "Kettles hum."),
        ("One <think>a</think>two <think>b</think>three", "One two three"),
        ("<think>a <think> b</think>rest", "rest"),
        ("<think>never ends", ""),
        ("Shown <think>never ends </thin", "Shown "),
        ("a < b <thin", "a < b <thin"),
        ("</think>stray", "</think>stray"),
        ("", ""),
    ],
)
def test_what_is_left(text: str, left: str) -> None:
    assert shown([text]) == left


def test_text_is_shown_at_once_and_only_a_possible_tag_waits() -> None:
    thinking = ThinkingFilter()
    assert thinking.feed("Kettles <th") == "Kettles "
    assert thinking.feed("ree") == "<three"
    assert thinking.feed(" hum") == " hum"


@given(st.text(alphabet="abc<>/ ", max_size=30))
def test_a_text_without_tags_is_left_as_it_is(text: str) -> None:
    assert shown(list(text)) == text
