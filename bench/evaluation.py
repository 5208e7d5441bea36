"""How well the search finds, on a collection in BEIR's layout."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.metrics import ndcg, recall, reciprocal_rank
from bench.retrieval import store_of
from bot.models import Paper
from bot.search.engine.forward import PaperTerms
from bot.search.engine.index import Bm25Index
from bot.search.ranking.second_stage import Query, first_stage, rank_again, second_stage

DEPTH = 100


def run_beir(folder: Path, *, assistant: bool = False) -> None:
    """Print nDCG@10, recall@10, recall@100 and MRR for corpus.jsonl, queries.jsonl and qrels.tsv in `folder`.

    By the two stages of search or, with `assistant`, by the assistant, which reads dates, conditions and sides too.
    """
    papers = {paper.key: paper for paper in map(_paper, _lines(folder / "corpus.jsonl"))}
    judged = _judgements(folder / "qrels.tsv")
    queries = [query for query in map(json.loads, _lines(folder / "queries.jsonl")) if query["_id"] in judged]
    questions = [str(query["text"]) for query in queries]
    rankings = asyncio.run(_found(papers, questions)) if assistant else _searched(papers, questions)
    figures: dict[str, list[float]] = defaultdict(list)
    for query, ranking in zip(queries, rankings, strict=True):
        relevance = judged[query["_id"]]
        figures["nDCG@10"].append(ndcg(ranking, relevance, 10))
        figures["recall@10"].append(recall(ranking, relevance, 10))
        figures["recall@100"].append(recall(ranking, relevance, 100))
        figures["MRR"].append(reciprocal_rank(ranking, relevance))
    print(f"{folder.name}: {len(papers):,} abstracts, {len(queries):,} queries")
    for name, values in figures.items():
        print(f"{name:12} {sum(values) / len(values):.4f}")


def _searched(papers: Mapping[str, Paper], questions: Sequence[str]) -> list[list[str]]:
    index = Bm25Index(list(papers.values()))
    forward = {key: PaperTerms.of(paper).to_bytes() for key, paper in papers.items()}
    rankings: list[list[str]] = []
    for question in questions:
        asked = Query(question=question)
        candidates = first_stage(index, asked, limit=DEPTH)
        terms = {match.document: forward[match.key] for match in candidates.matches}
        again = rank_again(index, asked, candidates, terms)
        found = [papers[match.key] for match in candidates.matches]
        result = second_stage(index, asked, candidates, again, found, limit=DEPTH)
        rankings.append([paper.key for paper in result.papers])
    return rankings


async def _found(papers: Mapping[str, Paper], questions: Sequence[str]) -> list[list[str]]:
    async with store_of(list(papers.values())) as app:
        results = [await app.assistant.find(text, limit=DEPTH) for text in questions]
    return [[paper.key for paper in result.papers] for result in results]


def _paper(line: str) -> Paper:
    record = json.loads(line)
    # Its id stands in for the arXiv id, as the paper's key: titles may repeat.
    return Paper(title=record["title"], abstract=record["text"], origin="beir", arxiv_id=record["_id"])


def _judgements(path: Path) -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = defaultdict(dict)
    for line in _lines(path)[1:]:
        query, document, grade = line.split("\t")
        judged[query][document] = int(grade)
    return {query: grades for query, grades in judged.items() if any(grade > 0 for grade in grades.values())}


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()
