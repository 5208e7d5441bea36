import json
from datetime import date

import pytest

from bot.models import Paper
from bot.sources.records import Refusal
from bot.sources.saved_page import looks_like_page, read_page
from tests.shared import shared_file

from .records import as_paper, as_refusal

TODAY = date(2026, 1, 15)


def block(
    title: str = "A Made-Up Paper",
    body: str = "It says little.",
    *,
    names: str = "",
    count: str = "3 authors",
    when: str,
) -> str:
    return f"{title}\n\n{body}\n\n{names}  • {count}\n·\n{when}\n\n"


def page(*blocks: str, day: str = "Dec 8") -> str:
    masthead = f"new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers\n\n{day}\n\n"
    return masthead + "".join(blocks)


def read(text: str, *, today: date = TODAY, year: int | None = None) -> list[Paper | Refusal]:
    return list(read_page(text, today=today, year=year))


def only_paper(text: str, *, today: date = TODAY, year: int | None = None) -> Paper:
    (record,) = read(text, today=today, year=year)
    return as_paper(record)


@pytest.mark.parametrize(
    "today", [date(2025, 12, 8), date(2025, 12, 31), date(2026, 2, 28), date(2028, 2, 29), date(2040, 6, 1)], ids=str
)
def test_the_seed_page_gives_its_52_papers_whatever_today_is(today: date) -> None:
    text = shared_file("seeds/daily-papers-page.txt").read_text(encoding="utf-8")
    lines = shared_file("eval/papers.jsonl").read_text(encoding="utf-8").splitlines()
    papers = [as_paper(record) for record in read(text, today=today)]
    found = [
        {
            "title": paper.title,
            "abstract": paper.abstract,
            "authors_count": paper.author_count,
            "published": str(paper.published),
            "comments": paper.comments,
        }
        for paper in papers
    ]
    assert len(found) == 52
    assert found == [json.loads(line) for line in lines]
    assert {paper.listed for paper in papers} == {date(2025, 12, 8)}


def test_the_seed_page_looks_like_a_page() -> None:
    assert looks_like_page(shared_file("seeds/daily-papers-page.txt").read_text(encoding="utf-8"))


def test_a_paper_of_a_page_is_taken_with_all_that_the_page_tells() -> None:
    assert only_paper(page(block(when="Dec 6, 2023"))) == Paper(
        title="A Made-Up Paper",
        abstract="It says little.",
        origin="saved page",
        author_count=3,
        published=date(2023, 12, 6),
        listed=date(2024, 12, 8),
        comments=0,
    )


def test_the_names_of_authors_are_taken_where_they_stand() -> None:
    paper = only_paper(page(block(names="Ada Example, Béla  Example ,", count="2 authors", when="Dec 6, 2024")))
    assert (paper.authors, paper.author_count) == (("Ada Example", "Béla Example"), 2)


def test_a_single_author_is_counted() -> None:
    assert only_paper(page(block(count="1 author", when="Dec 6, 2024"))).author_count == 1


def test_paragraphs_stay_apart() -> None:
    paper = only_paper(page(block(body="First  paragraph.\nSecond one.\n\n\n• A point.", when="Dec 6, 2024")))
    assert paper.abstract == "First paragraph.\n\nSecond one.\n\n• A point."


def test_the_code_link_is_found_in_the_abstract() -> None:
    paper = only_paper(page(block(body="Bread: https://github.com/example/bread.", when="Dec 6, 2024")))
    assert paper.code_url == "https://github.com/example/bread"


@pytest.mark.parametrize(
    ("when", "published", "comments"),
    [
        ("Jan 9, 2020 1", date(2020, 1, 9), 1),
        ("Jan 9, 2020 1204", date(2020, 1, 9), 1204),
        ("Mar 18 5", date(2025, 3, 18), 5),
        ("Mar 18", date(2025, 3, 18), 0),
    ],
)
def test_a_number_after_the_date_counts_the_comments(when: str, published: date, comments: int) -> None:
    *_, paper = read(page(block(when="Dec 6, 2024"), block(when=when)))
    assert (as_paper(paper).published, as_paper(paper).comments) == (published, comments)


@pytest.mark.parametrize(
    ("day", "today", "year"),
    [
        ("Dec 8", date(2026, 1, 15), 2025),
        ("Jan 15", date(2026, 1, 15), 2026),
        ("Jan 16", date(2026, 1, 15), 2025),
        ("Feb 29", date(2026, 1, 15), 2024),
        ("Feb 29", date(2024, 2, 28), 2020),
        ("Feb 29", date(2024, 2, 29), 2024),
    ],
)
def test_without_any_year_the_page_is_the_latest_one_that_is_not_in_the_future(
    day: str, today: date, year: int
) -> None:
    paper = only_paper(page(block(when="Jan 1"), day=day), today=today)
    assert paper.published == date(year, 1, 1)
    assert paper.listed
    assert paper.listed.year == year


def test_the_page_follows_the_latest_year_that_stands_on_it() -> None:
    text = page(block(when="Dec 6, 2019"), block(when="Dec 6, 2022"), block(when="May 1"))
    assert as_paper(read(text)[-1]).published == date(2023, 5, 1)


def test_a_year_that_stands_on_the_page_never_puts_it_into_the_future() -> None:
    *_, paper = read(page(block(when="Dec 6, 2025"), block(when="May 1")), today=date(2026, 1, 15))
    assert (as_paper(paper).published, as_paper(paper).listed) == (date(2025, 5, 1), date(2025, 12, 8))


def test_a_29_february_on_the_page_decides_for_a_leap_year() -> None:
    text = page(block(when="Dec 6, 2021"), block(when="Feb 29"), day="Mar 3")
    *_, paper = read(text)
    assert (as_paper(paper).published, as_paper(paper).listed) == (date(2024, 2, 29), date(2024, 3, 3))


def test_a_day_that_never_was_is_refused_and_spoils_no_other() -> None:
    records = read(page(block(when="Feb 30"), block(when="Feb 29, 2023"), block(when="Dec 6"), day="Feb 1"))
    assert [as_refusal(record).reason for record in records[:2]] == [
        "no such date: Feb 30",
        "no such date: Feb 29, 2023",
    ]
    assert as_paper(records[2]).listed == date(2024, 2, 1)


def test_a_given_year_is_not_inferred() -> None:
    paper = only_paper(page(block(when="May 1")), year=2021)
    assert (paper.published, paper.listed) == (date(2021, 5, 1), date(2021, 12, 8))


def test_without_a_masthead_papers_are_listed_on_no_day() -> None:
    papers = [as_paper(record) for record in read(block("First", when="Dec 6, 2024") + block("Second", when="May 1"))]
    assert [(paper.title, paper.published, paper.listed) for paper in papers] == [
        ("First", date(2024, 12, 6), None),
        ("Second", date(2025, 5, 1), None),
    ]


def test_line_ends_spaces_and_invisible_characters_do_not_matter() -> None:
    text = page(block(names="Ada Example", when="Dec 6, 2024"), block("Other", when="May 1 2"))
    untidy = text.replace("\n", "\u200b \r\n\t").replace(" authors", "\u00a0authors")
    assert read(untidy) == read(text)


def test_control_characters_and_lone_surrogates_in_a_title_are_dropped() -> None:
    assert only_paper(page(block("A\ud800 \x1b[1mTitle\x00", when="Dec 6, 2024"))).title == "A Title"


def test_a_missing_date_is_refused_with_its_line_and_the_next_paper_is_taken() -> None:
    records = read(block("No Date", when="") + block("Next", when="Dec 6, 2024"))
    assert as_refusal(records[0]) == Refusal(1, "no date after the author line: No Date")
    assert as_paper(records[1]).title == "Next"


def test_a_missing_author_line_is_refused_and_the_next_paper_is_taken() -> None:
    text = block("First", when="Dec 6, 2024") + "No Authors\n\nBody.\n\nDec 5, 2024\n\n" + block("Next", when="May 1")
    records = read(text)
    assert as_paper(records[0]).abstract == "It says little."
    assert as_refusal(records[1]) == Refusal(9, "no author line before the date: No Authors")
    assert (as_paper(records[2]).title, as_paper(records[2]).abstract) == ("Next", "It says little.")


def test_a_missing_abstract_is_refused() -> None:
    records = read(block("No Abstract", "", when="Dec 6, 2024"))
    assert records == [Refusal(1, "no abstract: No Abstract")]


def test_dates_and_author_lines_without_a_paper_are_refused() -> None:
    records = read(page("Dec 8\n\n", "• 3 authors\n·\nDec 6, 2024\n\n", block(when="Dec 6, 2024")))
    assert [as_refusal(record).reason for record in records[:2]] == [
        "a date without a title before it",
        "an author line without a title before it",
    ]
    assert as_paper(records[2]).title == "A Made-Up Paper"


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        ("Cut Off", "text after the last paper, without an author line and a date to end it"),
        ("Cut Off\n\nIt says", "text after the last paper, without an author line and a date to end it"),
        ("Cut Off\n\nIt says little.\n\n • 3 authors", "no date after the author line: Cut Off"),
        ("Cut Off\n\nIt says little.\n\n • 3 authors\n·\n", "no date after the author line: Cut Off"),
    ],
)
def test_a_page_that_breaks_off_loses_only_its_last_paper(end: str, reason: str) -> None:
    records = read(block(when="Dec 6, 2024") + end)
    assert as_paper(records[0]).title == "A Made-Up Paper"
    assert records[1:] == [Refusal(9, reason)]


def test_numbers_too_long_to_be_counts_are_not_taken_for_counts() -> None:
    digits = "1" * 5000
    records = read(block(when="Dec 6, 2024") + block(count=f"{digits} authors", when=f"Dec 6, 2024 {digits}"))
    assert len(records) == 2
    assert as_refusal(records[1]).line == 9


@pytest.mark.parametrize(
    ("text", "is_page"),
    [
        (block(when="Dec 6, 2024"), True),
        ("• 1 author\nMay 1 3", True),
        ("• 1 author\n·\nMay 1", True),
        ("• 1 author\nand then\nMay 1", False),
        ("An essay on 3 authors.\n\nMay 1\n", False),
        ("", False),
    ],
)
def test_a_page_is_told_by_an_author_line_and_a_date(text: str, is_page: bool) -> None:
    assert looks_like_page(text) is is_page
