"""What is offered for a title that is being typed."""

import pytest

from bot.search.completion import TitleList

TITLES = TitleList(
    [
        ("2401.00001", "Attention Is All You Need"),
        ("hep-th/9901001", "On Attention"),
        ("all-attention", "All attention: a Größe of Its Own"),
        ("2401.00002", "Inattention"),
        ("2401.00003", "漢字 and kettles"),
    ]
)


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("attention", ["2401.00001", "hep-th/9901001", "all-attention", "2401.00002"]),
        ("ATTENTION is", ["2401.00001"]),
        ("all att", ["all-attention", "2401.00001"]),
        ("grosse", ["all-attention"]),
        ("groß", ["all-attention"]),
        ("漢", ["2401.00003"]),
        ("tention", ["2401.00001", "hep-th/9901001", "all-attention", "2401.00002"]),
        ("2401.0000", ["2401.00001", "2401.00002", "2401.00003"]),
        ("https://arxiv.org/pdf/2401.00002v3", ["2401.00002"]),
        ("hep-th/9901001", ["hep-th/9901001"]),
        ("need on attention", []),
        ("…", ["2401.00001", "hep-th/9901001", "all-attention", "2401.00002", "2401.00003"]),
    ],
)
def test_titles_that_begin_so_come_first_then_those_with_the_words(typed: str, keys: list[str]) -> None:
    assert [titled.key for titled in TITLES.matching(typed, limit=25)] == keys


def test_no_more_are_offered_than_asked_for() -> None:
    titles = TitleList([(f"2401.{n:05}", "Kettles") for n in range(100)])
    for typed in ("", "kettles", "2401 kettles"):
        assert [titled.key for titled in titles.matching(typed, limit=25)] == [f"2401.{n:05}" for n in range(25)]


def test_a_list_of_nothing_offers_nothing() -> None:
    assert TitleList().matching("kettles", limit=25) == []
    assert TitleList([("a", "…")]).matching("kettles", limit=25) == []
