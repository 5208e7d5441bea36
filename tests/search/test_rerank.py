"""The second stage."""

from bot.search.rerank import Candidate, rescore


def score(*candidates: Candidate, terms: tuple[str, ...] = ("kettle", "lid")) -> list[float]:
    return rescore(terms, candidates, lambda _term: 1.0)


def test_neighbours_in_the_question_that_are_neighbours_in_the_paper_count() -> None:
    apart = Candidate(1.0, (), ("lid", "of", "a", "kettle"))
    together = Candidate(1.0, (), ("a", "kettle", "lid", "of"))
    first, second = score(apart, together)
    assert second > first == 1.0


def test_a_paper_like_the_best_ones_rises_above_one_that_is_not() -> None:
    best = Candidate(9.0, ("kettle",), ("steam", "spout", "handle"))
    like = Candidate(2.0, ("pot",), ("steam", "spout", "handle"))
    other = Candidate(2.0, ("pot",), ("moon", "tide", "sand"))
    first, second, third = score(best, like, other)
    assert first > second > third


def test_no_candidates_give_no_scores() -> None:
    assert score() == []


def test_the_plain_score_still_leads() -> None:
    weak, strong = score(Candidate(0.5, ("pot",), ("lid",)), Candidate(5.0, ("pot",), ("lid",)))
    assert strong - weak == 4.5
