"""From what people type to what is searched for."""

from bot.search.engine.index import Bm25Index
from bot.search.query.filters import Filters
from bot.search.ranking.query_terms import query_terms
from bot.search.ranking.second_stage import Query
from tests.factories import make_papers
from tests.search.in_memory import search_in

PAPERS = make_papers("SpikeKettle: whistling", "KTL for pots", "Stormer boils", "Quantized lids", abstract="A study.")
INDEX = Bm25Index(PAPERS)


def found(question: str, *keywords: str) -> str:
    return search_in(PAPERS, Query(question=question, keywords=keywords), limit=1).papers[0].title


def test_a_typing_error_in_a_name_finds_the_paper() -> None:
    for typed in ("Stromer", "Stormr", "Stoormer", "Starmer"):
        assert found(f"what is {typed}?") == "Stormer boils"


def test_a_word_that_papers_have_is_never_taken_for_an_error() -> None:
    assert "stormer" not in query_terms("boils", [], INDEX)


def test_words_that_the_papers_write_as_one_are_found() -> None:
    assert found("spike kettle params") == "SpikeKettle: whistling"


def test_a_name_of_one_paper_outweighs_other_words() -> None:
    assert query_terms("KTL meaning", [], INDEX).count("ktl") == 3


def test_british_spelling_finds_american() -> None:
    assert found("quantised") == "Quantized lids"


def test_words_that_ask_for_papers_are_left_out_of_such_a_question_alone() -> None:
    assert query_terms("papers that explore lids", [], INDEX) == query_terms("lids", [], INDEX)
    assert "explor" in query_terms("explore lids", [], INDEX)


def test_keywords_are_searched_with_the_question() -> None:
    assert found("which one is about water vessels?", "Stormer") == "Stormer boils"


def test_an_order_by_date_decides_among_good_matches() -> None:
    result = search_in(PAPERS, Query(question="", order="newest", filters=Filters()), limit=10)
    assert len(result.papers) == len(PAPERS)
    assert result.terms == ()


def test_what_is_only_typed_is_left_out() -> None:
    assert query_terms("whats a lid pls", [], INDEX) == query_terms("lid", [], INDEX)
    assert "net" in query_terms("the U-Net lid", [], INDEX)
    assert query_terms("PLS lid", [], INDEX) != query_terms("lid", [], INDEX)
