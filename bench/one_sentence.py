"""One sentence for a paper: the bot's own choice beside the usual ones, against what people wrote of it.

The references were not written with any of these choices in mind: scifact's claims, sentences that experts wrote of one
finding of an abstract, some turned into their opposite; and the questions of ml-papers, made from what other papers
say of a paper that they cite.
"""

import csv
import json
import math
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.retrieval import read_papers
from bench.rouge import rouge_1, rouge_l
from bot.answers.extracts.answers import cosine, summary_sentence
from bot.answers.sentences import split_sentences
from bot.models import Paper
from bot.search.engine.index import Bm25Index
from bot.search.engine.protocol import PaperIndex
from bot.search.text.tokens import tokenize

Choice = Callable[[Paper, Sequence[str]], str]

_DAMPING = 0.85
_LEXRANK_THRESHOLD = 0.1
_SEED = 4


@dataclass(frozen=True, slots=True)
class Chosen:
    """How near a way of choosing came to the references: mean ROUGE-1 and ROUGE-L, F1."""

    name: str
    rouge_1: float
    rouge_l: float
    pairs: int

    def __str__(self) -> str:
        return f"| {self.name} | {self.rouge_1:.3f} | {self.rouge_l:.3f} | {self.pairs:,} |"


def read_claims(folder: Path) -> tuple[list[Paper], list[tuple[Paper, str]]]:
    """Read a collection in BEIR layout: its papers, and each claim with the paper that it is about."""
    papers = read_papers([folder / "corpus.jsonl"])
    by_key = {paper.key: paper for paper in papers}
    lines = (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    claims = {query["_id"]: query["text"] for query in map(json.loads, lines)}
    with (folder / "qrels.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return papers, [(by_key[row["corpus-id"]], claims[row["query-id"]]) for row in rows if int(row["score"]) > 0]


def measure_choices(papers: Sequence[Paper], pairs: Sequence[tuple[Paper, str]]) -> list[Chosen]:
    """Return how near each way of choosing one sentence comes to the claims of `pairs`; the oracle knows them."""
    index = Bm25Index(papers)
    sentences = {paper.key: split_sentences(paper.abstract) for paper, _ in pairs}
    found: list[Chosen] = []
    for name, choose in choices(index).items():
        picked = {paper.key: choose(paper, sentences[paper.key]) for paper, _ in pairs}
        found.append(_mean(name, [(picked[paper.key], claim) for paper, claim in pairs]))
    oracle = [(max(sentences[paper.key], key=lambda s: rouge_1(s, claim)), claim) for paper, claim in pairs]
    return [*found, _mean("oracle", oracle)]


def choices(index: PaperIndex) -> Mapping[str, Choice]:
    """Return the ways of choosing one sentence, by name."""
    draw = random.Random(_SEED)
    return {
        "ours": lambda paper, _: summary_sentence(paper, index),
        "title overlap": lambda paper, sentences: max(sentences, key=lambda s: _title_share(paper, s, index)),
        "LexRank": lambda _, sentences: _most_central(sentences, _lexrank_weights(sentences, index)),
        "TextRank": lambda _, sentences: _most_central(sentences, _textrank_weights(sentences)),
        "lead": lambda _, sentences: sentences[0],
        "last": lambda _, sentences: sentences[-1],
        "random": lambda _, sentences: draw.choice(sentences),
    }


def _mean(name: str, pairs: Sequence[tuple[str, str]]) -> Chosen:
    ones = [rouge_1(picked, claim) for picked, claim in pairs]
    longest = [rouge_l(picked, claim) for picked, claim in pairs]
    return Chosen(name, sum(ones) / len(pairs), sum(longest) / len(pairs), len(pairs))


def _title_share(paper: Paper, sentence: str, index: PaperIndex) -> float:
    return sum(index.idf(term) for term in set(tokenize(paper.title)) & set(tokenize(sentence)))


def _lexrank_weights(sentences: Sequence[str], index: PaperIndex) -> npt.NDArray[np.float64]:
    """Erkan and Radev (2004): sentences are linked whose idf-weighted cosine is over a threshold."""
    rows = [Counter(tokenize(sentence)) for sentence in sentences]
    weighted = [{term: count * index.idf(term) for term, count in row.items()} for row in rows]
    scaled = [Counter({term: round(weight * 1000) for term, weight in row.items()}) for row in weighted]
    likeness = np.array([[cosine(a, b) for b in scaled] for a in scaled])
    return np.asarray(likeness > _LEXRANK_THRESHOLD, dtype=np.float64)


def _textrank_weights(sentences: Sequence[str]) -> npt.NDArray[np.float64]:
    """Mihalcea and Tarau (2004): shared words over the sum of the logarithms of both lengths."""
    rows = [set(tokenize(sentence)) for sentence in sentences]

    def likeness(a: set[str], b: set[str]) -> float:
        size = math.log(len(a) or 1) + math.log(len(b) or 1)
        return len(a & b) / size if size and a is not b else 0.0

    return np.array([[likeness(a, b) for b in rows] for a in rows])


def _most_central(sentences: Sequence[str], weights: npt.NDArray[np.float64]) -> str:
    """Return the sentence with the highest PageRank in the graph of `weights`."""
    totals = weights.sum(axis=1, keepdims=True)
    steps = np.divide(weights, totals, out=np.full_like(weights, 1 / len(sentences)), where=totals > 0)
    rank = np.full(len(sentences), 1 / len(sentences))
    for _ in range(50):
        rank = (1 - _DAMPING) / len(sentences) + _DAMPING * steps.T @ rank
    return sentences[int(rank.argmax())]
