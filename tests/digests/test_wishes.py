"""What people write for a digest's values."""

from contextlib import suppress
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.parsing import (
    ENTRIES,
    read_categories,
    read_name,
    read_names,
    read_phrases,
    read_time,
    read_weekdays,
    read_zone,
)
from bot.errors.requests import DigestWrong


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Mon-Fri", "01234"),
        ("mon, wed and fri", "024"),
        ("Tuesdays Thursdays", "13"),
        ("Friday to Monday", "0456"),
        ("sat – sun", "56"),
        ("weekdays", "01234"),
        ("Every day", "0123456"),
        ("sun", "6"),
    ],
)
def test_weekdays_are_read_as_people_write_them(text: str, days: str) -> None:
    assert "".join(map(str, read_weekdays(text))) == days


@pytest.mark.parametrize("text", ["", "-", "m", "mon-tue-wed", "monthly", "noday"])
def test_what_is_no_weekday_is_refused(text: str) -> None:
    with pytest.raises(DigestWrong, match="doesn't work as the digest's weekdays"):
        read_weekdays(text)


@pytest.mark.parametrize(("text", "at"), [("8:05", time(8, 5)), ("08.30", time(8, 30)), (" 23:59 ", time(23, 59))])
def test_times_are_read(text: str, at: time) -> None:
    assert read_time(text) == at


@pytest.mark.parametrize("text", ["24:00", "8", "8:5", "08:60", "٨:٣٠", "08:30:00", "08:30+02:00"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(DigestWrong, match="doesn't work as the digest's time"):
        read_time(text)


def test_zones_are_names_of_real_ones() -> None:
    assert read_zone("America/New York") == "America/New_York"
    for text in ("Mars/Base", "/etc/localtime", "..", "", "Europe/", "\0"):
        with pytest.raises(DigestWrong, match="doesn't work as the digest's time zone"):
            read_zone(text)


def test_categories_get_arxivs_case() -> None:
    assert read_categories("CS.lg, stat.ml cond-mat.Mes-Hall, hep-TH, cs.LG") == (
        "cs.LG",
        "stat.ML",
        "cond-mat.mes-hall",
        "hep-th",
    )


def test_lists_are_cleaned_bounded_and_emptied_by_a_dash() -> None:
    assert read_phrases("kettles,  pots\u202e , Kettles", "topics", example="x") == ("kettles", "pots")
    assert read_names("-", "authors", example="x") == ()
    with pytest.raises(DigestWrong, match="at most 12"):
        read_names(",".join(f"n{n}" for n in range(ENTRIES + 1)), "authors", example="x")


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (read_name, read_time, read_zone, read_weekdays, read_categories):
        with suppress(DigestWrong):
            read(text)
