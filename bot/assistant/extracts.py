"""Verbatim sentences from abstracts: the mode without a model.

A sentence's score is its share of the query's weight + a cue that it tells what a paper does or found + its closeness
to the whole abstract (query BM25, cue phrase, centroid). 1/.8/.3 was best against authors' own TL;DRs (ROUGE-1 .327;
LexRank .250). For a question the cue matters less: of the 39 questions with facts to find in eval/questions.jsonl,
.8 answers 15 to 16 and .1 answers 17 to 18.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.assistant.answer import Source, Statement
from bot.assistant.quotable import has_link, quotable_sentences
from bot.assistant.sentence_scores import cosine, share
from bot.models import Paper
from bot.search.protocol import PaperIndex
from bot.search.tokens import tokenize

SUMMARY_CUE, QUESTION_CUE = 0.8, 0.1
CENTROID_WEIGHT = 0.3
MMR_LAMBDA = 0.7
SENTENCES = 4
SENTENCES_A_PAPER = 2

_CUE = re.compile(
    r"\bwe (?:propose|introduce|present|develop|show|find|demonstrate|study|release)\b|\b(?:this|our) (?:paper|work|"
    r"survey|study|method|model|approach)\b|\boutperform|\bachiev|\bstate-of-the-art\b|\bresults?\b|\b(?:is|are) an? ",
    re.IGNORECASE,
)
_ASKS_FOR_CODE = frozenset(tokenize("code repo repository github link available open source url"))


@dataclass(frozen=True, slots=True)
class _Candidate:
    source: Source
    position: int
    text: str
    terms: Counter[str]
    score: float


def extracts(terms: Sequence[str], sources: Sequence[Source], index: PaperIndex) -> tuple[Statement, ...]:
    """Return the sentences that say most about the query, at most four and two of one paper, in reading order.

    `terms` are the query's; each statement cites the source that it stands in.
    """
    candidates = [c for source in sources for c in _candidates(terms, source, index, QUESTION_CUE)]
    chosen: list[_Candidate] = []
    while len(chosen) < SENTENCES:
        counts = Counter(candidate.source.number for candidate in chosen)
        open_ones = [c for c in candidates if c not in chosen and counts[c.source.number] < SENTENCES_A_PAPER]
        if not open_ones:
            break
        chosen.append(max(open_ones, key=lambda c: _marginal(c, chosen)))
    chosen.sort(key=lambda c: (c.source.number, c.position))
    return tuple(Statement(c.text, (c.source.number,), lead="\n") for c in chosen)


def summary_sentence(paper: Paper, index: PaperIndex) -> str:
    """Return the one sentence of an abstract that says best what the paper is about; "" when none may be shown."""
    candidates = _candidates(tokenize(paper.title), Source(1, paper), index, SUMMARY_CUE)
    return max(candidates, key=lambda c: c.score).text if candidates else ""


def _candidates(terms: Sequence[str], source: Source, index: PaperIndex, cue_weight: float) -> list[_Candidate]:
    sentences = quotable_sentences(source.paper)
    wanted = set(terms)
    if not wanted & _ASKS_FOR_CODE:
        sentences = [sentence for sentence in sentences if not has_link(sentence)] or sentences
    whole = Counter(tokenize(source.paper.abstract))
    candidates: list[_Candidate] = []
    for position, text in enumerate(sentences):
        counts = Counter(tokenize(text))
        score = (
            share(wanted, counts, index)
            + cue_weight * bool(_CUE.search(text))
            + CENTROID_WEIGHT * cosine(counts, whole)
        )
        candidates.append(_Candidate(source, position, text, counts, score))
    return candidates


def _marginal(candidate: _Candidate, chosen: Sequence[_Candidate]) -> float:
    """Maximal marginal relevance: the score, less the likeness to what is chosen already."""
    likeness = max((cosine(candidate.terms, other.terms) for other in chosen), default=0.0)
    return MMR_LAMBDA * candidate.score - (1 - MMR_LAMBDA) * likeness
