"""Dates in questions. Today is Wednesday, 11 February 2026."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.query.dates import find_span, without_dates

TODAY = date(2026, 2, 11)
NO_DATES = """
ImageNet-2012
ImageNet 2012
on ImageNet 2012 papers
COCO 2017
coco 2017 papers
WMT 2014
CIFAR-100
GPT-4
KITTI 2015
NeurIPS 2023 papers
2017 words
in 1000 epochs
in 2000 training steps
up to 2000 tokens
sequences up to 2000
ISO 2022
over 2000 papers
more than 2000 papers
a vocabulary of 2000
a 2024-dimensional space
in 2019-style
from 2000 labelled images
models that may help
since may be
the long march of progress
5 second clips
the second one
what is the loss in DEC
what does 2001.01234 say
hep-th/2001001
$2023
on 2017
31 June 2024
2024-13-45
the climate in 2050
tweets from 2020
not from 2023
anything that isn't from 2023
which models are used today?
today's LLMs
recent-token attention
may to march
from how many days out does it win
the last layer
7-day forecasts
"a survey of 2023 papers"
“since 2020”
the past tense
one day
in parallel
ResNet-1950
v2023
2023x
https://x.org/2023/12
Kinetics 400 + 600
"""


def days(question: str, today: date = TODAY) -> str | None:
    span = find_span(question, today=today)
    return f"{span.after or ''}..{span.before or ''}" if span else None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("what's in this week?", "2026-02-09..2026-02-15"),
        ("last week", "2026-02-02..2026-02-08"),
        ("papers today", "2026-02-11..2026-02-11"),
        ("today's papers", "2026-02-11..2026-02-11"),
        ("what came out yesterday", "2026-02-10..2026-02-10"),
        ("this month", "2026-02-01..2026-02-28"),
        ("last month", "2026-01-01..2026-01-31"),
        ("this year's papers", "2026-01-01..2026-12-31"),
        ("Last Year", "2025-01-01..2025-12-31"),
        ("at the end of last year", "2025-01-01..2025-12-31"),
        ("past 3 days", "2026-02-08..2026-02-11"),
        ("in the last 2 weeks", "2026-01-28..2026-02-11"),
        ("the last three months", "2025-11-11..2026-02-11"),
        ("over the past few years", "2023-02-11..2026-02-11"),
        ("the past couple of weeks", "2026-01-28..2026-02-11"),
        ("past week", "2026-02-04..2026-02-11"),
        ("the last 48 hours", "2026-02-09..2026-02-11"),
        ("3 weeks ago", "2026-01-19..2026-01-25"),
        ("a month ago", "2026-01-01..2026-01-31"),
        ("since yesterday", "2026-02-10.."),
        ("since last Monday", "2026-02-09.."),
        ("since last wednesday", "2026-02-04.."),
        ("on Monday", "2026-02-09..2026-02-09"),
        ("since last week", "2026-02-02.."),
        ("since the start of this year", "2026-01-01.."),
    ],
)
def test_relative(question: str, expected: str) -> None:
    assert days(question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("since October", "2025-10-01.."),
        ("since 2023", "2023-01-01.."),
        ("since 5 Oct 2024", "2024-10-05.."),
        ("since 2023-06", "2023-06-01.."),
        ("since march", "2025-03-01.."),
        ("since February", "2026-02-01.."),
        ("since last october", "2025-10-01.."),
        ("since 29 Feb", "2024-02-29.."),
        ("starting in 2021", "2021-01-01.."),
        ("in 2023", "2023-01-01..2023-12-31"),
        ("in 2023?", "2023-01-01..2023-12-31"),
        ("what came out in december 2023?", "2023-12-01..2023-12-31"),
        ("december 2023", "2023-12-01..2023-12-31"),
        ("DEC 2023", "2023-12-01..2023-12-31"),
        ("in early 2023", "2023-01-01..2023-12-31"),
        ("in may", "2025-05-01..2025-05-31"),
        ("May 2024", "2024-05-01..2024-05-31"),
        ("in the 1990s", "1990-01-01..1999-12-31"),
        ("between 2020 and 2022", "2020-01-01..2022-12-31"),
        ("between 2022 and 2020", "2020-01-01..2022-12-31"),
        ("from 2019 to 2021", "2019-01-01..2021-12-31"),
        ("2021-2023", "2021-01-01..2023-12-31"),
        ("2021 – 2023", "2021-01-01..2023-12-31"),
        ("from October to December", "2025-10-01..2025-12-31"),
        ("from November to January", "2025-11-01..2026-01-31"),
        ("from October to March 2024", "2023-10-01..2024-03-31"),
        ("October 2024 to now", "2024-10-01..2026-02-11"),
        ("between March 2021 and June", "2021-03-01..2021-06-30"),
        ("from 2023 to October", "2023-01-01..2025-10-31"),
        ("in 2021, 2022 or 2023", "2021-01-01..2023-12-31"),
        ("papers from 2021 with those from 2023", "2021-01-01..2023-12-31"),
        ("before 2020", "..2019-12-31"),
        ("pre-2020 papers", "..2019-12-31"),
        ("older than 2020", "..2019-12-31"),
        ("until March 2021", "..2021-03-31"),
        ("up to 2021", "..2021-12-31"),
        ("2020 and earlier", "..2020-12-31"),
        ("after June 2024", "2024-07-01.."),
        ("newer than 2023", "2024-01-01.."),
        ("more recent than 2023", "2024-01-01.."),
        ("2023 onwards", "2023-01-01.."),
        ("from 2023 on?", "2023-01-01.."),
        ("2023 or later", "2023-01-01.."),
        ("from 2020 on transformers", "2020-01-01..2020-12-31"),
        ("not before 2020", "2020-01-01.."),
        ("no later than 2020", "..2020-12-31"),
        ("after 2020 but before 2023", "2021-01-01..2022-12-31"),
        ("2024-10-05", "2024-10-05..2024-10-05"),
        ("5th of October", "2025-10-05..2025-10-05"),
        ("on 5 October", "2025-10-05..2025-10-05"),
        ("the 1st of March 2024", "2024-03-01..2024-03-01"),
        ("October 5, 2024", "2024-10-05..2024-10-05"),
        ("Oct 5th", "2025-10-05..2025-10-05"),
        ("Sept. 2024", "2024-09-01..2024-09-30"),
        ("2023 papers", "2023-01-01..2023-12-31"),
        ("papers 2023", "2023-01-01..2023-12-31"),
        ("best 2023 vision papers", "2023-01-01..2023-12-31"),
        ("2021 and 2022 papers", "2021-01-01..2022-12-31"),
        ("papers of 2023", "2023-01-01..2023-12-31"),
        ("anything from as far back as 2018?", "2018-01-01..2018-12-31"),
    ],
)
def test_calendar(question: str, expected: str) -> None:
    assert days(question) == expected


@pytest.mark.parametrize("question", NO_DATES.strip().split("\n"))
def test_what_is_no_date(question: str) -> None:
    assert find_span(question, today=TODAY) is None


def test_a_month_in_capitals_is_a_name() -> None:
    assert days("in Dec") == "2025-12-01..2025-12-31"
    assert days("in DEC") is None


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("newest spiking paper you've got?", "newest"),
        ("Latest on RLHF", "newest"),
        ("most recent", "newest"),
        ("recent work on graphs", "newest"),
        ("what's new in diffusion", "newest"),
        ("the oldest paper", "oldest"),
        ("as far back as 2018", "oldest"),
        ("newest since 2023", "newest"),
        ("in 2023", None),
    ],
)
def test_order(question: str, order: str | None) -> None:
    span = find_span(question, today=TODAY)
    assert span is not None
    assert span.order == order


@pytest.mark.parametrize(
    ("question", "words", "rest"),
    [
        ("newest spiking paper since 2023?", ("newest", "since 2023"), "spiking paper?"),
        ("what came out in December 2023?", ("in December 2023",), "what came out?"),
        ("this week's papers on speech", ("this week",), "papers on speech"),
        ('"since 2020" papers since 2020', ("since 2020",), '"since 2020" papers'),
        ("papers 2023 about 2023 things", ("2023",), "papers about 2023 things"),
        ("2021 – 2023, on graphs", ("2021 – 2023",), "on graphs"),
    ],
)
def test_words_can_be_taken_out(question: str, words: tuple[str, ...], rest: str) -> None:
    span = find_span(question, today=TODAY)
    assert span is not None
    assert span.words == words
    assert without_dates(question, span) == rest


def test_a_question_without_a_date_stays() -> None:
    assert without_dates("What is  KettleNet ?", None) == "What is  KettleNet ?"


def test_days_that_exclude_each_other_leave_the_first() -> None:
    assert days("since 2023 and before 2020") == "2023-01-01.."


_SNIPPETS = st.sampled_from(
    """in since before after between and from to until last this past next week month year day 3 99 999 2018 2023
    1999 2050
    October may march Oct 5th 31 29 Feb of , - – / . ? 2024-10-05 0001 today yesterday ago as far back as newest recent
    papers monday early " “ ” the not 1990s onwards +""".split()
)


@given(st.one_of(st.text(), st.lists(_SNIPPETS, max_size=14).map(" ".join)), st.dates())
def test_any_text_gives_a_span_in_order_or_none(question: str, today: date) -> None:
    span = find_span(question, today=today)
    if span is None:
        return
    assert span.words
    assert all(words in question for words in span.words)
    assert span.after is None or span.before is None or span.after <= span.before
    assert len(without_dates(question, span)) <= len(question)
