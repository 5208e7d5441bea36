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
    hub_url="https://huggingface.co/papers/2610.01234",
    thumbnail_url="https://example.org/thumbnail.png",
    submitter="taz",
)
OPTIONAL = tuple(
    "submittedOnDailyAt submittedOnDailyBy ai_summary ai_keywords projectPage githubRepo organization upvotes"
    " publishedAt".split()
)


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
        hub_summary="One sentence.",
        submitter="Taz",
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
    assert as_paper(read_record(flat, 1)) == replace(
        as_paper(read_record(all_fields(), 1)), comments=None, thumbnail_url=None
    )


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


@pytest.mark.parametrize(
    ("summary", "kept"),
    [
        (" One\n sentence.\u202e ", "One sentence."),
        ("", None),
        (None, None),
        (5, None),
        (["One sentence."], None),
        ("word " * 121, None),
    ],
)
def test_a_summary_is_cleaned_and_one_of_the_wrong_kind_or_length_is_left_out(
    summary: object, kept: str | None
) -> None:
    assert as_paper(read_record(required_fields(ai_summary=summary), 1)).hub_summary == kept


@pytest.mark.parametrize(
    ("by", "name"),
    [
        ({"fullname": "Taz  \u200bHill", "name": "taz"}, "Taz Hill"),
        ({"fullname": "", "name": "taz-h"}, "taz-h"),
        ({"fullname": None}, "top"),
        ({"fullname": 5, "name": []}, "top"),
        ({"fullname": "x" * 301}, "top"),
        ("taz", "top"),
        (None, "top"),
    ],
)
def test_who_submitted_a_paper_goes_by_the_full_name_where_there_is_one(by: object, name: str) -> None:
    record = {**required_fields(submittedOnDailyBy=by), "submittedBy": {"name": "top"}}
    assert as_paper(read_record(record, 1)).submitter == name


@pytest.mark.parametrize("by", [None, [], 5, "taz", {}, {"name": None}])
def test_a_paper_without_a_submitter_is_taken_all_the_same(by: object) -> None:
    assert as_paper(read_record({**required_fields(), "submittedBy": by}, 1)).submitter is None


@pytest.mark.parametrize(
    "link",
    [
        None,
        5,
        "",
        "http://example.org/a.png",
        "https://example/a.png",
        "https://127.0.0.1/a.png",
        "https://user:pass@example.org/a.png",
        "https://example.org",
        "https://example.org/a b.png",
        "https://exämple.org/a.png",
        "javascript:alert(1)",
        "https://example..org/a.png",
    ],
)
def test_a_thumbnail_that_discord_may_refuse_is_left_out(link: object) -> None:
    assert as_paper(read_record({**required_fields(), "thumbnail": link}, 1)).thumbnail_url is None


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
