"""Answers and results as JSON objects, for scripts."""

import json
import sys
from typing import Any

from pydantic_core import to_jsonable_python

from bot.answers.answer import Answer, Statement
from bot.answers.llm.usage import Usage
from bot.answers.retrieval import Retrieved
from bot.answers.wording import nothing_found
from bot.models import Paper
from bot.search.ranking.second_stage import explain

_ANSWER = tuple(
    "task kind question wording keywords statements columns rows sources searched span notice model prompts_hash cached"
    " id list_keys".split()
)
_PAPER = ("title", "url", "code_url", "published", "withdrawn", "key")
_LIMIT = ("whose", "unit", "limit", "used", "left")


def print_object(value: dict[str, Any]) -> None:
    """Print one object on standard output, readable by people too where the encoding allows it.

    Dataclasses are printed as objects of their fields, dates in ISO format.
    """
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    sys.stdout.write(json.dumps(value, default=to_jsonable_python, ensure_ascii=plain, indent=2) + "\n")


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


def search_object(query: str, result: Retrieved, *, explained: bool = False) -> dict[str, Any]:
    """Return the papers of a search, best first, each with its score and, when `explained`, what it is made of."""
    return {
        "query": query,
        **_fields(result.plan, "wording", "keywords"),
        "papers": [
            {
                **_paper(number, hit.paper),
                "score": round(hit.score, 4),
                **({"terms": _terms(result, number - 1)} if explained else {}),
            }
            for number, hit in enumerate(result.hits, start=1)
        ],
        **_fields(result, "searched", "span"),
        "notice": None if result.hits else nothing_found(result),
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
