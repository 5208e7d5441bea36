"""Figures that a source has, given to another name, to other data, in another turn, or the other way."""

import pytest

from bot.answers.grounding.owners import of_another
from bot.answers.grounding.source_text import SourceText
from tests.factories import make_paper

KETTLES = SourceText(
    make_paper(
        title="KettleNet",
        abstract="KettleNet brings cuts of 3.5 times and 7.2 times in boiling time and water use, respectively. On "
        "SteamBench it reaches 81.4% accuracy. On HotPotQA it gains 12.5%. It needs 40% fewer lids and "
        "9 times more copper. Small, medium and large models reach 61.2%, 66.3% and 70.9% with 5M, "
        "20M and 80M parameters, respectively.",
    )
)
PANS = SourceText(make_paper(title="PanFormer", abstract="PanFormer reaches 93.1% on SteamBench with 30 layers."))


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("KettleNet cuts boiling time by 3.5 times and water use by 7.2 times.", []),
        ("KettleNet cuts boiling time by 7.2 times and water use by 3.5 times.", ["3.5", "7.2"]),
        ("With KettleNet boiling time is 3.5 times shorter.", []),
        ("With KettleNet water use falls by a factor of 3.5.", ["3.5"]),
        ("It cuts boiling time and water use by 3.5 and 7.2 times, respectively.", []),
        ("The large model, with 80M parameters, reaches 70.9%.", []),
        ("The model with 5M parameters reaches 70.9%.", ["70.9"]),
        ("It reaches 81.4% on SteamBench.", []),
        ("It reaches 81.4% on HotPotQA.", ["81.4%"]),
        ("It reaches 81.4% on this data.", []),
        ("It needs 40% fewer lids.", []),
        ("It needs 40% more lids.", ["40"]),
        ("It needs 9 times less copper.", ["9"]),
        ("It needs 40% of the lids.", []),
    ],
)
def test_a_figure_belongs_where_its_source_puts_it(sentence: str, wrong: list[str]) -> None:
    assert [figure.rstrip("%") for figure in of_another(sentence, [KETTLES])] == [it.rstrip("%") for it in wrong]


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("On SteamBench, KettleNet reaches 81.4% and PanFormer 93.1%.", []),
        ("On SteamBench, PanFormer reaches 81.4%, far from the best.", ["81.4"]),
        ("KettleNet has 30 layers and was compared with others.", ["30"]),
        ("Both have fewer than 93.1% of what was expected.", []),
    ],
)
def test_a_figure_of_one_source_is_not_anothers(sentence: str, wrong: list[str]) -> None:
    assert of_another(sentence, [KETTLES, PANS]) == wrong
