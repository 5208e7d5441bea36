"""Verbatim sentences from abstracts: the mode without a model.

A sentence's score is its share of the query's weight + a cue that it says what a paper does or found + its closeness
to the whole abstract (query BM25, cue phrase, centroid). 1/.8/.3 was best against authors' own TL;DRs (ROUGE-1 .327;
LexRank .250). For a question the cue matters less, and two things count besides: a sentence that says what is asked
for, such as a cost or data; and that words of a paper's title help to find the paper rather than a sentence of it, so
they weigh half. Of the 39 questions with facts to find in eval/questions.jsonl, 31 are answered with plans and 23
without by the first three, 33 and 26 by all five; titles at 0 to .5 and slots at .2 to .5 give 33 and 25 to 27.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.answers.answer import Source, Statement
from bot.answers.extracts.quotable import has_link, quotable_sentences
from bot.answers.extracts.slots import FITS, Slot, slot_scores
from bot.models import Paper
from bot.search.engine.protocol import PaperIndex
from bot.search.engine.scoring import K1, B
from bot.search.text.tokens import tokenize

_WORDS = {
    Slot.COST: "speed speedup fast faster slow cost expensive cheap parameter params memory energy power saving save "
    "latency throughput flops gpu gpus compute big biggest size",
    Slot.DATA: "dataset data benchmark corpus corpora",
    Slot.RESULT: "result accuracy score performance better best beat outperform improve improvement gain finding",
    Slot.LIMITS: "limitation limits drawback weakness caveat",
    Slot.CODE: "code repo repository github link url weights checkpoint",
}
_TERMS = {slot: frozenset(tokenize(words)) for slot, words in _WORDS.items()}


def asked_slots(terms: Iterable[str]) -> frozenset[Slot]:
    """Return the slots that a query's index terms ask for."""
    asked = frozenset(terms)
    return frozenset(slot for slot, words in _TERMS.items() if words & asked)


def share(wanted: Mapping[str, float], held: Iterable[str], index: PaperIndex) -> float:
    """Return how much of the wanted terms' weight, idf times their own, a text holds, 0 to 1; each counts once."""
    weights = {term: index.idf(term) * weight for term, weight in wanted.items()}
    most = sum(weights.values())
    return sum(weights[term] for term in weights.keys() & set(held)) / most if most else 0.0


def bm25(wanted: Iterable[str], sentences: Sequence[Counter[str]], index: PaperIndex) -> list[float]:
    """Return the BM25 score of each sentence for the terms, with the papers' idf and the sentences' own lengths."""
    weights = {term: index.idf(term) for term in wanted}
    lengths = [sentence.total() for sentence in sentences]
    mean = sum(lengths) / len(lengths) if lengths else 0.0
    return [
        sum(
            weight * (K1 + 1) * count / (count + K1 * (1 - B + B * length / mean))
            for term, weight in weights.items()
            if (count := sentence[term])
        )
        for sentence, length in zip(sentences, lengths, strict=True)
    ]


def cosine(a: Counter[str], b: Counter[str]) -> float:
    """Return the likeness of two texts by their terms, 0 to 1."""
    product = sum(count * b[term] for term, count in a.items())
    norms = math.sqrt(sum(n * n for n in a.values()) * sum(n * n for n in b.values()))
    return product / norms if norms else 0.0


SUMMARY_CUE, QUESTION_CUE = 0.8, 0.1
CENTROID_WEIGHT = 0.3
ASKED_SLOT = 0.3
TITLE_TERM = 0.5
MMR_LAMBDA = 0.7
SENTENCES = 4
SENTENCES_A_PAPER = 2

# Without the verb, "results" would be every heading of a structured abstract: ROUGE-1 .149 against .163 on scifact.
_CUE = re.compile(
    r"\bwe (?:\w+ly |also )?(?:propose|introduce|present|develop|show|find|demonstrate|study|release|investigate"
    r"|describe|explore|report|identify|design)\b|\b(?:this|our) (?:paper|work|survey|study|method|model|approach)\b"
    r"|\boutperform|\bachiev|\bstate-of-the-art\b|\bresults? (?:show|indicate|suggest|demonstrate)|\b(?:is|are) an? ",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    source: Source
    position: int
    text: str
    terms: Counter[str]
    score: float


def extracts(terms: Sequence[str], sources: Sequence[Source], index: PaperIndex) -> tuple[Statement, ...]:
    """Return the sentences that say most about the query, at most four and two of one paper, in reading order.

    `terms` are the query's; each statement cites the source that it is from. Nothing when no sentence may be shown.
    """
    asked = asked_slots(terms)
    candidates = [c for source in sources for c in _answering(terms, asked, source, index)]
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
    title = dict.fromkeys(tokenize(paper.title), 1.0)
    candidates = _candidates(title, Source(1, paper), index, SUMMARY_CUE)
    slots = slot_scores([candidate.text for candidate in candidates])
    # Neither what a paper lacks nor where its code lies is what it is about.
    about = [
        candidate
        for candidate, scores in zip(candidates, slots, strict=True)
        if max(scores.get(Slot.LIMITS, 0.0), scores.get(Slot.CODE, 0.0)) < FITS and not has_link(candidate.text)
    ]
    return max(about or candidates, key=lambda c: c.score).text if candidates else ""


def _answering(terms: Sequence[str], asked: frozenset[Slot], source: Source, index: PaperIndex) -> list[_Candidate]:
    title = set(tokenize(source.paper.title))
    wanted = {term: TITLE_TERM if term in title else 1.0 for term in terms}
    candidates = _candidates(wanted, source, index, QUESTION_CUE)
    slots = slot_scores([candidate.text for candidate in candidates])
    told = [
        replace(c, score=c.score + ASKED_SLOT * max((scores.get(slot, 0.0) for slot in asked), default=0.0))
        for c, scores in zip(candidates, slots, strict=True)
    ]
    if Slot.CODE in asked:
        return told
    return [candidate for candidate in told if not has_link(candidate.text)] or told


def _candidates(wanted: Mapping[str, float], source: Source, index: PaperIndex, cue_weight: float) -> list[_Candidate]:
    whole = Counter(tokenize(source.paper.abstract))
    candidates: list[_Candidate] = []
    for position, text in enumerate(quotable_sentences(source.paper)):
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
