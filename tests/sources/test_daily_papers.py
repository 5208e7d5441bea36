from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.models import Paper
from bot.sources.daily_papers import read_record

from .records import all_fields, as_paper, as_refusal, required_fields

REQUIRED = Paper(
    title="A Made-Up Paper",
    abstract="Full abstract.",
    origin="daily papers",
    arxiv_id="2610.01234",
    authors=("Ada Example",),
    author_count=1,
    published=date(2026, 10, 5),
    comments=3,
    upvotes=0,
)
OPTIONAL = ("submittedOnDailyAt", "ai_keywords", "projectPage", "githubRepo", "organization", "upvotes", "publishedAt")


def test_the_required_fields_make_a_paper() -> None:
    assert read_record(required_fields(), 1) == REQUIRED


def test_all_optional_fields_are_taken() -> None:
    assert read_record(all_fields(), 1) == replace(
        REQUIRED,
        authors=("Ada Example", "Béla Example"),
        author_count=3,
        listed=date(2026, 10, 6),
        upvotes=41,
        code_url="https://github.com/a/b",
        stars=12,
        project_url="https://project.example/",
        organisation="Example Lab",
        keywords=("bm25", "chat bots"),
    )


def test_a_withdrawal_is_taken_with_its_day() -> None:
    record = required_fields(withdrawnAt="2026-10-07T09:30:00.000Z")
    assert read_record(record, 1) == replace(REQUIRED, withdrawn=date(2026, 10, 7))


def test_null_in_an_optional_field_means_that_it_is_missing() -> None:
    record = required_fields(**dict.fromkeys(OPTIONAL))
    assert read_record(record, 1) == replace(REQUIRED, published=None, upvotes=None)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"authors": None}, replace(REQUIRED, authors=(), author_count=None)),
        ({"authors": []}, replace(REQUIRED, authors=(), author_count=None)),
        ({"authors": [{"name": None, "hidden": None}]}, replace(REQUIRED, authors=())),
        ({"organization": {"name": "lab", "fullname": None}}, replace(REQUIRED, organisation="lab")),
        ({"organization": {"name": None, "fullname": None}}, REQUIRED),
        ({"organization": {}}, REQUIRED),
    ],
)
def test_null_in_a_nested_field_does_not_lose_the_paper(fields: dict[str, Any], expected: Paper) -> None:
    assert read_record(required_fields(**fields), 1) == expected


@pytest.mark.parametrize(
    ("given_id", "arxiv_id", "version"),
    [("2610.01234v3", "2610.01234", 3), ("hep-th/9901001", "hep-th/9901001", None)],
)
def test_an_id_is_split_from_its_version(given_id: str, arxiv_id: str, version: int | None) -> None:
    paper = as_paper(read_record(required_fields(id=given_id), 1))
    assert (paper.arxiv_id, paper.version, paper.key) == (arxiv_id, version, arxiv_id)


def test_the_flat_record_of_a_single_paper_is_taken() -> None:
    flat = {**all_fields()["paper"], "numTotalModels": 2, "linkedModels": []}
    assert as_paper(read_record(flat, 1)) == replace(as_paper(read_record(all_fields(), 1)), comments=None)


def test_the_moment_in_the_nested_record_counts_not_the_top_levels() -> None:
    assert as_paper(read_record(required_fields(), 1)).published == date(2026, 10, 5)


def test_line_breaks_in_a_title_become_spaces_and_stay_in_an_abstract() -> None:
    paper = as_paper(read_record(required_fields(title="A\n  Made-Up\tPaper ", summary=" One.\n\nTwo. "), 1))
    assert (paper.title, paper.abstract) == ("A Made-Up Paper", "One.\n\nTwo.")


def test_lone_surrogates_and_control_characters_are_dropped() -> None:
    paper = as_paper(
        read_record(
            required_fields(title="A\ud800 \x1b[1mTitle\u202e\x00", summary="B\udfffody", ai_keywords=["\ud800key"]), 1
        )
    )
    assert (paper.title, paper.abstract, paper.keywords) == ("A Title", "Body", ("key",))


def test_the_code_link_is_found_in_the_abstract_when_no_field_names_it() -> None:
    abstract = "We bake bread. Code: https://github.com/example/bread."
    assert as_paper(read_record(required_fields(summary=abstract), 1)).code_url == "https://github.com/example/bread"
    named = required_fields(summary=abstract, githubRepo="https://github.com/other/one")
    assert as_paper(read_record(named, 1)).code_url == "https://github.com/other/one"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "not a link", "https://a.example/\u202egpj", "", 5])
def test_a_project_page_that_is_no_link_is_left_out(link: object) -> None:
    record = read_record(required_fields(projectPage=link), 1)
    assert as_refusal(record).reason.startswith("projectPage: ") if link == 5 else as_paper(record).project_url is None


@pytest.mark.parametrize("comments", [None, "3", True, -1, 2.5, 10**30, []])
def test_a_comment_count_of_the_wrong_kind_is_left_out(comments: object) -> None:
    record = {**required_fields(), "numComments": comments}
    assert as_paper(read_record(record, 1)).comments is None


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"title": 5}, "title: Input should be a valid string"),
        ({"title": None}, "title: Field required"),
        ({"summary": ["a"]}, "summary: Input should be a valid string"),
        ({"id": 2610.01234}, "id: Input should be a valid string"),
        ({"authors": "Ada Example"}, "authors: Input should be a valid list"),
        ({"authors": ["Ada Example"]}, "authors.0: Input should be"),
        ({"upvotes": "many"}, "upvotes: Input should be a valid integer"),
        ({"upvotes": -1}, "upvotes: Input should be greater than or equal to 0"),
        ({"upvotes": 10**30}, "upvotes: Input should be less than or equal to"),
        ({"publishedAt": "yesterday"}, "publishedAt: Input should be a valid datetime"),
        ({"ai_keywords": "bm25"}, "ai_keywords: Input should be a valid list"),
        ({"id": "not-an-id"}, "not an arXiv id: 'not-an-id'"),
        ({"id": "\ud800"}, "not an arXiv id: '\\ud800'"),
        ({"title": " \u200b "}, "no title: 2610.01234"),
        ({"summary": "\x00"}, "no abstract: 2610.01234"),
    ],
)
def test_a_wrong_field_is_refused_by_its_name_and_line(fields: dict[str, Any], reason: str) -> None:
    refusal = as_refusal(read_record(required_fields(**fields), 17))
    assert refusal.line == 17
    assert refusal.reason.startswith(reason)
    refusal.reason.encode()


def test_of_many_wrong_fields_three_are_told() -> None:
    refusal = as_refusal(read_record(required_fields(id=1, title=2, summary=3, upvotes=-4, authors=5), 1))
    assert refusal.reason.count(";") == 2


@pytest.mark.parametrize("record", [None, 5, "text", [], {}, {"paper": None}, {"paper": []}, {"paper": {"id": "1"}}])
def test_what_is_no_record_is_refused(record: object) -> None:
    assert as_refusal(read_record(record, 3)).reason == "not a Daily Papers record: id, title or summary is missing"
