"""Figures, and what they measure."""

import pytest

from bot.answers.grounding.figures import figure_values, find_figures, list_length, misplaced, missing

ABSTRACT = (
    "PVT with RetinaNet reaches 40.4 AP on COCO, where ResNet50 with RetinaNet gets 36.3 AP. "
    "It has 34.2M parameters and runs 3.6x faster with a drop of 0.5%. We train on four datasets for 300 epochs."
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("GPT-4, T5, COVID-19, ResNet50, BERT4Rec, v1.5 and A/2", set()),
        ("GPT\u20114", set()),
        ("1,000 and 12,345,678.5", {"1000", "12345678.5"}),
        ("12%, 3.5 %, 10x, 7-day, $40", {"12", "3.5", "10", "7", "40"}),
        ("Two or three, Twenty but not one", {"2", "3", "20"}),
        ("3–5 and 3-5", {"3", "5"}),
        ("in 2024, 12.", {"2024", "12"}),
        ("１２ layers", {"12"}),
        ("tentative often weighty", set()),
        ("both", set()),
        ("45M, 45 million and 6-billion", {"45", "6"}),
        ("3.72sim4.11times", {"3.72", "4.11"}),
        ("012 and 7.0", {"12", "7"}),
        ("(1) pots (2) lids", set()),
        ("", set()),
    ],
)
def test_figures(text: str, found: set[str]) -> None:
    assert figure_values(text) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "It gets 40.4 AP on COCO with RetinaNet and PVT.",
        "On COCO, PVT wins with 40.4 against 36.3 AP.",
        "ResNet50 gets 36.3 AP.",
        "There are 34.2 million parameters.",
        "It is 3.6 times faster, for a drop of 0.5 percent.",
        "Trained for 300 epochs on 4 datasets.",
        "Trained for 300 epochs on four datasets.",
    ],
)
def test_a_figure_that_measures_the_same_is_in_place(sentence: str) -> None:
    assert misplaced(find_figures(sentence), find_figures(ABSTRACT), lambda _: 1.0) == []
    assert missing(find_figures(sentence), figure_values(ABSTRACT)) == []


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("ResNet50 gets 40.4 AP.", ["40.4"]),
        ("There are 300M parameters.", ["300"]),
        ("It runs 34.2 times faster.", ["34.2"]),
        ("It runs 0.5x faster.", ["0.5"]),
        ("Trained for 36.3 epochs.", ["36.3"]),
        ("We train on three datasets.", ["3"]),
        ("The error falls by 300%.", ["300"]),
    ],
)
def test_a_figure_that_measures_something_else_is_misplaced(sentence: str, wrong: list[str]) -> None:
    assert (
        misplaced(find_figures(sentence), [*find_figures(ABSTRACT), *find_figures("3 seeds")], lambda _: 1.0) == wrong
    )


def test_what_is_not_there_is_missing_but_two_may_be_counted() -> None:
    assert missing(find_figures("It has 99 layers, two parts and 2 heads."), {"12"}) == ["99", "2"]


def test_a_numbered_list_can_be_counted() -> None:
    assert list_length("Our goals: (1) low power, (2) versatility, (3) speed.") == "3"
    assert list_length("1) low power 2) versatility") == "2"
    assert list_length("See (2) and 3.") is None
    assert list_length("") is None


TWICE = "The model has two variants of 45M and 216M parameters. It reaches 80.0% in three settings and two languages."


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("Two variants have 45M and 45M parameters.", ["45", "45"]),
        ("Both variants, of 45M and 216M parameters, exist in three languages.", ["3"]),
    ],
)
def test_a_figure_repeated_in_the_place_of_another_is_misplaced(sentence: str, wrong: list[str]) -> None:
    assert set(misplaced(find_figures(sentence), find_figures(TWICE), lambda _: 1.0)) == set(wrong)


def test_a_figure_that_the_source_repeats_may_be_repeated() -> None:
    source = find_figures("It gains 3% on kettles and 3% on pots, with 12 lids.")
    assert misplaced(find_figures("Kettles gain 3% and pots gain 3%."), source, lambda _: 1.0) == []
