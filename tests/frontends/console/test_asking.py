"""What is made of the words of a command."""

import pytest

from bot.errors.requests import QuestionEmpty
from bot.frontends.console.asking import sides, subjects


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["weather", "forecasting"], ["weather forecasting"]),
        (["2312.03876"], ["2312.03876"]),
        (["2312.03876", "2302.13939v2"], ["2312.03876", "2302.13939v2"]),
        (["2312.03876", "SpikeGPT"], ["2312.03876", "SpikeGPT"]),
        (["https://a.example/1", "https://a.example/2"], ["https://a.example/1", "https://a.example/2"]),
        (["A Survey of Mugs", "KettleNet"], ["A Survey of Mugs", "KettleNet"]),
        (["A Survey of Mugs; KettleNet ;"], ["A Survey of Mugs", "KettleNet"]),
    ],
)
def test_subjects_are_one_topic_or_several_papers(words: list[str], expected: list[str]) -> None:
    assert subjects(words) == expected


@pytest.mark.parametrize("words", [[], [""], [" ; "]])
def test_no_subject_is_an_error(words: list[str]) -> None:
    with pytest.raises(QuestionEmpty):
        subjects(words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["GPipe", "SpikeGPT"], ["GPipe", "SpikeGPT"]),
        (["GPipe", "VS.", "SpikeGPT"], ["GPipe", "SpikeGPT"]),
        (["GPipe ; spiking transformers"], ["GPipe", "spiking transformers"]),
        (list("abcde"), list("abcde")),
    ],
)
def test_sides_are_arguments_or_what_semicolons_separate(words: list[str], expected: list[str]) -> None:
    assert sides(words) == expected
