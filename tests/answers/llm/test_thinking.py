"""Thinking aloud is not shown, wherever the stream is cut."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.llm.thinking import ThinkingFilter
from tests.answers.test_sentences import cut

PARTS = ["<think>", "</think>", "<thi", "nk>", "</", "<", ">", "think", "/", "Kettles hum. ", "\n"]
MANNERS = [
    *PARTS,
    "◁think▷",
    "◁/think▷",
    "[THINK]",
    "[/THINK]",
    "<|im_end|>",
    "<|im_start|>",
    "user",
    "assistant",
    "</s>",
]
MANNERS += ["<|channel|>", "analysis", "final", "<|message|>", "<|end|>", "```", "md", "A", "<answer>", "İ"]
texts = st.lists(st.sampled_from(PARTS), max_size=12).map("".join)


def shown(pieces: Sequence[str], *, unopened: bool = False) -> str:
    thinking = ThinkingFilter(unopened=unopened)
    return "".join(thinking.feed(piece) for piece in pieces) + thinking.finish()


@given(texts, st.lists(st.integers(0, 200), max_size=6))
def test_the_same_is_shown_however_the_text_is_cut(text: str, places: list[int]) -> None:
    assert shown(cut(text, places)) == shown([text])
    assert shown(list(text)) == shown([text])
    assert shown(list(text), unopened=True) == shown([text], unopened=True)


@given(st.lists(st.sampled_from(MANNERS), max_size=10).map("".join))
def test_the_same_is_shown_of_every_manner_however_the_text_is_cut(text: str) -> None:
    assert shown(list(text)) == shown([text])
    assert shown(list(text), unopened=True) == shown([text], unopened=True)


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
        ("</think>Kettles hum.", "Kettles hum."),
        ("\n </think>Kettles hum.", "\n Kettles hum."),
        ("Hm, kettles.</think>Kettles hum.", "Hm, kettles.\n</think>\nKettles hum."),
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


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Hm, kettles.</think>Kettles hum.", "Kettles hum."),
        ("<think>Hm, kettles.</think>Kettles hum.", "Kettles hum."),
        ("Kettles hum, without a thought.", "Kettles hum, without a thought."),
        ("", ""),
    ],
)
def test_what_precedes_a_closing_tag_is_thinking_where_it_is_expected(text: str, left: str) -> None:
    assert shown(list(text), unopened=True) == left


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Hm.</think>Kettles hum.", True),
        ("</think>Kettles hum.", True),
        ("<think>Hm.</think>Kettles hum.", False),
        ("<think>Hm.</think>Kettles</think> hum.", False),
        ("Kettles hum.", False),
    ],
)
def test_a_closing_tag_without_an_opening_one_is_told(text: str, seen: bool) -> None:
    thinking = ThinkingFilter()
    for piece in text:
        thinking.feed(piece)
    assert thinking.unopened_seen is seen
