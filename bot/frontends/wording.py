"""Words that every front end shares."""

from datetime import date

from bot.assistant.answer import Answer, Kind, Task
from bot.models import Paper
from bot.search.filters import nothing_within
from bot.search.ranking import SearchResult
from bot.text import shorten
from bot.translation import gettext

_WORDING_LIMIT = 300

HEADINGS = {
    Kind.ANSWER: "Answer",
    Kind.EXTRACTS: "Extracts",
    Kind.PAPERS: "Papers",
    Kind.CLOSEST: "No answer, but close papers",
    Kind.NOTHING: "No answer",
}

NOT_STATED = "not stated in the abstract"
"""What an empty cell of a summary or a comparison says."""

_TASK_HEADINGS = {
    Task.SUMMARY: {Kind.ANSWER: "Summary", Kind.EXTRACTS: "Summary in extracts"},
    Task.COMPARISON: {Kind.ANSWER: "Comparison", Kind.EXTRACTS: "Comparison in extracts"},
    Task.EXPLANATION: {Kind.ANSWER: "Explanation", Kind.EXTRACTS: "Explanation in extracts"},
}


def heading(answer: Answer) -> str:
    """Return what an answer is, in a word or three."""
    return _TASK_HEADINGS.get(answer.task, {}).get(answer.kind, HEADINGS[answer.kind])


def day(value: date) -> str:
    """Return a day as in 6 Dec 2023."""
    return f"{value.day} {value:%b %Y}"


def days(first: date, last: date) -> str:
    """Return a span of days as in 6 Oct to 12 Oct 2026; the first one's year stands there only when it is another."""
    if first == last:
        return day(last)
    return f"{day(first) if first.year != last.year else f'{first.day} {first:%b}'} to {day(last)}"


def count(number: int, noun: str) -> str:
    """Return a number with its noun: 1 paper, 1,200 papers."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def paper_facts(paper: Paper) -> list[str]:
    """Return what is known of a paper beside its title, as short phrases."""
    facts: list[str] = []
    if paper.withdrawn:
        facts.append(withdrawal(paper.withdrawn))
    if paper.authors:
        names = ", ".join(paper.authors[:3])
        facts.append(f"{names} and {len(paper.authors) - 3} more" if len(paper.authors) > 3 else names)
    elif paper.author_count:
        facts.append(count(paper.author_count, "author"))
    if paper.published:
        facts.append(day(paper.published))
    if paper.upvotes:
        facts.append(count(paper.upvotes, "upvote"))
    if paper.comments:
        facts.append(count(paper.comments, "comment"))
    return facts


def withdrawal(on: date) -> str:
    """Return the mark of a withdrawn paper."""
    return gettext("withdrawn on {day}").format(day=day(on))


def searched(answer: Answer) -> str:
    """Say what was searched, and what was checked."""
    said = f"Searched {count(answer.searched, 'paper')}"
    if answer.span:
        said += f", {days(*answer.span)}"
    said += ", abstracts only"
    return f"{said} · figures and sources checked · {answer.model}" if answer.model else said


def searched_for(wording: str | None) -> str | None:
    """Say what a question was taken to ask, where that is not its own wording."""
    return f"Searched for: {shorten(wording, _WORDING_LIMIT)}" if wording else None


def nothing_found(result: SearchResult) -> str:
    """Say why a search found no paper, and what to do next."""
    if not result.searched and str(result.filters):
        return f"{nothing_within(result.filters)} Ask for less, or for another."
    if not result.terms:
        return "Such words stand everywhere. Name a topic, a method or a title."
    return "No paper in the store shares a word with this. Try other words for it."


def without_stop(sentence: str) -> tuple[str, str]:
    """Split the mark that ends a sentence from it, so that citations can stand before the mark."""
    body = sentence.rstrip(".!?")
    return (body, sentence[len(body) :]) if body else (sentence, "")
