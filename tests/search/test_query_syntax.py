"""Syntax of other engines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.query.field_words import without_syntax


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("kettles AND pots", "kettles pots"),
        ("kettles OR (pots AND lids)", "kettles (pots lids)"),
        ("kettles && pots || lids", "kettles pots lids"),
        ("+kettles +“hot pots”", "kettles “hot pots”"),
        ("kettles -pots", "kettles"),
        ('kettles -"hot pots"', "kettles"),
        ("kettles NOT pots", "kettles"),
        ("kettles ANDNOT pots", "kettles"),
        ("kettles AND NOT (pots OR lids)", "kettles"),
        ("title:kettles", "kettles"),
        ("ti:kettles AND abs:pots", "kettles pots"),
        ('intitle:"hot pots"', '"hot pots"'),
        ("Title: Kettles", "Kettles"),
        ("all:kettles", "kettles"),
        ("kettle~ pots~2", "kettle pots"),
        ('"hot pots"~5', '"hot pots"'),
        ("kettles^3 pots^0.5", "kettles pots"),
        ("kettles site:arxiv.org filetype:pdf", "kettles"),
        ("kettles -site:arxiv.org", "kettles"),
        ("kettles NEAR/3 pots", "kettles pots"),
    ],
)
def test_it_is_left_out(typed: str, left: str) -> None:
    assert without_syntax(typed) == left


@pytest.mark.parametrize(
    "text",
    [
        "models that do NOT forget",
        "WHY DOES THE KETTLE NOT BOIL",
        "mixture-of-experts",
        "GPT-4 and T-5",
        "what is A* search?",
        "C++ and C#",
        "O(n^2) and n^2 and 10^3",
        "+1 nucleosomes, -4 degrees",
        "https://arxiv.org/abs/2310.01234",
        "what is the ratio a:b?",
        "kettle*",
        "",
    ],
)
def test_all_else_stays_as_it_is(text: str) -> None:
    assert without_syntax(text) == text


@given(st.text())
def test_nothing_raises(text: str) -> None:
    without_syntax(text)
