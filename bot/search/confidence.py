"""How sure a search is that the papers it found are about the question."""

from collections.abc import Sequence
from enum import StrEnum

from bot.search.bm25 import K1
from bot.search.protocol import PaperIndex


class Confidence(StrEnum):
    """What may be done with a result."""

    ANSWER = "answer"
    CLOSEST = "closest papers only"
    NOTHING = "nothing"


# On 13,267 ML abstracts 0.37 kept 95 % of well-worded questions and turned away 95 % of off-domain ones. People word
# worse than that: of the 28 in eval/questions.jsonl that ask about a name or a fact, 26 reach 0.20 among the 52
# papers; of the 7 without an answer, 2 do, both about a paper that is there but does not tell.
ANSWER_AT = 0.20
CLOSEST_AT = 0.10


def normalised_score(score: float, terms: Sequence[str], index: PaperIndex) -> float:
    """Return `score` as a share of the most that a paper could reach: the sum of idf * (k1 + 1) over the terms."""
    most = sum(index.idf(term) * (K1 + 1) for term in terms)
    return score / most if most else 0.0


def confidence(normalised: float) -> Confidence:
    """Return the band of the best paper's normalised score."""
    if normalised >= ANSWER_AT:
        return Confidence.ANSWER
    return Confidence.CLOSEST if normalised >= CLOSEST_AT else Confidence.NOTHING
