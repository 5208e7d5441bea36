"""Answers and results as JSON objects, for scripts."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from bot.answers.answer import Answer, Statement
from bot.answers.llm.usage import Usage
from bot.answers.retrieval import Retrieved
from bot.answers.wording import nothing_found
from bot.models import Paper
from bot.search.ranking.second_stage import explain


def print_object(value: dict[str, Any]) -> None:
    """Print one object on standard output, readable by people too where the encoding allows it."""
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    sys.stdout.write(json.dumps(value, ensure_ascii=plain, indent=2) + "\n")


def error_object(sentence: str, code: int) -> dict[str, Any]:
    """Return what stands in for an answer that there isn't."""
    return {"error": sentence, "code": code}


def answer_object(answer: Answer) -> dict[str, Any]:
    """Return an answer. `error` is the sentence on the model's failure, and null when it didn't fail."""
    return {
        "task": answer.task.value,
        "kind": answer.kind.value,
        "question": answer.question,
        "wording": answer.wording,
        "keywords": list(answer.keywords),
        "statements": [_statement(statement) for statement in answer.statements],
        "columns": [{"name": column.name, "numbers": list(column.numbers)} for column in answer.columns],
        "rows": [
            {"label": row.label, "cells": [[_statement(statement) for statement in cell] for cell in row.cells]}
            for row in answer.rows
        ],
        "sources": [_paper(source.number, source.paper) for source in answer.sources],
        "searched": answer.searched,
        "span": _span(answer.span),
        "notice": answer.notice,
        "model": answer.model,
        "prompts_hash": answer.prompts_hash,
        "cached": answer.cached,
        "id": answer.id,
        "error": str(answer.failure) if answer.failure else None,
    }


def search_object(query: str, result: Retrieved, *, explained: bool = False) -> dict[str, Any]:
    """Return the papers of a search, best first, each with its score and, when `explained`, what it is made of."""
    return {
        "query": query,
        "wording": result.plan.wording,
        "keywords": list(result.plan.keywords),
        "papers": [
            {
                **_paper(number, hit.paper),
                "score": round(hit.score, 4),
                **({"terms": _terms(result, number - 1)} if explained else {}),
            }
            for number, hit in enumerate(result.hits, start=1)
        ],
        "searched": result.searched,
        "span": _span(result.span),
        "notice": None if result.hits else nothing_found(result),
        "error": None,
    }


def _terms(result: Retrieved, place: int) -> Sequence[dict[str, Any]]:
    shares = explain(result.hits[place], result.terms, result.index).shares
    return [{"term": s.term, "weight": s.weight, "times": s.times, "adds": s.added} for s in shares]


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "text": statement.text,
        "citations": list(statement.citations),
        "evidence": [{"number": e.number, "sentence": e.sentence} for e in statement.evidence],
    }


def _paper(number: int, paper: Paper) -> dict[str, Any]:
    return {
        "number": number,
        "title": paper.title,
        "url": paper.url,
        "code_url": paper.code_url,
        "published": paper.published.isoformat() if paper.published else None,
        "withdrawn": paper.withdrawn.isoformat() if paper.withdrawn else None,
        "key": paper.key,
    }


def _span(span: tuple[date, date] | None) -> list[str] | None:
    return [day.isoformat() for day in span] if span else None


def usage_object(usage: Usage) -> dict[str, Any]:
    """Return what was used, and of today's limits what is left; null stands for no limit."""
    return {
        "since": usage.since.isoformat(),
        "by": usage.by,
        "rows": [asdict(line) for line in usage.lines],
        "limits": [
            {"whose": x.whose, "unit": x.unit, "limit": x.limit or None, "used": x.used, "left": x.left}
            for x in usage.left
        ],
        "error": None,
    }
