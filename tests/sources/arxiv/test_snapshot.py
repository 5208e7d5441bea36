"""Records of the snapshot of arXiv's metadata."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.models import Paper
from bot.sources.json_lines import read_value
from bot.sources.records import Refusal
from tests.snapshots import record

PAPER = read_value(record(1, title="A Study\n  of Kettles", abstract="  We study\nkettles.\n  At length.\n"), 1)


def test_a_record_is_a_paper() -> None:
    assert (
        Paper(
            title="A Study of Kettles",
            abstract="We study kettles.\n\nAt length.",
            origin="arxiv",
            arxiv_id="2001.00001",
            version=2,
            authors=("Ada Example", "Béla Example", "C. Example Jr"),
            author_count=3,
            published=date(2020, 1, 6),
            categories=("cs.CL", "cs.AI"),
        )
        == PAPER
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"comments": "Accepted at ICML 2020"}, {"venue": "ICML 2020"}),
        ({"comments": "Accepted at ICML 2020", "journal-ref": "Kettle Letters 3"}, {"venue": "Kettle Letters 3"}),
        ({"comments": "This paper has been withdrawn by the author"}, {"withdrawn": date(2020, 2, 4)}),
        ({"comments": "Code at https://github.com/a/b"}, {"code_url": "https://github.com/a/b"}),
        ({"id": "hep-th/9901001", "categories": "hep-th math-ph"}, {"categories": ("hep-th", "math-ph")}),
        ({"versions": []}, {"version": None, "published": None}),
        ({"versions": [{"version": "vX", "created": "never"}, None, 5]}, {"version": None, "published": None}),
    ],
)
def test_what_a_record_tells_beside(changes: dict[str, Any], expected: dict[str, Any]) -> None:
    found = read_value({**record(1, title="A Study of Kettles", abstract="We study kettles."), **changes}, 1)
    assert isinstance(found, Paper)
    assert {name: getattr(found, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({"id": "row 5"}, "not an arXiv id"), ({"abstract": None}, "no abstract: 2001.00001"), ({"title": 5}, "no title")],
)
def test_what_is_no_paper_is_refused(changes: dict[str, Any], reason: str) -> None:
    refused = read_value(record(1, **changes), 7)
    assert isinstance(refused, Refusal)
    assert refused.line == 7
    assert refused.reason.startswith(reason)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda values: st.lists(values, max_size=4) | st.dictionaries(st.text(max_size=8), values, max_size=4),
    max_leaves=8,
)
FIELDS = (
    "id",
    "title",
    "abstract",
    "comments",
    "journal-ref",
    "categories",
    "versions",
    "authors_parsed",
    "update_date",
)


@pytest.mark.slow
@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(FIELDS), JSON))
def test_any_values_make_a_paper_or_a_refusal(changes: dict[str, Any]) -> None:
    found = read_value(record(1, **changes), 1)
    if isinstance(found, Paper):
        assert found.title
        assert found.abstract
        assert replace(found) == found
    else:
        assert found.reason
