"""Explanations."""

import pytest

from bot.search.ranking.second_stage import Query, explain
from tests.factories import make_papers
from tests.search.in_memory import search_in


def test_the_parts_add_up_to_the_score_and_the_heaviest_comes_first() -> None:
    papers = make_papers("Kettle lids", "Kettle", "Pots", abstract="We study lids.")
    result = search_in(papers, Query(question="kettle lids unheard"), limit=3)
    for hit in result.hits:
        explained = explain(hit, result.terms, result.index)
        assert sum(share.added for share in explained.shares) + explained.second_stage == pytest.approx(hit.score)
        assert [share.added for share in explained.shares] == sorted((s.added for s in explained.shares), reverse=True)
    best = explain(result.hits[0], result.terms, result.index)
    assert best.shares[0].term == "kettl"
    assert best.second_stage > 0
    assert {share.term: share.added for share in best.shares}["unheard"] == 0
