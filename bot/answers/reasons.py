"""Sentences on why an answer is not a model's full answer, in the asker's language."""

from collections.abc import Sequence

from bot.answers.answer import AnswerDraft, Row
from bot.errors.services import BudgetUsed, ModelError, ModelInterrupted
from bot.i18n.translation import gettext, localized, number, phrase
from bot.search.query.filters import nothing_within
from bot.search.ranking.confidence import Confidence
from bot.search.ranking.second_stage import SearchResult

FAILED_CHECKS = phrase("what the model wrote failed the checks")
NO_EXTRACT = phrase("No single sentence in the abstracts answers this. These papers come closest.")
POINTS_BACK = phrase("This refers to something earlier, but there's nothing before it. Name the paper or topic.")
IN_ENGLISH = phrase("No abstract contains these words. Abstracts are in English: ask in English, or name the paper.")
NOTHING_ABOUT = phrase("Nothing in the store is about this. Try words that a paper about it would use.")


_LEFT_OUT = phrase("the model left them out or what it wrote failed the checks")


def extracts_because(reason: str) -> str:
    """Say that sentences are verbatim, and why there is nothing else."""
    said = gettext("These sentences come word for word from abstracts because {reason}.")
    return said.format(reason=localized(reason))


def quoted(rows: Sequence[Row], failure: ModelError | BudgetUsed | None) -> str | None:
    """Say which lines of rows are verbatim, and why; None where all are a model's and it came to its end."""
    why = failure.reason if failure else _LEFT_OUT
    if any(statement.verbatim for row in rows for cell in row.cells for statement in cell):
        return gettext("Quoted lines come word for word from abstracts because {reason}.").format(
            reason=why.localized()
        )
    return interrupted(failure) if failure else None


def interrupted(failure: ModelError | BudgetUsed) -> str:
    """Say that an answer has no end."""
    if isinstance(failure, ModelInterrupted):
        return gettext("The answer stops here. Everything above was checked.")
    said = gettext("The answer stops here ({reason}). Everything above was checked.")
    return said.format(reason=failure.reason.localized())


def none_about(names: Sequence[str]) -> str:
    """Say what no paper is about."""
    quotes = gettext(" or ").join(f"“{name}”" for name in names)
    return gettext("No paper in the store is about {names}.").format(names=quotes)


def first_of(shown: int, result: SearchResult) -> str | None:
    """Say that a span has more papers than are shown; None where it has not."""
    if shown >= result.searched:
        return None
    said = gettext("Of {number} papers {filters} in the store, this covers the first {shown}.")
    return said.format(number=number(result.searched), filters=result.filters, shown=number(shown))


def listed(draft: AnswerDraft, result: SearchResult) -> str:
    """Say how many papers a time that was asked for has."""
    within = str(result.filters)
    if len(draft.sources) >= result.searched:
        said = gettext("Papers in the store: {number}. Name a topic to get an answer.")
        if within:
            said = gettext("Papers {filters}: {number}. Name a topic to get an answer.")
    else:
        said = gettext("Showing the first {shown} of {number} papers in the store. Name a topic to get an answer.")
        if within:
            said = gettext("Showing the first {shown} of {number} papers {filters}. Name a topic to get an answer.")
    return said.format(number=number(result.searched), filters=within, shown=number(len(draft.sources)))


def not_answered(result: SearchResult) -> str:
    """Say why there is no answer, though papers come close."""
    if result.confidence is Confidence.ANSWER:  # a model has read them
        return gettext("The abstracts don't answer this. These papers come closest.")
    return gettext("No abstract matches closely enough to answer from. These papers come closest.")


def nothing(result: SearchResult) -> str:
    """Say why there are no papers."""
    return NOTHING_ABOUT.localized() if result.searched else nothing_within(result.filters)
