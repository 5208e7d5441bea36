"""Answers and results as JSON objects, for scripts."""

import json
import sys
from collections.abc import Sequence
from typing import Any

from pydantic_core import to_jsonable_python

from bot.answers.answer import Answer, Statement
from bot.answers.cards import Card
from bot.answers.listings import Listing
from bot.answers.llm.usage import Usage
from bot.answers.retrieval import Retrieved
from bot.answers.wording import nothing_found
from bot.frontends.console import output
from bot.models import Paper
from bot.saved_papers import bibtex
from bot.search.ranking.second_stage import explain
from bot.trends.counts import Trend

_ANSWER = tuple(
    "task kind question wording keywords statements columns rows sources searched span notice model prompts_hash cached"
    " id".split()
)
_PAPER = tuple(
    "key arxiv_id title authors published listed withdrawn upvotes comments stars url hub_url code_url"
    " project_url".split()
)
_CARD = tuple("abstract version venue organisation categories keywords submitter thumbnail_url discussion_url".split())
_LIMIT = ("whose", "unit", "limit", "used", "left")


def print_object(value: dict[str, Any]) -> None:
    """Print one object on standard output, readable by people too where the encoding allows it.

    Dataclasses are printed as objects of their fields, dates in ISO format.
    """
    plain = json.dumps(value, default=to_jsonable_python, ensure_ascii=not output.is_unicode(), indent=2)
    sys.stdout.write(f"{plain}\n")


def error_object(sentence: str, code: int) -> dict[str, Any]:
    """Return what is printed in place of an answer: the error's sentence and the exit code."""
    return {"error": sentence, "code": code}


def answer_object(answer: Answer) -> dict[str, Any]:
    """Return an answer. `error` is the sentence on the model's failure, and null when it didn't fail."""
    return {
        **_fields(answer, *_ANSWER),
        "statements": [_statement(statement) for statement in answer.statements],
        "rows": [
            {"label": row.label, "cells": [[_statement(statement) for statement in cell] for cell in row.cells]}
            for row in answer.rows
        ],
        "sources": [_paper(source.number, source.paper) for source in answer.sources],
        "error": str(answer.failure) if answer.failure else None,
    }


def search_object(
    query: str, result: Retrieved, sentences: Sequence[str], *, explained: bool = False
) -> dict[str, Any]:
    """Return the papers of a search, best first, each with a sentence of its abstract and its score.

    When `explained`, also with what the score is made of.
    """
    return {
        "query": query,
        **_fields(result.plan, "wording", "keywords"),
        "papers": [
            {
                **_paper(number, hit.paper),
                "sentence": sentences[number - 1] or None,
                "score": round(hit.score, 4),
                **({"terms": _terms(result, number - 1)} if explained else {}),
            }
            for number, hit in enumerate(result.hits, start=1)
        ],
        **_fields(result, "searched", "span"),
        "notice": None if result.hits else nothing_found(result),
        "error": None,
    }


def listing_object(listing: Listing) -> dict[str, Any]:
    """Return a list by date or by votes: the papers shown, `total` of how many, and the reason where it is empty."""
    page = listing.page
    return {
        "title": listing.title,
        "papers": papers_objects(page.papers),
        "total": page.total,
        "notice": None if page.total else listing.nothing,
        "nearest": listing.nearest,
        "error": None,
    }


def similar_object(to: Paper, papers: Sequence[Paper]) -> dict[str, Any]:
    """Return the papers that are most like one, the most similar first."""
    return {"similar_to": _fields(to, *_PAPER), "papers": papers_objects(papers), "error": None}


def papers_objects(papers: Sequence[Paper]) -> list[dict[str, Any]]:
    """Return numbered papers."""
    return [_paper(number, paper) for number, paper in enumerate(papers, start=1)]


def card_object(card: Card) -> dict[str, Any]:
    """Return all that is known of a paper, its entry for BibTeX, and what Hugging Face links to it."""
    summary = card.summary
    return {
        **_fields(card.paper, *_PAPER, *_CARD),
        "summary": summary.text or None,
        "summary_by": "Hugging Face" if summary.by_hub else "abstract",
        "linked": {
            kind: {"total": of.total, "urls": [url for _, url in of.first]}
            for kind, of in (
                ("models", card.links.models),
                ("datasets", card.links.datasets),
                ("spaces", card.links.spaces),
            )
        },
        "bibtex": bibtex(card.paper),
        "error": None,
    }


def trend_object(trend: Trend) -> dict[str, Any]:
    """Return how many papers each topic had in each part of the time, which `starts` begin."""
    return {
        **_fields(trend, "unit", "starts", "today", "held"),
        "topics": [_fields(topic, "topic", "counts", "total", "elsewhen", "undated") for topic in trend.topics],
        "error": None,
    }


def usage_object(usage: Usage) -> dict[str, Any]:
    """Return what was used, and of today's limits what is left; null means no limit."""
    return {
        **_fields(usage, "since", "by"),
        "rows": usage.lines,
        "limits": [{**_fields(limit, *_LIMIT), "limit": limit.limit or None} for limit in usage.left],
        "error": None,
    }


def _fields(value: object, *names: str) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}


def _statement(statement: Statement) -> dict[str, Any]:
    return _fields(statement, "text", "citations", "evidence")


def _paper(number: int, paper: Paper) -> dict[str, Any]:
    return {"number": number, **_fields(paper, *_PAPER)}


def _terms(result: Retrieved, place: int) -> list[dict[str, Any]]:
    shares = explain(result.hits[place], result.terms, result.index).shares
    return [{"term": s.term, "weight": s.weight, "times": s.times, "adds": s.added} for s in shares]
