"""Names and words of asking, as people type them."""

import pytest

from bot.latex import readable
from bot.search.engine.index import Bm25Index
from bot.search.ranking.confidence import Confidence
from bot.search.ranking.named import is_named_by_title
from bot.search.ranking.query_terms import query_terms
from bot.search.ranking.request_words import without_request_words
from bot.search.ranking.second_stage import Query
from tests.factories import make_paper
from tests.search.in_memory import search_in

STEP = make_paper(title="STEP: A Platform for Kettles", abstract="We rate pots.", arxiv_id="2401.00001")
TAILOR = make_paper(title="Tailor: Sewing Text", abstract="We control sentences.", arxiv_id="2401.00002")
INFINITE = make_paper(title=r"\inftyBench: Long Contexts", abstract="A test of length.", arxiv_id="2401.00003")
POOLING = make_paper(title="Poolingformer: Long Documents", abstract="Pooled attention.", arxiv_id="2401.00004")
OTHERS = [
    make_paper(
        title=f"Study {n} of lids and how they are made",
        abstract=f"Lid {n} is sewn by a tailor. Our benchmark has one more step than others do.",
        arxiv_id=f"2401.001{n}",
    )
    for n in range(10, 40)
]
PAPERS = [STEP, TAILOR, INFINITE, POOLING, *OTHERS]
INDEX = Bm25Index(PAPERS)


@pytest.mark.parametrize(
    ("question", "paper"),
    [
        ("STEP benchmark: what does it cover?", STEP),
        ("what does the STEP benchmark cover?", STEP),
        ("which step does Tailor take?", TAILOR),
        ("is Tailor the one on steps or something else in here", TAILOR),
        ("InfiniteBench", INFINITE),
        ("∞Bench", INFINITE),
        ("what is infinity bench?", INFINITE),
        ("whats Poolingformr about", POOLING),
        ("whats Polingfromer about", POOLING),
        ("Kennst du den Poolingformer?", POOLING),
        ("as-tu quelque chose sur Poolingformer ?", POOLING),
    ],
)
def test_a_name_finds_its_paper(question: str, paper: object) -> None:
    assert search_in(PAPERS, Query(question=question), limit=3, index=INDEX).papers[0] == paper


def test_a_name_in_its_own_capitals_carries_an_answer() -> None:
    found = search_in(PAPERS, Query(question="which step does Tailor take?"), limit=3, index=INDEX)
    assert found.named == (TAILOR.key,)
    assert found.confidence is Confidence.ANSWER


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("each step of the way", "STEP: A Platform"),
        ("Tailor made pots", "Tailor: Sewing"),
        ("WHAT IS STEP", "STEP: A Platform"),
        ("lung disease (COPD) in adults", "COPD: Epidemiology"),
        ("STEP-like kettles", "STEP: A Platform"),
        ("Vitamin D lowers risk", "Vitamin D: The Sunshine Vitamin"),
        ("treating Parkinson's disease", "Parkinson's disease: A Review"),
    ],
)
def test_everyday_words_and_abbreviations_name_no_paper(question: str, title: str) -> None:
    assert not is_named_by_title(question, title)


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("is that the one with spiking pots or something else in here?", "with spiking pots ?"),
        ("have you got anything on pots", "pots"),
        ("do you know any good papers about RL?", "RL?"),
        ("any good papers about pots", "pots"),
        ("Gibt es Arbeiten über Töpfe?", "Töpfe?"),
        ("Hast du etwas zu GPipe?", "GPipe?"),
        ("qu'est-ce que GPipe ?", "GPipe"),
        ("Comment détecter les hallucinations des LLM ?", "détecter hallucinations LLM"),
        ("les articles", ""),
        ("Papiere", ""),
        ("van der Waals forces in pots", "van der Waals forces in pots"),
        ("what is the LES of turbulence", "what is the LES of turbulence"),
        ("what is Stormer?", "what is Stormer?"),
        ("list related work", "list related work"),
    ],
)
def test_words_of_asking_weigh_nothing(question: str, rest: str) -> None:
    assert " ".join(without_request_words(question).split()) == rest


def test_a_word_two_errors_away_is_looked_for_only_if_none_is_nearer() -> None:
    assert query_terms("polingfromer", [], INDEX) == ["polingfrom", "poolingform"]
    assert query_terms("stpe", [], INDEX) == ["stpe"]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        (r"\inftyBench: Long", "∞Bench: Long"),
        (r"\ensuremathα-Former", "α-Former"),
        (r"\ensuremath{\alpha}-Former", "α-Former"),
        (r"C:\betaTest", r"C:\betaTest"),
    ],
)
def test_a_symbol_that_a_name_runs_on_from_is_readable(title: str, shown: str) -> None:
    assert readable(title) == shown
