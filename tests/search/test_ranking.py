"""From a question to a ranked result."""

from datetime import date

from bot.search.engine.index import Bm25Index
from bot.search.query.filters import Filters
from bot.search.ranking.confidence import Confidence
from bot.search.ranking.second_stage import Query, SearchResult
from tests.factories import make_paper
from tests.search.in_memory import search_in

KETTLE = make_paper()
TEAPOT = make_paper(
    title="Teapots at Rest",
    abstract="Porcelain teapots pour best when warm.",
    arxiv_id="2402.00002",
    published=date(2024, 2, 1),
)
SPOON = make_paper(
    title="Spoon Stirring", abstract="Silver spoons stir without whistles.", arxiv_id=None, published=None
)
PAPERS = [KETTLE, TEAPOT, SPOON]
INDEX = Bm25Index(PAPERS)


def find(question: str, *keywords: str, filters: Filters = Filters(), limit: int = 5) -> SearchResult:
    return search_in(PAPERS, Query(question=question, keywords=keywords, filters=filters), limit=limit, index=INDEX)


def test_the_paper_that_is_asked_about_comes_first() -> None:
    result = find("which network tells whistles of kettles apart?")
    assert result.papers[0] == KETTLE
    assert result.confidence is Confidence.ANSWER
    assert result.index is INDEX


def test_keywords_find_what_the_question_does_not_name() -> None:
    assert find("the hot vessel thing").papers == ()
    assert find("the hot vessel thing", "teapot", "porcelain").papers == (TEAPOT,)


def test_an_arxiv_id_puts_its_paper_first_whatever_else_is_said() -> None:
    result = find("does https://arxiv.org/abs/2402.00002v3 say something about whistles of kettles?")
    assert result.papers[0] == TEAPOT
    assert KETTLE in result.papers
    assert result.papers.count(TEAPOT) == 1
    assert result.confidence is Confidence.ANSWER


def test_an_unknown_id_names_nothing() -> None:
    assert find("2499.99999").papers == ()
    assert find("2499.99999").confidence is Confidence.NOTHING


def test_a_whole_title_names_its_paper_with_and_without_an_id() -> None:
    for paper in (KETTLE, TEAPOT, SPOON):
        for title in (paper.title, f"{paper.title.upper()}?"):
            result = find(title)
            assert result.papers[0] == paper
            assert result.papers.count(paper) == 1
            assert result.confidence is Confidence.ANSWER


def test_a_whole_title_names_its_paper_even_where_others_match_better() -> None:
    named = make_paper(title="Kettle Whistles", abstract="Something else. " * 50, arxiv_id="2403.00001")
    louder = make_paper(title="Kettle Kettle Whistles Whistles", abstract="Kettle whistles.", arxiv_id="2403.00002")
    result = search_in([louder, named], Query(question="kettle whistles"), limit=5)
    assert result.papers == (named, louder)


def test_a_named_paper_outside_the_filters_is_not_shown() -> None:
    result = find("2402.00002 Teapots at Rest", filters=Filters(before=date(2024, 1, 31)))
    assert TEAPOT not in result.papers


def test_filters_are_hard_and_tell_what_was_searched() -> None:
    result = find("whistles", filters=Filters(after=date(2024, 1, 1)))
    assert result.papers == (KETTLE,)
    assert result.searched == 2
    assert result.span == (date(2024, 1, 5), date(2024, 2, 1))


def test_an_empty_span_of_time_is_told() -> None:
    result = find("whistles", filters=Filters(after=date(2030, 1, 1)))
    assert (result.hits, result.searched, result.span) == ((), 0, None)
    assert result.confidence is Confidence.NOTHING


def test_papers_without_days_have_no_span() -> None:
    result = search_in([SPOON], Query(question="spoons"), limit=5)
    assert (result.searched, result.span) == (1, None)


def test_a_question_about_something_else_finds_nothing() -> None:
    result = find("protein folding?")
    assert result.papers == ()
    assert result.confidence is Confidence.NOTHING


def test_at_most_the_limit_is_returned_named_papers_included() -> None:
    assert find("2401.00001 2402.00002 spoon whistles", limit=1).papers == (KETTLE,)
    assert find("2401.00001 2402.00002 spoon whistles", limit=3).papers == (KETTLE, TEAPOT, SPOON)


def test_a_question_without_words_finds_nothing() -> None:
    assert find("what is it?").hits == ()


def test_the_paper_with_a_name_comes_before_others_that_say_it_more() -> None:
    own = make_paper(title="SPACE: Scenes of Objects", abstract="A model of scenes.", arxiv_id="2403.00001")
    other = make_paper(
        title="Space in Space", abstract="Space, space and space.", arxiv_id="2403.00002", published=date(2026, 1, 1)
    )
    assert search_in([other, own], Query(question="what is space?"), limit=2).papers == (own, other)
    assert search_in([other, own], Query(question="space in space and time"), limit=2).papers[0] == other


def test_a_question_about_a_name_that_no_paper_has_gets_the_closest_papers_only() -> None:
    assert find("how does ZorbNet tell whistles of kettles apart?").confidence is Confidence.CLOSEST
