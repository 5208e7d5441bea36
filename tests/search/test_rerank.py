"""The second stage."""

from typing import NamedTuple

from bot.search.engine.forward import ForwardIndex, PaperTerms
from bot.search.ranking.rerank import rescore


class Candidate(NamedTuple):
    score: float
    title: tuple[str, ...]
    abstract: tuple[str, ...]


def score(*candidates: Candidate, terms: tuple[str, ...] = ("kettle", "lid")) -> list[float]:
    papers = ForwardIndex.read([PaperTerms((), it.title, it.abstract).to_bytes() for it in candidates])
    return rescore(terms, [it.score for it in candidates], papers, lambda _term: 1.0)


def test_neighbours_in_the_question_that_are_neighbours_in_the_paper_count() -> None:
    apart = Candidate(1.0, (), ("lid", "of", "a", "kettle"))
    together = Candidate(1.0, (), ("a", "kettle", "lid", "of"))
    first, second = score(apart, together)
    assert second > first == 1.0


def test_neighbours_across_the_title_s_end_do_not_count() -> None:
    apart = Candidate(1.0, ("a",), ("kettle", "of", "lid"))
    across = Candidate(1.0, ("kettle",), ("lid",))
    first, second = score(apart, across)
    assert first == second == 1.0


def test_a_paper_like_the_best_one_passes_another_that_is_not() -> None:
    best = Candidate(9.0, ("kettle",), ("steam", "whistle", "spout"))
    unlike = Candidate(5.1, ("lid",), ("jar", "glass", "screw"))
    like = Candidate(5.0, ("kettle",), ("steam", "whistle", "handle"))
    scores = score(best, unlike, like)
    assert scores[0] > scores[2] > scores[1]


def test_no_candidates_give_no_scores() -> None:
    assert score() == []


def test_the_plain_score_still_leads() -> None:
    weak, strong = score(Candidate(0.5, ("pot",), ("lid",)), Candidate(5.0, ("pot",), ("lid",)))
    assert strong - weak == 4.5
