"""Summaries, comparisons and explanations asked for in words."""

import pytest

from bot.answers.answer import Task
from bot.answers.planning.imperatives import Imperative, find_imperative
from bot.answers.request import Level


@pytest.mark.parametrize(
    ("message", "subjects"),
    [
        ("summarise 2310.01234", ("2310.01234",)),
        ("tl;dr of https://arxiv.org/abs/2310.01234v2?", ("2310.01234",)),
        ("Summarize 2310.01234 and 2311.00001, please", ("2310.01234", "2311.00001")),
        ("please summarize spiking transformers since 2024", ("spiking transformers since 2024",)),
        ("can you give me a summary of the paper SpikeGPT?", ("SpikeGPT",)),
        ("TLDR Dual-Branch: How to Decode EEG", ("Dual-Branch: How to Decode EEG",)),
    ],
)
def test_a_summary_is_ordered(message: str, subjects: tuple[str, ...]) -> None:
    assert find_imperative(message) == Imperative(Task.SUMMARY, subjects)


@pytest.mark.parametrize(
    ("message", "sides", "aspects"),
    [
        ("compare GPipe and SpikeGPT", ("GPipe", "SpikeGPT"), ()),
        ("Compare GPipe, SpikeGPT and Stormer on cost and data.", ("GPipe", "SpikeGPT", "Stormer"), ("cost", "data")),
        ("pls compare DBConformer vs ClST in terms of parameters", ("DBConformer", "ClST"), ("parameters",)),
    ],
)
def test_a_comparison_is_ordered(message: str, sides: tuple[str, ...], aspects: tuple[str, ...]) -> None:
    assert find_imperative(message) == Imperative(Task.COMPARISON, sides, aspects=aspects)


@pytest.mark.parametrize(
    ("message", "term", "level"),
    [
        ("explain codebook features", "codebook features", Level.PRACTITIONER),
        (
            "can someone explain codebook features to me like i'm a second year student",
            "codebook features",
            Level.NEWCOMER,
        ),
        ("explain BERT like I'm 5", "BERT", Level.NEWCOMER),
        ("explain spiking networks for experts", "spiking networks", Level.EXPERT),
        ("define PSCA", "PSCA", Level.PRACTITIONER),
    ],
)
def test_an_explanation_is_ordered(message: str, term: str, level: Level) -> None:
    assert find_imperative(message) == Imperative(Task.EXPLANATION, (term,), level=level)


@pytest.mark.parametrize(
    "message",
    [
        "what is Stormer?",
        "compare A and B: which is faster?",
        "compare it to GPipe",
        "compare GPipe",
        "summarise it",
        "and explain that",
        "explain why LayerNorm helps",
        "explain",
        "explain to me",
        "how does Stormer compare with GPipe?",
        "",
    ],
)
def test_questions_and_replies_are_answered_in_prose(message: str) -> None:
    assert find_imperative(message) is None
