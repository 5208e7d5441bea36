"""Fields in a question, as `field:value` and in plain words."""

import pytest

from bot.search.query.field_words import FieldWords, find_fields
from bot.search.query.filters import SOLO, SURVEY, field_terms
from bot.store.protocol import Bound
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


def read(question: str) -> FieldWords:
    return find_fields(question, TERMS.__contains__)


def found(question: str) -> tuple[set[str], str]:
    words = read(question)
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
        "papers by Long Short-Term memory",
        "papers by Hinton or LeCun",
        "who is Hinton?",
        "kettles in cs.RO",
        "cs.CL or cs.CV",
        "LLMs with code generation",
        "pretraining with code and text",
        "the NeurIPS 2023 LLM efficiency challenge",
        "does KettleNet have code?",
        "models trained with code on kettles",
        "trained on more than 100 comments",
        "A Survey of Kettles",
        "papers by far the best",
        "learning in Nature scenes",
        "search data from Google maps",
        '"papers by Hinton"',
        "code: what is it?",
        "",
    ],
)
def test_nothing_is_guessed(question: str) -> None:
    assert found(question) == (set(), question)


@pytest.mark.parametrize(
    ("question", "terms", "rest"),
    [
        ("papers by Nobody Known", {"author:nobody known"}, "papers"),
        ("by Nobody", {"author:nobody"}, ""),
        ("papers by lovelace on kettles", {"author:lovelace"}, "papers on kettles"),
        ("Paper von Turing über Kessel", {"author:turing"}, "Paper über Kessel"),
        ("articles de Turing sur les bouilloires", {"author:turing"}, "articles sur les bouilloires"),
        ("papers from OpenAI on kettles", {"organisation:openai"}, "papers on kettles"),
        ("what has OpenAI published on kettles?", {"organisation:openai"}, "what has on kettles?"),
        ("kettles at ICLR 2024", {"venue:iclr 2024"}, "kettles"),
        ("Paper auf der ICLR 2024", {"venue:iclr 2024"}, "Paper"),
        ("articles à ICLR 2024 sur les bouilloires", {"venue:iclr 2024"}, "articles sur les bouilloires"),
    ],
)
def test_beside_words_about_papers_an_unknown_name_is_asked_for_too(question: str, terms: set[str], rest: str) -> None:
    assert found(question) == (terms, rest)


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("papers at NeurIPS 2023 with code on kettles", "papers on kettles"),
        ("papers with code at NeurIPS 2023 on kettles", "papers on kettles"),
        ("kettle papers with code at NeurIPS 2023", "kettle papers"),
        ("with code: NeurIPS 2023 papers on kettles", ": papers on kettles"),
        ("Paper auf der NeurIPS 2023 mit Code über Kessel", "Paper über Kessel"),
        ("articles à NeurIPS 2023 avec code sur les bouilloires", "articles sur les bouilloires"),
        ("papers on kettles whose code is available, NeurIPS 2023", "papers on kettles"),
    ],
)
def test_every_condition_holds_whatever_the_order(question: str, rest: str) -> None:
    terms, left = found(question)
    assert terms == {"venue:neurips 2023", "code:yes"}
    assert left.strip(" ,") == rest


@pytest.mark.parametrize(
    ("question", "bound", "rest"),
    [
        ("papers with more than 100 upvotes", Bound("upvotes", least=101), "papers"),
        ("kettles with over 1,000 upvotes", Bound("upvotes", least=1001), "kettles"),
        ("papers with at least 50 votes on kettles", Bound("upvotes", least=50), "papers on kettles"),
        ("papers with 2k+ likes", Bound("upvotes", least=2000), "papers"),
        ("papers with fewer than ten comments", Bound("comments", most=9), "papers"),
        ("papers with no comments", Bound("comments", 0, 0), "papers"),
        ("papers by at least 10 authors", Bound("author_count", least=10), "papers"),
        ("papers with two authors", Bound("author_count", 2, 2), "papers"),
        ("Paper mit mehr als 100 Upvotes", Bound("upvotes", least=101), "Paper"),
        ("Paper mit mindestens 5 Kommentaren zu Kesseln", Bound("comments", least=5), "Paper zu Kesseln"),
        ("articles avec plus de 100 votes", Bound("upvotes", least=101), "articles"),
        ("articles avec au moins 3 auteurs", Bound("author_count", least=3), "articles"),
        ("solo papers on kettles", SOLO, "papers on kettles"),
        ("single-author papers", SOLO, "papers"),
        ("kettle papers by a single author", SOLO, "kettle papers"),
        ("Paper mit nur einem Autor", SOLO, "Paper"),
        ("articles d'un seul auteur", SOLO, "articles"),
        ("articles avec un seul auteur sur les bouilloires", SOLO, "articles sur les bouilloires"),
    ],
)
def test_numbers_are_asked_for(question: str, bound: Bound, rest: str) -> None:
    words = read(question)
    assert (words.bounds, words.rest) == ((bound,), rest)


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("survey papers on kettles", "papers on kettles"),
        ("surveys on kettles", "papers on kettles"),
        ("is there a survey on kettles?", "is there papers on kettles?"),
        ("any good survey of kettles?", "any papers of kettles?"),
        ("Übersichtsartikel zu Kesseln", "papers zu Kesseln"),
        ("articles de synthèse sur les bouilloires", "papers sur les bouilloires"),
    ],
)
def test_surveys_are_asked_for(question: str, rest: str) -> None:
    assert found(question) == ({SURVEY}, rest)


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("Paper ohne Code", "code:no"),
        ("articles sans code", "code:no"),
        ("Paper, deren Code verfügbar ist", "code:yes"),
        ("articles dont le code est disponible", "code:yes"),
        ("open-source papers", "code:yes"),
    ],
)
def test_code_is_asked_for_in_other_words(question: str, term: str) -> None:
    assert found(question)[0] == {term}


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
