from datetime import date
from typing import Any

import pytest

from bot.models import Paper
from bot.sources.json_lines import looks_like_record, read_record

from .records import as_paper, as_refusal


def line(**fields: Any) -> dict[str, Any]:
    return {"title": "A Made-Up Paper", "abstract": "It says little.", **fields}


def test_a_title_and_an_abstract_are_enough() -> None:
    expected = Paper(title="A Made-Up Paper", abstract="It says little.", origin="json lines")
    assert read_record(line(), 1) == expected


def test_every_documented_field_is_taken() -> None:
    record = line(
        id="2610.01234v2",
        authors=["Ada Example", " Béla  Example "],
        authors_count=9,
        published="2026-10-05",
        listed="2026-10-06T08:00:00.000Z",
        comments=3,
        upvotes=41,
        code_url="https://codeberg.org/a/b",
        project_url="https://project.example/",
        organisation="Example\nLab",
        venue="Example  Conference 2026",
        keywords=["bm25", ""],
        categories=["cs.CL"],
        something_else={"is": "ignored"},
    )
    assert read_record(record, 1) == Paper(
        title="A Made-Up Paper",
        abstract="It says little.",
        origin="json lines",
        arxiv_id="2610.01234",
        version=2,
        authors=("Ada Example", "Béla Example"),
        author_count=9,
        published=date(2026, 10, 5),
        listed=date(2026, 10, 6),
        comments=3,
        upvotes=41,
        code_url="https://codeberg.org/a/b",
        project_url="https://project.example/",
        organisation="Example Lab",
        venue="Example Conference 2026",
        keywords=("bm25",),
        categories=("cs.CL",),
    )


@pytest.mark.parametrize("name", ["id", "arxiv_id", "key"])
def test_the_id_may_stand_under_each_of_its_names(name: str) -> None:
    assert as_paper(read_record(line(**{name: "2610.01234"}), 1)).arxiv_id == "2610.01234"


def test_an_arxiv_id_goes_before_another_id_unless_it_is_null() -> None:
    assert as_paper(read_record(line(arxiv_id="2610.01234", id="row-1"), 1)).arxiv_id == "2610.01234"
    assert as_paper(read_record(line(arxiv_id=None, id="2610.01234"), 1)).arxiv_id == "2610.01234"


def test_an_id_that_is_not_arxivs_is_left_out() -> None:
    paper = as_paper(read_record(line(id="row-1"), 1))
    assert (paper.arxiv_id, paper.key) == (None, "a-made-up-paper")


def test_authors_are_counted_when_no_count_is_given() -> None:
    assert as_paper(read_record(line(authors=["A", "B"]), 1)).author_count == 2
    assert as_paper(read_record(line(authors=[]), 1)).author_count is None


def test_null_means_that_a_field_is_missing() -> None:
    names = ("id", "authors", "authors_count", "published", "listed", "comments", "upvotes", "code_url", "project_url")
    record = line(**dict.fromkeys((*names, "organisation", "venue", "comment", "keywords", "categories")))
    assert read_record(record, 1) == read_record(line(), 1)


@pytest.mark.parametrize(
    ("fields", "venue"),
    [
        ({"venue": "ICML 2024"}, "ICML 2024"),
        ({"journal_ref": "Nature 623, 493 (2023)"}, "Nature 623, 493 (2023)"),
        ({"journal-ref": "JMLR 2023"}, "JMLR 2023"),
        ({"comment": "12 pages, accepted at NeurIPS 2023 (oral)"}, "NeurIPS 2023"),
        ({"comments": "Accepted as a long paper to the ACL 2024. Code soon"}, "ACL 2024"),
        ({"comments": "To appear in Findings of EMNLP 2023; 9 pages"}, "Findings of EMNLP 2023"),
        ({"venue": "ICML 2024", "comment": "accepted at ICLR 2023"}, "ICML 2024"),
        ({"venue": " ", "comments": 7}, None),
        ({"comment": "submitted to NeurIPS 2023, 12 pages"}, None),
        ({"comment": "Accepted."}, None),
        ({}, None),
    ],
)
def test_the_venue_is_taken_from_where_records_tell_it(fields: dict[str, Any], venue: str | None) -> None:
    assert as_paper(read_record(line(**fields), 1)).venue == venue


def test_lone_surrogates_and_control_characters_are_left_out() -> None:
    record = line(
        title="Ket\ud800tles\x00", abstract="We\udfff boil \x1bwater.", authors=["A\ud83dda"], venue="A\udc00CL"
    )
    paper = as_paper(read_record(record, 1))
    assert (paper.title, paper.abstract, paper.authors, paper.venue) == ("Kettles", "We boil water.", ("Ada",), "ACL")
    assert as_refusal(read_record(line(title="\ud800"), 7)).reason == "no title"
    assert as_paper(read_record(line(id="2610.01234\ud800"), 1)).arxiv_id is None


def test_the_code_link_is_found_in_the_abstract() -> None:
    record = line(abstract="It bakes bread: https://github.com/example/bread.git.")
    assert as_paper(read_record(record, 1)).code_url == "https://github.com/example/bread"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"title": 5}, "title: Input should be a valid string"),
        ({"abstract": None}, "abstract: Field required"),
        ({"authors": "Ada Example"}, "authors: Input should be a valid list"),
        ({"authors_count": -1}, "authors_count: Input should be greater than or equal to 0"),
        ({"comments": 10**19}, "comments: Input should be less than or equal to"),
        ({"published": "2026-13-01"}, "published: Input should be a valid date"),
        ({"published": "x" * 5000}, "published: must be a date, YYYY-MM-DD"),
        ({"published": "2026-10-05\ud800"}, "published: must be a date, YYYY-MM-DD"),
        ({"listed": [2026]}, "listed: "),
        ({"title": "\u200b"}, "no title"),
        ({"abstract": " "}, "no abstract: A Made-Up Paper"),
        ({"title": "word " * 100, "abstract": ""}, "no abstract: word word"),
    ],
)
def test_a_wrong_field_is_refused_by_its_name_and_line(fields: dict[str, Any], reason: str) -> None:
    refusal = as_refusal(read_record(line(**fields), 17))
    assert refusal.line == 17
    assert refusal.reason.startswith(reason)
    assert len(refusal.reason) < 200


@pytest.mark.parametrize("record", [None, 5, "title abstract", ["title", "abstract"], {}, {"title": "a"}])
def test_only_an_object_with_title_and_abstract_looks_like_a_record(record: object) -> None:
    assert not looks_like_record(record)
    assert looks_like_record({"title": "a", "summary": "b"})
