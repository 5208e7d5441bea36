"""Dates as people say them, in English, German and French. Today is Wednesday, 11 February 2026."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.query.date_languages import in_english
from bot.search.query.dates import find_span, without_dates

TODAY = date(2026, 2, 11)
YEAR_2021 = "2021-01-01..2021-12-31"
NO_DATES = """
how good will language models be a year from now
three weeks from today
will the forecast an hour from now be right?
from now on
what works now
is it up to date?
until now
patients older than 65 years
windows 2000
semeval 2016 task 6
iclr 2021
NeurIPS 2020
at NeurIPS 2020 with code
Mars 2020 rover
rovers on mars 2020
was gibt es hier?
welche Modelle werden heute benutzt?
in 2000 Schritten
bis 2000 Token
nicht aus 2020
sur 2000 images
was ist der Unterschied zwischen BERT und GPT?
le modèle de la semaine
qu'est-ce que le transformer ?
"""


def days(question: str) -> str | None:
    span = find_span(question, today=TODAY)
    return f"{span.after or ''}..{span.before or ''}" if span and (span.after or span.before) else None


@pytest.mark.parametrize(
    "question",
    [
        "2021",
        "2021?",
        "anything 2021",
        "anything 2021 on graphs",
        "the 2021 stuff",
        "the 2021 ones",
        "only 2021 please",
        "2021's best papers",
        "image classification 2021",
        "2021 diffusion models",
        "papers published 2021",
        "in the year 2021",
        "in '21",
        "alles von 2021",
        "Arbeiten aus dem Jahr 2021",
        "les articles de 2021",
        "2021 s'il vous plaît en 2021",
    ],
)
def test_a_year_in_any_wording(question: str) -> None:
    assert days(question) == YEAR_2021


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("last summer", "2025-06-01..2025-08-31"),
        ("this winter", "2025-12-01..2026-02-28"),
        ("last fall", "2025-09-01..2025-11-30"),
        ("in the summer of 2022", "2022-06-01..2022-08-31"),
        ("the summer of last year", "2025-06-01..2025-08-31"),
        ("Q2 2024", "2024-04-01..2024-06-30"),
        ("2024 Q2", "2024-04-01..2024-06-30"),
        ("in Q4", "2025-10-01..2025-12-31"),
        ("since the third quarter of 2024", "2024-07-01.."),
        ("last quarter", "2025-10-01..2025-12-31"),
        ("second half of 2023", "2023-07-01..2023-12-31"),
        ("in March last year", "2025-03-01..2025-03-31"),
        ("last weekend", "2026-02-07..2026-02-08"),
        ("this morning", "2026-02-11..2026-02-11"),
        ("the day before yesterday", "2026-02-09..2026-02-09"),
        ("the last 12 hours", "2026-02-10..2026-02-11"),
        ("in the last decade", "2016-02-11..2026-02-11"),
        ("year to date", "2026-01-01..2026-02-11"),
        ("2019-21", "2019-01-01..2021-12-31"),
        ("from 2019-2021", "2019-01-01..2021-12-31"),
        ("between March and May 2023", "2023-03-01..2023-05-31"),
        ("05.10.2024", "2024-10-05..2024-10-05"),
        ("since 10/2024", "2024-10-01.."),
        ("papers older than 3 years", "..2023-02-11"),
        ("no older than 2 months", "2025-12-11.."),
        ("from the 90s", "1990-01-01..1999-12-31"),
        ("this year, in March of this year", "2026-03-01..2026-03-31"),
    ],
)
def test_seasons_quarters_and_ages(question: str, expected: str) -> None:
    assert days(question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("was kam diese Woche?", "2026-02-09..2026-02-15"),
        ("letzten Monat", "2026-01-01..2026-01-31"),
        ("seit letztem Jahr", "2025-01-01.."),
        ("seit Montag", "2026-02-09.."),
        ("seit 2020", "2020-01-01.."),
        ("seit einer Woche", "2026-02-04..2026-02-11"),
        ("in den letzten drei Tagen", "2026-02-08..2026-02-11"),
        ("vor zwei Jahren", "2024-01-01..2024-12-31"),
        ("vor 2020", "..2019-12-31"),
        ("von 2019 bis 2021", "2019-01-01..2021-12-31"),
        ("von 2020 bis heute", "2020-01-01..2026-02-11"),
        ("zwischen März und Mai 2023", "2023-03-01..2023-05-31"),
        ("am 5. Mai 2023", "2023-05-05..2023-05-05"),
        ("im Mai", "2025-05-01..2025-05-31"),
        ("letzten Sommer", "2025-06-01..2025-08-31"),
        ("im zweiten Quartal 2023", "2023-04-01..2023-06-30"),
        ("was kam gestern raus?", "2026-02-10..2026-02-10"),
        ("cette semaine", "2026-02-09..2026-02-15"),
        ("le mois dernier", "2026-01-01..2026-01-31"),
        ("depuis lundi", "2026-02-09.."),
        ("depuis 2020", "2020-01-01.."),
        ("depuis la semaine dernière", "2026-02-02.."),
        ("ces trois derniers mois", "2025-11-11..2026-02-11"),
        ("il y a deux ans", "2024-01-01..2024-12-31"),
        ("avant 2020", "..2019-12-31"),
        ("jusqu'en 2021", "..2021-12-31"),
        ("de 2019 à 2021", "2019-01-01..2021-12-31"),
        ("entre mars et mai 2023", "2023-03-01..2023-05-31"),
        ("l'été dernier", "2025-06-01..2025-08-31"),
        ("l’été dernier", "2025-06-01..2025-08-31"),
        ("au premier trimestre 2023", "2023-01-01..2023-03-31"),
        ("les articles sortis hier", "2026-02-10..2026-02-10"),
        ("quoi de neuf aujourd'hui ?", "2026-02-11..2026-02-11"),
    ],
)
def test_german_and_french(question: str, expected: str) -> None:
    assert days(question) == expected


@pytest.mark.parametrize("question", NO_DATES.strip().split("\n"))
def test_what_is_no_date(question: str) -> None:
    assert days(question) is None


@pytest.mark.parametrize(
    ("question", "order", "rest"),
    [
        ("papers from 2020, newest first", "newest", "papers"),
        ("oldest papers first, on GANs", "oldest", "on GANs"),
        ("recent trends in efficient transformers", "newest", "in efficient transformers"),
        ("die neuesten Arbeiten zu Graphen", "newest", "Arbeiten zu Graphen"),
        ("les articles les plus récents sur les graphes", "newest", "les articles sur les graphes"),
        ("les derniers articles sur la parole", "newest", "articles sur la parole"),
    ],
)
def test_an_order_is_taken_out_whole(question: str, order: str, rest: str) -> None:
    span = find_span(question, today=TODAY)
    assert span is not None
    assert span.order == order
    assert without_dates(question, span).strip(" ,") == rest


@pytest.mark.parametrize(
    ("question", "excluding"),
    [
        ("since 2023 and before 2020", ("since 2023", "before 2020")),
        ("in 2021, before 2020", ("in 2021", "before 2020")),
        ("nach 2023 und vor 2020", ("nach 2023", "vor 2020")),
        ("after 2020 but before 2023", ()),
        ("how did methods before 2018 differ from those since 2020?", ()),
    ],
)
def test_days_that_exclude_each_other_are_told(question: str, excluding: tuple[str, ...]) -> None:
    span = find_span(question, today=TODAY)
    assert span is not None
    assert span.excluding == excluding


_WORDS = st.sampled_from(
    """seit vor nach bis letzten diese Woche Tage Jahr Mai 2020 5. heute gestern zwischen und im aus depuis avant cette
    semaine dernière mois l'été dernier en mars de à 2021 jours trois il y a hier les plus récents neueste The paper d'
    ' , ? İ ﬁ""".split()
)


@given(st.one_of(st.text(), st.lists(_WORDS, max_size=12).map(" ".join)))
def test_every_character_of_a_translation_has_its_place(text: str) -> None:
    translated = in_english(text)
    assert len(translated.text) == len(translated.starts) == len(translated.ends)
    for at in range(len(translated.text)):
        start, end = translated.original(at, at + 1)
        assert 0 <= start < end <= len(text)
    find_span(text, today=TODAY)
