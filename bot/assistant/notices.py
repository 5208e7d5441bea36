"""Sentences on why an answer is not a model's full answer."""

from collections.abc import Sequence

from bot.assistant.answer import Row
from bot.assistant.basis import Basis
from bot.errors import BudgetUsed, ModelError, ModelInterrupted
from bot.search.confidence import Confidence
from bot.search.filters import nothing_within
from bot.search.ranking import SearchResult

FAILED_CHECKS = "what the model wrote did not pass the checks"
NO_EXTRACT = "No sentence of an abstract answers this by itself. These papers come closest."
POINTS_BACK = "This points back to something, and nothing was said before it. Name the paper or the topic."
IN_ENGLISH = "No abstract has these words. The abstracts are in English: ask in English, or name the paper."
NOTHING_ABOUT = "Nothing in the store is about this. Try the words that a paper about it would use."


def extracts_because(reason: str) -> str:
    """Say that sentences are verbatim, and why there is nothing else."""
    return f"These are sentences taken word for word from abstracts: {reason}."


def quoted(rows: Sequence[Row], failure: ModelError | BudgetUsed | None) -> str | None:
    """Say which lines of rows are verbatim, and why; None where all are a model's and it came to its end."""
    why = failure.reason if failure else "the model left them out, or what it wrote did not pass the checks"
    if any(statement.verbatim for row in rows for cell in row.cells for statement in cell):
        return f"Quoted lines are taken word for word from abstracts: {why}."
    return broken_off(failure) if failure else None


def broken_off(failure: ModelError | BudgetUsed) -> str:
    """Say that an answer has no end."""
    ending = "" if isinstance(failure, ModelInterrupted) else f" ({failure.reason})"
    return f"The answer breaks off here{ending}. What stands above was checked."


def first_of(shown: int, result: SearchResult) -> str | None:
    """Say that a span has more papers than are shown; None where it has not."""
    if shown >= result.searched:
        return None
    return f"The store holds {result.searched:,} {result.filters}; these {shown} come first."


def listed(basis: Basis, result: SearchResult) -> str:
    """Say how many papers a time that was asked for has."""
    shown = f", of which these {len(basis.sources)} come first" if len(basis.sources) < result.searched else ""
    span = f" {result.filters}" if str(result.filters) else ""
    return f"The store holds {result.searched:,}{span}{shown}. Name a topic to get an answer."


def not_answered(result: SearchResult) -> str:
    """Say why there is no answer, though papers come close."""
    if result.confidence is Confidence.ANSWER:  # a model has read them
        return "The abstracts don't answer this. These papers come closest."
    return "No abstract fits well enough to answer from. These papers come closest."


def nothing(result: SearchResult) -> str:
    """Say why there are no papers."""
    return NOTHING_ABOUT if result.searched else nothing_within(result.filters)
