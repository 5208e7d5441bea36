"""Verbatim sentences from abstracts: the mode without a model.

For a question a sentence's score is its BM25 score among all sentences of the found abstracts + a cue that it says what
a paper does or found + its closeness to the whole abstract (centroid) + how well it says what is asked for, such as a
cost or data. Words of a paper's title help to find the paper rather than a sentence of it, so they weigh half. Of the
39 questions with facts to find in eval/questions.jsonl, 37 are answered with plans and 28 without (`python -m
bench.extracts`): 37 and 26 with BM25Okapi in place of BM25L, 34 and 27 with BM25Plus, 33 and 26 with the share of the
query's weight that a sentence has.

For a summary the query is the title, and that share is enough: ROUGE-1 is .149 on ml-papers and .163 on scifact, with
BM25Okapi .150 and .160, BM25L .148 and .161, BM25Plus .149 and .162. Share, cue and centroid at 1/.8/.3 were best
against authors' own TL;DRs (ROUGE-1 .327; LexRank .250).
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rank_bm25 import BM25L

from bot.answers.answer import Source, Statement, number_sources
from bot.answers.extracts.quotable import has_link, quotable_sentences
from bot.answers.extracts.slots import FITS, Slot, slot_scores
from bot.models import Paper
from bot.search.engine.protocol import PaperIndex
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


def share(wanted: Iterable[str], held: Iterable[str], index: PaperIndex) -> float:
    """Return how much of the wanted terms' idf a text holds, 0 to 1; each term counts once."""
    weights = {term: index.idf(term) for term in wanted}
    most = sum(weights.values())
    return sum(weights[term] for term in weights.keys() & set(held)) / most if most else 0.0


def bm25(sentences: Sequence[Counter[str]], queries: Sequence[tuple[str, ...]]) -> list[float]:
    """Return how well each sentence matches its own query, 0 to 1: its BM25 score as a share of the best one's.

    The sentences are one collection, which also gives the idf. Repeating a term in a query gives it more weight. Terms
    that no sentence has count too: the best sentence reaches the share of a query's idf that the collection has.
    """
    if not any(sentences):
        return [0.0] * len(sentences)
    scorer = BM25L([list(sentence.elements()) for sentence in sentences])
    scores = {query: scorer.get_scores(query) for query in set(queries)}
    unseen = math.log(scorer.corpus_size + 1) - math.log(0.5)  # BM25L's idf of a term in no sentence
    known = {
        query: sum(scorer.idf.get(term, 0.0) for term in query)
        / (sum(scorer.idf.get(term, unseen) for term in query) or 1.0)
        for query in scores
    }
    best = max(float(scores[query][place]) for place, query in enumerate(queries)) or 1.0
    return [float(scores[query][place]) / best * known[query] for place, query in enumerate(queries)]


def cosine(a: Counter[str], b: Counter[str]) -> float:
    """Return the likeness of two texts by their terms, 0 to 1."""
    product = sum(count * b[term] for term, count in a.items())
    norms = math.sqrt(sum(n * n for n in a.values()) * sum(n * n for n in b.values()))
    return product / norms if norms else 0.0


SUMMARY_CUE, QUESTION_CUE = 0.8, 0.1
CENTROID_WEIGHT = 0.3
ASKED_SLOT = 0.3
OTHER_TERM = 2
"""How often a query's term counts that is not in the paper's title, whose words rather help to find the paper."""
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
    slots: Mapping[Slot, float]
    score: float


def extracts(terms: Sequence[str], sources: Sequence[Source]) -> tuple[Statement, ...]:
    """Return the sentences that say most about the query, at most four and two of one paper, in reading order.

    `terms` are the query's; each statement cites the source that it is from. Nothing when no sentence may be shown.
    """
    candidates = _answering(terms, sources)
    chosen: list[_Candidate] = []
    while len(chosen) < SENTENCES:
        counts = Counter(candidate.source.number for candidate in chosen)
        open_ones = [c for c in candidates if c not in chosen and counts[c.source.number] < SENTENCES_A_PAPER]
        if not open_ones:
            break
        chosen.append(max(open_ones, key=lambda c: _marginal(c, chosen)))
    chosen.sort(key=lambda c: (c.source.number, c.position))
    return tuple(Statement(c.text, (c.source.number,), lead="\n") for c in chosen)


def best_sentences(terms: Sequence[str], papers: Sequence[Paper]) -> list[str]:
    """Return of each paper the one sentence that says most about the query; "" where none may be shown."""
    best: dict[int, _Candidate] = {}
    for candidate in _answering(terms, number_sources(papers)):
        number = candidate.source.number
        if number not in best or candidate.score > best[number].score:
            best[number] = candidate
    return [best[number].text if number in best else "" for number in range(1, len(papers) + 1)]


def summary_sentence(paper: Paper, index: PaperIndex) -> str:
    """Return the one sentence of an abstract that says best what the paper is about; "" when none may be shown."""
    title = tokenize(paper.title)
    candidates = [
        replace(c, score=c.score + share(title, c.terms, index)) for c in _candidates(Source(1, paper), SUMMARY_CUE)
    ]
    # Neither what a paper lacks nor where its code is published is what it is about.
    about = [
        candidate
        for candidate in candidates
        if max(candidate.slots.get(Slot.LIMITS, 0.0), candidate.slots.get(Slot.CODE, 0.0)) < FITS
        and not has_link(candidate.text)
    ]
    return max(about or candidates, key=lambda c: c.score).text if candidates else ""


def _answering(terms: Sequence[str], sources: Sequence[Source]) -> list[_Candidate]:
    asked = asked_slots(terms)
    candidates = [candidate for source in sources for candidate in _candidates(source, QUESTION_CUE)]
    titles = {source.number: set(tokenize(source.paper.title)) for source in sources}
    queries = {
        number: tuple(term for term in terms for _ in range(1 if term in title else OTHER_TERM))
        for number, title in titles.items()
    }
    matches = bm25([c.terms for c in candidates], [queries[c.source.number] for c in candidates])
    fits = [max((c.slots.get(slot, 0.0) for slot in asked), default=0.0) for c in candidates]
    scored = [
        replace(candidate, score=candidate.score + match + ASKED_SLOT * fit)
        for candidate, match, fit in zip(candidates, matches, fits, strict=True)
    ]
    if Slot.CODE in asked:
        return scored
    unlinked = {c.source.number for c in scored if not has_link(c.text)}
    return [c for c in scored if c.source.number not in unlinked or not has_link(c.text)]


def _candidates(source: Source, cue_weight: float) -> list[_Candidate]:
    """Return the sentences that may be shown, scored by what matters for every query: cue and centroid."""
    whole = Counter(tokenize(source.paper.abstract))
    texts = quotable_sentences(source.paper)
    candidates: list[_Candidate] = []
    for position, (text, slots) in enumerate(zip(texts, slot_scores(texts), strict=True)):
        terms = Counter(tokenize(text))
        score = cue_weight * bool(_CUE.search(text)) + CENTROID_WEIGHT * cosine(terms, whole)
        candidates.append(_Candidate(source, position, text, terms, slots, score))
    return candidates


def _marginal(candidate: _Candidate, chosen: Sequence[_Candidate]) -> float:
    """Maximal marginal relevance: the score, less the likeness to what is chosen already."""
    likeness = max((cosine(candidate.terms, other.terms) for other in chosen), default=0.0)
    return MMR_LAMBDA * candidate.score - (1 - MMR_LAMBDA) * likeness
