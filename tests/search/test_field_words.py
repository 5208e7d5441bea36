"""Fields in a question, as `field:value` and in plain words."""

import pytest

from bot.search.query.field_words import find_fields
from bot.search.query.filters import field_terms
from tests.factories import make_paper

PAPERS = (
    make_paper(
        authors=("Geoffrey E. Hinton", "Yann LeCun", "Adam Long", "Laurens van der Maaten", "Fei-Fei Li"),
        venue="NeurIPS 2023",
        categories=("cs.CL",),
        organisation="Google DeepMind",
        code_url="https://github.com/a/b",
        keywords=("large models",),
    ),
    make_paper(
        authors=("Diederik P. Kingma", "Jimmy Ba", "Ilya Will"),
        venue="Nature 2021",
        categories=("cs.CV", "stat.ML"),
        organisation="University of Toronto",
    ),
)
TERMS = {term for paper in PAPERS for term in field_terms(paper)}


def found(question: str) -> tuple[set[str], str]:
    words = find_fields(question, TERMS.__contains__)
    return set(words.terms), words.rest


@pytest.mark.parametrize(
    ("question", "term", "rest"),
    [
        ("author:hinton capsules", "author:hinton", "capsules"),
        ("Author: Hinton capsules", "author:hinton", "capsules"),
        ("author:Geoffrey Hinton capsules", "author:geoffrey hinton", "capsules"),
        ('author:"Geoffrey Hinton" capsules', "author:geoffrey hinton", "capsules"),
        ("author:“Hinton, Geoffrey”", "author:geoffrey hinton", ""),
        ('author:"GE Hinton"', "author:g e hinton", ""),
        ('author:"Hinton Geoffrey"', "author:geoffrey hinton", ""),
        ('author:"Hinton et al."', "author:hinton", ""),
        ("au:hinton_g capsules", "author:g hinton", "capsules"),
        ("au:van_der_maaten", "author:van der maaten", ""),
        ("author:Hintn capsules", "author:hinton", "capsules"),
        ("author:lecnu", "author:lecun", ""),
        ("cat:cs.CL capsules", "category:cs.cl", "capsules"),
        ("category:cs.* capsules", "category:cs", "capsules"),
        ("venue:neurips capsules", "venue:neurips", "capsules"),
        ("venue:NIPS capsules", "venue:neurips", "capsules"),
        ('venue:"NeurIPS 2023"', "venue:neurips 2023", ""),
        ("jr:Nature", "venue:nature", ""),
        ("org:google capsules", "organisation:google", "capsules"),
        ('organisation:"University of Toronto"', "organisation:university of toronto", ""),
        ("keyword:“large models”", "keyword:large models", ""),
        ("code:yes capsules", "code:yes", "capsules"),
        ("capsules code:no", "code:no", "capsules"),
    ],
)
def test_fields_are_read_under_all_their_names(question: str, term: str, rest: str) -> None:
    assert found(question) == ({term}, rest)


@pytest.mark.parametrize(
    ("question", "terms", "rest"),
    [
        ("papers by Geoffrey Hinton", {"author:geoffrey hinton"}, "papers"),
        ("papers by geoffrey hinton?", {"author:geoffrey hinton"}, "papers ?"),
        ("by Hinton", {"author:hinton"}, ""),
        ("papers by hinton and lecun on capsules", {"author:hinton", "author:lecun"}, "papers on capsules"),
        ("works of Kingma & Ba", {"author:kingma", "author:ba"}, "works"),
        ("capsules by Hinton about vision", {"author:hinton"}, "capsules about vision"),
        ("what was proposed by Hinton in vision", {"author:hinton"}, "what was in vision"),
        ("models trained by Adam Long", {"author:adam long"}, "models trained"),
        ("papers by G. Hinton", {"author:g hinton"}, "papers"),
        ("papers by Hinton, G.", {"author:g hinton"}, "papers"),
        ("papers written by fei-fei li", {"author:fei fei li"}, "papers"),
        ("Hinton et al. on capsules", {"author:hinton"}, "on capsules"),
        ("Hinton's early papers on capsules", {"author:hinton"}, "early papers on capsules"),
        ("G. Hinton papers", {"author:g hinton"}, "papers"),
        ("papers from Google DeepMind on kettles", {"organisation:google deepmind"}, "papers on kettles"),
        ("kettles from the University of Toronto", {"organisation:university of toronto"}, "kettles"),
        ("kettles in cs.CV", {"category:cs.cv"}, "kettles"),
        ("recent cs.cl papers", {"category:cs.cl"}, "recent papers"),
        ("diffusion papers with code", {"code:yes"}, "diffusion papers"),
        ("papers with public code on kettles", {"code:yes"}, "papers on kettles"),
        ("papers without code", {"code:no"}, "papers"),
        ("papers at NeurIPS 2023 about kettles", {"venue:neurips 2023"}, "papers about kettles"),
        ("NeurIPS'23 papers on kettles", {"venue:neurips 2023"}, "papers on kettles"),
        ("kettles from nips", {"venue:neurips"}, "kettles"),
        ("kettles, published in Nature 2021", {"venue:nature 2021"}, "kettles"),
        (
            "papers by Hinton at NeurIPS 2023 with code",
            {"author:hinton", "venue:neurips 2023", "code:yes"},
            "papers",
        ),
    ],
)
def test_plain_words_ask_for_what_papers_have(question: str, terms: set[str], rest: str) -> None:
    assert found(question) == (terms, rest)


@pytest.mark.parametrize(
    "question",
    [
        "improved by Transformers",
        "trained by Adam",
        "guided by Will",
        "by far the best",
        "papers by Nobody Known",
        "papers by Long Short-Term memory",
        "papers by Hinton or LeCun",
        "who is Hinton?",
        "kettles in cs.RO",
        "cs.CL or cs.CV",
        "LLMs with code generation",
        "pretraining with code and text",
        "the NeurIPS 2023 LLM efficiency challenge",
        "kettles at ICLR 2024",
        "learning in Nature scenes",
        "search data from Google maps",
        '"papers by Hinton"',
        "code: what is it?",
        "",
    ],
)
def test_nothing_is_guessed(question: str) -> None:
    assert found(question) == (set(), question)


@pytest.mark.parametrize("question", ["author:nobody kettles", 'au:"Nobody Known" kettles', "venue:iclr kettles"])
def test_a_field_that_no_paper_has_filters_all_the_same(question: str) -> None:
    terms, rest = found(question)
    assert len(terms) == 1
    assert rest == "kettles"


def test_fields_after_a_minus_sign_or_beside_or_filter_nothing() -> None:
    assert found("-author:hinton capsules") == (set(), "capsules")
    assert found("capsules NOT cat:cs.CV") == (set(), "capsules")
    assert found("cat:cs.CL OR cat:cs.CV") == (set(), "cs.CL cs.CV")
    assert found("cat:cs.CV AND cat:stat.ML") == ({"category:cs.cv", "category:stat.ml"}, "")


def test_a_text_of_fifty_thousand_characters_is_taken() -> None:
    for text in ("by Abc " * 7_000, "author:x " * 5_500, "a" * 50_000, "NOT (" * 10_000):
        find_fields(text, frozenset[str]().__contains__)
