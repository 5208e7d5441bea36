"""The fields of a paper as terms, and in words."""

import pytest

from bot.search.query.filters import field_terms, in_words
from tests.factories import make_paper


def values(field: str, **facts: object) -> set[str]:
    terms = field_terms(make_paper(**facts))
    return {value for name, _, value in (term.partition(":") for term in terms) if name == field}


@pytest.mark.parametrize(
    ("author", "forms"),
    [
        ("Geoffrey E. Hinton", {"geoffrey e hinton", "geoffrey hinton", "g e hinton", "g hinton", "hinton"}),
        ("Hinton, Geoffrey", {"geoffrey hinton", "g hinton", "hinton"}),
        ("G. Hinton", {"g hinton", "hinton"}),
        ("Laurens van der Maaten", {"laurens van der maaten", "l van der maaten", "van der maaten", "maaten"}),
        ("Fei-Fei Li", {"fei fei li", "feifei li", "fei li", "f f li", "f li", "li"}),
        ("Gabriel García-Márquez", {"gabriel garcia marquez", "g garcia marquez", "garcia marquez", "marquez"}),
        ("Miles O’Brien", {"miles obrien", "m obrien", "obrien"}),
        ("Søren Łukasz", {"soren lukasz", "s lukasz", "lukasz"}),
        ("Sammy Davis, Jr.", {"sammy davis", "s davis", "davis"}),
        ("Plato", {"plato"}),
        ("李 伟", {"李 伟", "伟"}),
        ("-", set()),
    ],
)
def test_an_author_is_found_by_last_name_initials_and_full_name(author: str, forms: set[str]) -> None:
    assert values("author", authors=(author,)) == forms


@pytest.mark.parametrize(
    ("venue", "names"),
    [
        ("NeurIPS 2023", {"neurips", "neurips 2023"}),
        ("NIPS2017", {"neurips", "neurips 2017"}),
        ("EMNLP'23 (Findings)", {"emnlp", "emnlp 2023"}),
        ("Accepted at ICML 2024 (oral)", {"icml", "icml 2024"}),
        ("Advances in Neural Information Processing Systems 36 (2023)", {"neurips", "neurips 2023"}),
        ("Nature 623, 493 (2023)", {"nature", "nature 2023"}),
        ("Nature Machine Intelligence", {"nature machine intelligence"}),
        ("3DV 2024", {"3dv", "3dv 2024"}),
        ("2023", set()),
        ("?", set()),
    ],
)
def test_a_venue_is_found_by_its_short_name_with_and_without_the_year(venue: str, names: set[str]) -> None:
    assert values("venue", venue=venue) == names


def test_a_category_is_found_by_its_archive_too() -> None:
    assert values("category", categories=("cs.CL", "cond-mat.mes-hall", "hep-th")) == {
        *("cs.cl", "cs", "cond-mat.mes-hall", "cond-mat", "hep-th"),
    }


def test_an_organisation_is_found_by_any_run_of_its_words() -> None:
    assert values("organisation", organisation="Google DeepMind") == {"google deepmind", "google", "deepmind"}
    assert values("organisation", organisation="University of Toronto") == {
        *("university of toronto", "university", "toronto"),
    }


def test_code_is_there_or_not() -> None:
    assert values("code", code_url="https://github.com/a/b") == {"yes"}
    assert values("code", code_url=None) == {"no"}


def test_keywords_are_folded_and_each_term_comes_once() -> None:
    assert values("keyword", keywords=("Large-Language Models", "…")) == {"large language models"}
    terms = field_terms(make_paper(authors=("Ada Example", "Bob Example")))
    assert len(terms) == len(set(terms))


def test_terms_are_told_in_words() -> None:
    terms = (
        *("code:yes", "venue:neurips 2023", "category:cs.cl", "category:cond-mat.mes-hall", "author:geoffrey hinton"),
        *("author:l van der maaten", "organisation:google", "keyword:large models", "venue:nature"),
    )
    assert in_words(terms) == (
        "by Geoffrey Hinton and L. van der Maaten from Google in cs.CL and cond-mat.mes-hall at NeurIPS 2023 and "
        "Nature with the keyword “large models” with code"
    )
    assert in_words(()) == ""
