"""Answers and results as JSON objects, for scripts."""

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bot.answers.answer import Answer, Statement
from bot.answers.retrieval import Retrieved
from bot.answers.wording import nothing_found
from bot.frontends.console import output
from bot.models import Paper
from bot.search.ranking.second_stage import explain

if TYPE_CHECKING:  # it knows the settings, whose library takes longer to load than a search
    from bot.answers.llm.usage import Usage

_ANSWER = tuple(
    "task kind question wording keywords statements columns rows sources searched span notice model prompts_hash"
    " read_twice cached id list_keys".split()
)
PAPER_FIELDS = tuple(
    "key arxiv_id title authors published listed withdrawn upvotes comments stars url hub_url code_url"
    " project_url".split()
)
_LIMIT = ("whose", "unit", "limit", "used", "left")


def print_object(value: dict[str, Any]) -> None:
    """Print one object on standard output, readable by people too where the encoding allows it.

    Dataclasses are printed as objects of their fields, dates in ISO format.
    """
    from pydantic_core import to_jsonable_python  # noqa: PLC0415 - not needed for help and tables

    plain = json.dumps(value, default=to_jsonable_python, ensure_ascii=not output.is_unicode(), indent=2)
    sys.stdout.write(f"{plain}\n")


def error_object(sentence: str, code: int) -> dict[str, Any]:
    """Return what is printed in place of an answer: the error's sentence and the exit code."""
    return {"error": sentence, "code": code}


def answer_object(answer: Answer) -> dict[str, Any]:
    """Return an answer. `error` is the sentence on the model's failure, and null when it didn't fail."""
    return {
        **fields_of(answer, *_ANSWER),
        "statements": [_statement(statement) for statement in answer.statements],
        "rows": [
            {"label": row.label, "cells": [[_statement(statement) for statement in cell] for cell in row.cells]}
            for row in answer.rows
        ],
        "sources": [paper_object(source.number, source.paper) for source in answer.sources],
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
        **fields_of(result.plan, "wording", "keywords"),
        "papers": [
            {
                **paper_object(number, hit.paper),
                "sentence": sentences[number - 1] or None,
                "score": round(hit.score, 4),
                **({"terms": _terms(result, number - 1)} if explained else {}),
            }
            for number, hit in enumerate(result.hits, start=1)
        ],
        **fields_of(result, "searched", "span"),
        "notice": None if result.hits else nothing_found(result),
        "error": None,
    }


def usage_object(usage: "Usage") -> dict[str, Any]:
    """Return what was used, and of today's limits what is left; null means no limit."""
    return {
        **fields_of(usage, "since", "by"),
        "rows": usage.lines,
        "limits": [{**fields_of(limit, *_LIMIT), "limit": limit.limit or None} for limit in usage.left],
        "error": None,
    }


def fields_of(value: object, *names: str) -> dict[str, Any]:
    """Return the values of these attributes by their names."""
    return {name: getattr(value, name) for name in names}


def _statement(statement: Statement) -> dict[str, Any]:
    return fields_of(statement, "text", "citations", "evidence")


def paper_object(number: int, paper: Paper) -> dict[str, Any]:
    """Return a paper of a list, with its number."""
    return {"number": number, **fields_of(paper, *PAPER_FIELDS)}


def _terms(result: Retrieved, place: int) -> list[dict[str, Any]]:
    shares = explain(result.hits[place], result.terms, result.index).shares
    return [{"term": s.term, "weight": s.weight, "times": s.times, "adds": s.added} for s in shares]
