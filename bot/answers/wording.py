"""Words on answers that every front end shares: headings, counts, and why an answer is not a model's full one."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from bot.answers.answer import Answer, AnswerDraft, Kind, Row, Task
from bot.answers.grounding.check import Problem
from bot.answers.sentences import MARKER
from bot.answers.writing.claims import Failure
from bot.errors.services import BudgetUsed, ModelError, ModelInterrupted
from bot.i18n.translation import Phrase, day_of_year, gettext, localized, ngettext, phrase
from bot.i18n.translation import day as day_in_words
from bot.i18n.translation import month as month_in_words
from bot.i18n.translation import number as number_of
from bot.models import HubLinks, HubRepositories, Paper
from bot.search.query.filters import Filters, nothing_within
from bot.search.ranking.confidence import Confidence
from bot.search.ranking.second_stage import SearchResult
from bot.text import shorten

_WORDING_LIMIT = 300

HEADINGS = {
    Kind.ANSWER: phrase("Answer"),
    Kind.EXTRACTS: phrase("Extracts"),
    Kind.PAPERS: phrase("Papers"),
    Kind.CLOSEST: phrase("No answer, but the closest papers"),
    Kind.NOTHING: phrase("No answer"),
}

NOT_STATED = phrase("not stated in the abstract")
"""What an empty cell of a summary or a comparison says."""

NOUNS: Mapping[str, Callable[[int], str]] = {
    "abstract": lambda number: ngettext("{number} abstract", "{number} abstracts", number),
    "answer": lambda number: ngettext("{number} answer", "{number} answers", number),
    "author": lambda number: ngettext("{number} author", "{number} authors", number),
    "comment": lambda number: ngettext("{number} comment", "{number} comments", number),
    "GitHub star": lambda number: ngettext("{number} GitHub star", "{number} GitHub stars", number),
    "dataset": lambda number: ngettext("{number} dataset", "{number} datasets", number),
    "digest signature": lambda number: ngettext("your id on {number} digest", "your id on {number} digests", number),
    "mail address": lambda number: ngettext("{number} email address", "{number} email addresses", number),
    "model": lambda number: ngettext("{number} model", "{number} models", number),
    "paper": lambda number: ngettext("{number} paper", "{number} papers", number),
    "saved paper": lambda number: ngettext("{number} saved paper", "{number} saved papers", number),
    "sentence": lambda number: ngettext("{number} sentence", "{number} sentences", number),
    "second": lambda number: ngettext("{number} second", "{number} seconds", number),
    "space": lambda number: ngettext("{number} space", "{number} spaces", number),
    "subscription": lambda number: ngettext("{number} follow", "{number} follows", number),
    "upvote": lambda number: ngettext("{number} upvote", "{number} upvotes", number),
}
"""What members see counted, by its English singular."""

_ROW_LABELS = (
    phrase("In short"),
    phrase("Problem"),
    phrase("Method"),
    phrase("Data"),
    phrase("Result"),
    phrase("Limits"),
    phrase("Cost"),
    phrase("Code"),
)

_TASK_HEADINGS = {
    Task.SUMMARY: {Kind.ANSWER: phrase("Summary"), Kind.EXTRACTS: phrase("Summary (extracts)")},
    Task.COMPARISON: {Kind.ANSWER: phrase("Comparison"), Kind.EXTRACTS: phrase("Comparison (extracts)")},
    Task.EXPLANATION: {Kind.ANSWER: phrase("Explanation"), Kind.EXTRACTS: phrase("Explanation (extracts)")},
}


def heading(answer: Answer) -> str:
    """Return what an answer is, in a word or three."""
    return _TASK_HEADINGS.get(answer.task, {}).get(answer.kind, HEADINGS[answer.kind]).localized()


def day(value: date) -> str:
    """Return a date in the reader's language, as in 6 Dec 2023."""
    return day_in_words(value)


def month(value: date) -> str:
    """Return a date's month in the reader's language, as in Dec 2023."""
    return month_in_words(value)


def days(first: date, last: date) -> str:
    """Return a span of days as in 6 Oct to 12 Oct 2026; the first one's year is left out where it is the same."""
    if first == last:
        return day(last)
    begin = day(first) if first.year != last.year else day_of_year(first)
    return gettext("{first} to {last}").format(first=begin, last=day(last))


def row_label(label: str) -> str:
    """Return the name of a row: a fixed one in the reader's language, any other as it was given."""
    return gettext(label) if label in _ROW_LABELS else label


def count(number: int, noun: str) -> str:
    """Return a number with its noun: 1 paper, 1,200 papers. A noun that is not among NOUNS stays English."""
    if noun in NOUNS:
        return NOUNS[noun](number).format(number=number_of(number))
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def paper_facts(paper: Paper) -> list[str]:
    """Return what is known of a paper beside its title, as short phrases."""
    facts: list[str] = []
    if paper.withdrawn:
        facts.append(withdrawal(paper.withdrawn))
    if paper.authors:
        names = ", ".join(paper.authors[:3])
        facts.append(and_more(names, len(paper.authors) - 3))
    elif paper.author_count:
        facts.append(count(paper.author_count, "author"))
    if paper.published:
        facts.append(day(paper.published))
    if paper.upvotes:
        facts.append(count(paper.upvotes, "upvote"))
    if paper.comments:
        facts.append(count(paper.comments, "comment"))
    if paper.stars:
        facts.append(count(paper.stars, "GitHub star"))
    return facts


def and_more(names: str, more: int) -> str:
    """Return names, and how many more there are, if any."""
    return gettext("{names} and {number} more").format(names=names, number=number_of(more)) if more > 0 else names


HUB_SUMMARY = phrase("Summary by Hugging Face, not checked here")
"""Stands with what a model of theirs wrote."""


def hub_links(links: HubLinks) -> list[tuple[str, HubRepositories]]:
    """Return what is linked to a paper, each kind with its number in words: ("3 models", …). Without kinds of none."""
    kinds = (("model", links.models), ("dataset", links.datasets), ("space", links.spaces))
    return [(count(of.total, noun), of) for noun, of in kinds if of.total]


def withdrawal(on: date) -> str:
    """Return “withdrawn on 6 Dec 2023” in the current language."""
    return gettext("withdrawn on {day}").format(day=day(on))


def searched(answer: Answer) -> str:
    """Say what was searched, and what was checked; of an answer from the record, where that is."""
    papers = count(answer.searched, "paper")
    if answer.kind is Kind.ANSWER and answer.model is None:
        return gettext("From the record of {papers} in the store").format(papers=papers)
    if answer.span:
        said = gettext("Searched {papers}, {span}, abstracts only").format(papers=papers, span=days(*answer.span))
    else:
        said = gettext("Searched {papers}, abstracts only").format(papers=papers)
    checked = gettext("read twice") if answer.read_twice else gettext("checked by words only")
    return f"{said} · {checked} · {answer.model}" if answer.model else said


def searched_for(wording: str | None) -> str | None:
    """Say what a question was taken to ask, where that is not its own wording."""
    return gettext("Searched for: {words}").format(words=shorten(wording, _WORDING_LIMIT)) if wording else None


def nothing_found(result: SearchResult) -> str:
    """Say why a search found no paper, and what to do next."""
    if not result.searched and str(result.filters):
        return f"{_nothing_within(result)} {gettext('Loosen a filter, or try different words.')}"
    if not result.terms:
        return gettext("These words are too common. Name a topic, a method or a title.")
    return gettext("None of the papers searched contains any of these words. Try different words.")


def without_stop(sentence: str) -> tuple[str, str]:
    """Split the mark that ends a sentence from it, so that citations can stand before the mark."""
    body = sentence.rstrip(".!?。！？।")
    return (body, sentence[len(body) :]) if body else (sentence, "")


FAILED_CHECKS = phrase("what the model wrote failed the checks")
NAMED_NO_SOURCES = phrase("the model named no sources")
OTHER_LANGUAGE = phrase("the model wrote in another language than it was asked to")
NO_EXTRACT = phrase("No single sentence in the abstracts answers this. These papers come closest.")
POINTS_BACK = phrase("This refers to something earlier, but there's nothing before it. Name the paper or topic.")
IN_ENGLISH = phrase("No abstract contains these words. Abstracts are in English: ask in English, or name the paper.")
NOTHING_ABOUT = phrase("Nothing in the store is about this. Try words that a paper about it would use.")


_UNSUPPORTED = phrase("not supported by the abstracts")
_UNCHECKED = phrase("failed the checks")
_UNCITED = phrase("no source named")
_LEFT_OUT = phrase("the model left them out or what it wrote failed the checks")


def why_failed(failures: Sequence[Failure]) -> Phrase:
    """Return why too little of what a model wrote is left for an answer."""
    first = [it for it in failures if it.problems != (Problem.ORPHAN,)]  # which others brought down
    uncited = (it.problems == (Problem.UNCITED,) and not MARKER.search(it.sentence) for it in first)
    return NAMED_NO_SOURCES if first and all(uncited) else FAILED_CHECKS


def extracts_because(reason: str) -> str:
    """Say that sentences are verbatim, and why there is nothing else."""
    said = gettext("These sentences come word for word from abstracts because {reason}.")
    return said.format(reason=localized(reason))


def left_out(failures: Sequence[Failure], *, read: bool) -> str | None:
    """Say how many sentences of a model are not shown, and why; None for none. `read`: the rest was read twice."""
    failures = [failure for failure in failures if Problem.COPIED not in failure.problems]  # true, and no summary
    if not failures:
        return None
    why = _UNSUPPORTED if read else _UNCHECKED
    if all(failure.problems == (Problem.UNCITED,) for failure in failures):
        why = _UNCITED
    said = gettext("{sentences} left out ({reason}).")
    return said.format(sentences=count(len(failures), "sentence"), reason=why.localized())


def quoted(rows: Sequence[Row], failure: ModelError | BudgetUsed | None) -> str | None:
    """Say which lines of rows are verbatim, and why; None where all are a model's and it came to its end."""
    why = failure.reason if failure else _LEFT_OUT
    if any(statement.verbatim for row in rows for cell in row.cells for statement in cell):
        return gettext("Quoted lines come word for word from abstracts because {reason}.").format(
            reason=why.localized()
        )
    return interrupted(failure) if failure else None


def interrupted(failure: ModelError | BudgetUsed) -> str:
    """Say that an answer stops early and, where the stream did not just break, why."""
    if isinstance(failure, ModelInterrupted):
        return gettext("The answer stops here. Everything above was checked.")
    said = gettext("The answer stops here ({reason}). Everything above was checked.")
    return said.format(reason=failure.reason.localized())


def not_done(wish: str) -> str:
    """Say that the second of two wishes in one message isn't done."""
    return gettext("I do one thing at a time. Not done yet: “{wish}”.").format(wish=shorten(wish, _WORDING_LIMIT))


def none_about(names: Sequence[str]) -> str:
    """Say that no paper in the store is about any of these names."""
    quotes = gettext(" or ").join(f"“{name}”" for name in names)
    return gettext("No paper in the store is about {names}.").format(names=quotes)


def first_of(shown: int, result: SearchResult) -> str | None:
    """Say that a span has more papers than are shown; None where it has not."""
    if shown >= result.searched:
        return None
    said = gettext("Of {number} papers {filters} in the store, this covers the first {shown}.")
    return said.format(number=number_of(result.searched), filters=result.filters, shown=number_of(shown))


def about_it(about: int, found: int) -> str | None:
    """Say how many of the papers found are about the topic; None where all are."""
    if about >= found:
        return None
    said = gettext("{about} of the {found} closest papers are about it.")
    return said.format(about=number_of(about), found=number_of(found))


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
    return said.format(number=number_of(result.searched), filters=within, shown=number_of(len(draft.sources)))


def not_answered(result: SearchResult) -> str:
    """Say why there is no answer, though papers come close."""
    if result.confidence is Confidence.ANSWER:  # a model has read them
        return gettext("The abstracts don't answer this. These papers come closest.")
    return gettext("No abstract matches closely enough to answer from. These papers come closest.")


def nothing(result: SearchResult) -> str:
    """Say why a request has no papers: none is about it, or the filters leave none."""
    if not result.searched:
        return _nothing_within(result)
    if result.filters.span:
        said = gettext("Nothing {span} is about this. Ask for more days, or try other words.")
        return said.format(span=result.filters.span)
    return NOTHING_ABOUT.localized()


def _nothing_within(result: SearchResult) -> str:
    """Say that the filters leave no paper and, where they are days alone, of when the nearest papers are."""
    after, before = result.filters.after, result.filters.before
    whole = result.index.span(Filters())[1]
    if result.filters.fields or not (after or before) or whole is None:
        return nothing_within(result.filters)
    oldest, newest = whole
    early = before is not None and before < oldest
    if after is None:
        said = gettext("Nothing came up to {last}; the oldest papers are of {day}.")
    elif before is None:
        said = gettext("Nothing came since {first}; the newest papers are of {day}.")
    elif after == before and early:
        said = gettext("Nothing came on {first}; the oldest papers are of {day}.")
    elif after == before:
        said = gettext("Nothing came on {first}; the newest papers are of {day}.")
    elif early:
        said = gettext("Nothing came between {first} and {last}; the oldest papers are of {day}.")
    else:
        said = gettext("Nothing came between {first} and {last}; the newest papers are of {day}.")
    nearest = oldest if early or after is None else newest
    return said.format(first=day(after or oldest), last=day(before or newest), day=day(nearest))
