"""Entries of the query API and of the feeds of new papers."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.models import Paper
from bot.sources.arxiv.feeds import read_listing, read_page
from bot.sources.records import Refusal
from bot.sources.xml_entries import XmlRefusedError
from tests.fakes.feeds.arxiv_atom import Entry, api_answer, api_error, new_papers

FRIDAY = date(2026, 10, 9)
ENTRY = Entry(id="2610.01234")
PAPER = Paper(
    title="Kettle Studies: How Kettles Whistle",
    abstract="We heard kettles whistle. They differ.\n\nA second paragraph says so too.",
    origin="arxiv",
    arxiv_id="2610.01234",
    version=1,
    authors=("Ada Example", "Béla Example"),
    author_count=2,
    published=date(2026, 10, 5),
    categories=("cs.CL", "cs.AI"),
)


def read(entry: Entry) -> Paper | Refusal:
    [record] = read_page([api_answer([entry])]).records
    return record


def test_an_entry_of_the_api_is_a_paper() -> None:
    page = read_page([api_answer([ENTRY, replace(ENTRY, id="2610.09999", version=3)], total=70, start=20)])
    assert page.total == 70
    assert page.records == (PAPER, replace(PAPER, arxiv_id="2610.09999", version=3))


def test_old_ids_venues_and_code_are_taken() -> None:
    entry = replace(
        ENTRY, id="hep-th/9901001", comment="12 pages, accepted at NeurIPS 2026; code: https://github.com/a/b."
    )
    expected = replace(PAPER, arxiv_id="hep-th/9901001", venue="NeurIPS 2026", code_url="https://github.com/a/b")
    assert read(entry) == expected
    assert read(replace(entry, journal="Kettle Letters 12 (2026) 34")) == replace(
        expected, venue="Kettle Letters 12 (2026) 34"
    )


def test_the_primary_category_comes_first_and_classes_of_others_are_left_out() -> None:
    record = read(replace(ENTRY, categories=("math-ph", "cs.CL", "68T50", "I.2.7; I.2.6", "cond-mat.stat-mech")))
    assert isinstance(record, Paper)
    assert record.categories == ("math-ph", "cs.CL", "cond-mat.stat-mech")


@pytest.mark.parametrize(
    ("fields", "withdrawn"),
    [
        ({"comment": "This paper has been withdrawn by the authors due to an error in Lemma 3"}, True),
        ({"comment": "Withdrawn: superseded by arXiv:2610.00001"}, True),
        ({"comment": "arXiv admin note: this submission has been withdrawn by arXiv administrators"}, True),
        ({"comment": "6 pages. We have withdrawn this paper"}, True),
        ({"abstract": "This paper has been withdrawn by the author."}, True),
        ({"comment": "12 pages. Withdrawn from ICLR 2026 before review"}, False),
        ({"comment": "This paper was withdrawn from a conference"}, False),
        ({"abstract": "We study withdrawal. Notices say: this paper has been withdrawn. We count them."}, False),
        ({"abstract": "Money withdrawn by users of banks is counted."}, False),
    ],
)
def test_withdrawals_are_told_in_words(fields: dict[str, str], withdrawn: bool) -> None:
    record = read(replace(ENTRY, version=2, updated=FRIDAY, **fields))  # type: ignore[arg-type]
    assert isinstance(record, Paper)
    assert record.withdrawn == (FRIDAY if withdrawn else None)


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (replace(ENTRY, id="nonsense"), "not an arXiv id"),
        (replace(ENTRY, title=" \u200b "), "no title: 2610.01234"),
        (replace(ENTRY, abstract="\n"), "no abstract: 2610.01234"),
    ],
)
def test_what_is_no_paper_is_refused_with_its_place(entry: Entry, reason: str) -> None:
    _, refused = read_page([api_answer([ENTRY, entry])]).records
    assert isinstance(refused, Refusal)
    assert refused.line == 2
    assert reason in refused.reason


def test_an_unknown_id_and_a_bad_one() -> None:
    assert read_page([api_answer([])]).records == ()
    page = read_page([api_error("incorrect id format for x")])
    assert (page.error, page.records) == ("incorrect id format for x", ())


def test_other_xml_is_no_answer_of_arxivs() -> None:
    for document in (b"<rss><channel/></rss>", b"<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title></feed>"):
        with pytest.raises(XmlRefusedError, match="totalResults"):
            read_page([document])
    with pytest.raises(XmlRefusedError, match="isn't an Atom feed"):
        read_listing([b"<rss><channel/></rss>"])


def test_a_list_of_new_papers_tells_their_kind_and_day() -> None:
    kinds = ("new", "cross", "replace", "replace-cross", "new")
    entries = [
        replace(ENTRY, id=f"2610.0000{at}", announced=kind, version=2 if "replace" in kind else 1)
        for at, kind in enumerate(kinds)
    ]
    listing = read_listing([new_papers(entries, day=FRIDAY)])
    assert listing.day == FRIDAY
    assert listing.types == {"new": 2, "cross": 1, "replace": 1, "replace-cross": 1}
    first, cross, replaced, *_ = listing.records
    announced = replace(PAPER, arxiv_id="2610.00000", published=None)
    assert first == replace(announced, listed=FRIDAY)
    assert cross == replace(announced, arxiv_id="2610.00001")
    assert replaced == replace(announced, arxiv_id="2610.00002", version=2)


def test_a_list_of_a_weekend_is_empty() -> None:
    listing = read_listing([new_papers([], day=FRIDAY)])
    assert (listing.records, listing.day) == ((), FRIDAY)


TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs"), include_characters="\n"), max_size=60).filter(
    lambda text: not any(ord(char) in (0xFFFE, 0xFFFF) for char in text)
)


@settings(max_examples=60)
@given(title=TEXT, abstract=TEXT, comment=TEXT, authors=st.lists(TEXT, max_size=4), announced=TEXT)
def test_whatever_stands_in_an_entry_makes_a_clean_paper_or_a_refusal(
    title: str, abstract: str, comment: str, authors: list[str], announced: str
) -> None:
    entry = replace(
        ENTRY, title=title, abstract=abstract, comment=comment, authors=tuple(authors), announced=announced or "new"
    )
    entry = replace(entry, announced=entry.announced.replace("<", "").replace("&", "") or "new")
    for record in (*read_page([api_answer([entry])]).records, *read_listing([new_papers([entry], day=FRIDAY)]).records):
        if isinstance(record, Paper):
            assert record.title
            assert record.abstract
            assert "\n" not in record.title
            assert not any("\n" in name or not name for name in record.authors)
        else:
            assert record.reason
