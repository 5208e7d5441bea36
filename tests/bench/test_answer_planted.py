"""Errors planted into claims, and figures read apart from the checks."""

import random

import pytest

from bench.answer_claims import Claim, rearrange
from bench.answer_figures import figures_in, numbers_in
from bench.answer_planted import (
    BEYOND,
    PLANTS,
    Planting,
    altered_quote,
    cite,
    foreign_name,
    swapped_count,
    swapped_figure,
    true_quote,
    wrong_figure,
)
from tests.factories import make_paper

PAPER = make_paper(
    title="Kettles",
    abstract="KettleNet reaches 81.2% accuracy with 45M parameters. It needs three sensors and two microphones in "
    "small quiet rooms near open windows.",
)
CLAIM = Claim("With 45M parameters, KettleNet reaches 81.2% and needs three sensors.", PAPER)


def planting(most: int = 10) -> Planting:
    return Planting(f"{PAPER.title}\n{PAPER.abstract}", ["PotBERT", "KettleNet"], ["Stanford"], random.Random(1), most)


@pytest.mark.parametrize(
    ("sentence", "figures", "others"),
    [
        ("It gets 81.2% at 0.5G FLOPs, 3x faster.", ["81.2", "0.5", "3"], []),
        ("GPT-4 and T5 beat it on WeatherBench 2 and CIFAR-10.", [], ["4", "5", "2", "10"]),
        ("We (1) boil and (2) pour 12 pots.", ["12"], ["1", "2"]),
        ("As Shu et al. (2020) and others (Lee, 2019) found, 7 of 9 boil.", ["7", "9"], ["2020", "2019"]),
        ("It takes O(n^2) in 3D.", [], ["2", "3"]),
        ("On ImageNet 80.3% are right.", ["80.3"], []),
    ],
)
def test_figures_are_told_from_other_numbers(sentence: str, figures: list[str], others: list[str]) -> None:
    assert [figure.text for figure in figures_in(sentence)] == figures
    assert [number.text for number in numbers_in(sentence) if number.excluded] == others


def test_a_wrong_figure_stands_nowhere_in_the_sources() -> None:
    sentences = wrong_figure(CLAIM, planting())
    assert len(sentences) == 2
    known = {number.value for number in numbers_in(PAPER.abstract)}
    for sentence in sentences:
        assert sentence.endswith("sensors [1].")
        assert len([number for number in figures_in(sentence) if number.value not in known | {"1"}]) == 1


def test_every_figure_is_swapped_for_every_other_of_the_abstract() -> None:
    assert sorted(swapped_figure(CLAIM, planting())) == [
        "With 45M parameters, KettleNet reaches 45% and needs three sensors [1].",
        "With 81.2M parameters, KettleNet reaches 81.2% and needs three sensors [1].",
    ]
    assert len(swapped_figure(CLAIM, planting(most=1))) == 1
    assert swapped_count(CLAIM, planting()) == [
        "With 45M parameters, KettleNet reaches 81.2% and needs two sensors [1]."
    ]


def test_a_quotation_is_altered_in_one_word() -> None:
    (true,) = true_quote(CLAIM, planting())
    (altered,) = altered_quote(CLAIM, planting())
    words, others = (sentence.partition("“")[2].partition("”")[0].split() for sentence in (true, altered))
    assert " ".join(words) in PAPER.abstract
    assert sum(word != other for word, other in zip(words, others, strict=True)) == 1


def test_a_foreign_name_takes_the_place_of_one_that_the_source_has() -> None:
    assert foreign_name(Claim("Here KettleNet wins.", PAPER), planting()) == ["Here PotBERT wins [1]."]
    assert foreign_name(Claim("Nothing is named.", PAPER), planting()) == []


def test_every_plant_leaves_a_sentence_with_its_end() -> None:
    for plant in PLANTS.values():
        assert all(sentence.endswith(".") for sentence in plant(CLAIM, planting()))
    assert cite("Why?", BEYOND) == "Why [9]?"


def test_clauses_change_places_where_the_sentence_stays_true() -> None:
    draw = random.Random(1)
    moved = rearrange("While the kettle boils slowly (as here), the pot stays completely cold.", draw)
    assert moved == "The pot stays completely cold, While the kettle boils slowly."
    assert rearrange("Pots and kettles take one and two minutes, respectively, as we show.", draw) is None
    assert rearrange("It boils.", draw) is None
