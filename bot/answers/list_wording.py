"""What is said above a list of papers: how many there are, by what they were counted, and which come first."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.answers.untrusted import clean_model_text
from bot.answers.wording import day, days
from bot.i18n.translation import gettext, ngettext, phrase
from bot.i18n.translation import number as number_of
from bot.latex import readable
from bot.models import Paper
from bot.search.query.filters import Filters, counted, in_words
from bot.store.protocol import CountField
from bot.text import one_line, shorten

_TOPIC_LIMIT = 80
_TITLE_LIMIT = 120

_ORDERS = {
    "best": phrase("best matches first"),
    "best_newest": phrase("the newest of the best matches first"),
    "best_oldest": phrase("the oldest of the best matches first"),
    "newest": phrase("newest first"),
    "oldest": phrase("oldest first"),
    "upvotes": phrase("most upvotes first"),
    "comments": phrase("most comments first"),
    "author_count": phrase("most authors first"),
    "stars": phrase("most GitHub stars first"),
}


def found(number: int, topic: str, filters: Filters) -> str:
    """Say how many papers there are, and by what they were counted."""
    topic, within = shorten(one_line(clean_model_text(topic)), _TOPIC_LIMIT), str(filters)
    if topic and within:
        said = ngettext(
            "{number} paper {filters} has every word of “{topic}” in its title or abstract.",
            "{number} papers {filters} have every word of “{topic}” in their title or abstract.",
            number,
        )
    elif topic:
        said = ngettext(
            "{number} paper has every word of “{topic}” in its title or abstract.",
            "{number} papers have every word of “{topic}” in their title or abstract.",
            number,
        )
    elif within:
        said = ngettext("{number} paper {filters}.", "{number} papers {filters}.", number)
    else:
        said = ngettext("{number} paper in the store.", "{number} papers in the store.", number)
    return said.format(number=number_of(number), topic=topic, filters=within)


def shown_first(shown: int, total: int, order: str) -> str:
    """Say which of a longer list are shown; nothing where all are."""
    if shown >= total:
        return ""
    said = ngettext("The first, {order}:", "The first {shown}, {order}:", shown)
    return said.format(shown=number_of(shown), order=_ORDERS[order].localized())


def came_lately(number: int, span: tuple[date, date]) -> str:
    """Say how many papers were listed or published on some days."""
    said = ngettext(
        "{number} paper was listed or published in this period: {span}.",
        "{number} papers were listed or published in this period: {span}.",
        number,
    )
    return said.format(number=number_of(number), span=days(*span))


def nothing_lately(span: tuple[date, date], newest: date, shown: int, total: int) -> str:
    """Say that nothing came on some days, and of which day the newest papers are."""
    nothing_came = gettext("No paper in the store was listed or published in this period: {span}.")
    said = gettext("The newest are from {day}:").format(day=day(newest))
    if shown < total:
        said = ngettext(
            "The newest are from {day}; the first of {number}:",
            "The newest are from {day}; the first {shown} of {number}:",
            shown,
        ).format(day=day(newest), shown=number_of(shown), number=number_of(total))
    return f"{nothing_came.format(span=days(*span))} {said}"


def by_highest(field: CountField, papers: Sequence[Paper]) -> str:
    """Say which paper, or how many, have the highest number. `papers` come highest first."""
    highest: int = getattr(papers[0], field)
    equal = [paper for paper in papers if getattr(paper, field) == highest]
    how_many = counted(field, highest)
    if len(equal) > 1:
        said = gettext("{number} papers share the highest number, {count}:")
        return said.format(number=number_of(len(equal)), count=how_many)
    return gettext("The highest number, {count}, has “{title}”.").format(count=how_many, title=_title(papers[0]))


def found_newer(number: int, paper: Paper) -> str:
    """Say how many papers like one are newer."""
    said = ngettext(
        "{number} paper like “{title}” is newer:", "{number} papers like “{title}” are newer, the newest first:", number
    )
    return said.format(number=number_of(number), title=_title(paper))


def without_newer(paper: Paper | None) -> str:
    """Say that no paper like one is newer, or that its own day isn't known."""
    if paper is None or paper.published is None:
        return gettext("The day of this paper isn't known, so newer ones can't be told.")
    said = gettext("No paper like “{title}” is newer than {day}.")
    return said.format(title=_title(paper), day=day(paper.published))


def without_number(field: CountField) -> str:
    """Say that the store doesn't know a number of any of these papers."""
    return {
        "upvotes": gettext("No upvotes are known for these papers."),
        "comments": gettext("No comments are known for these papers."),
        "author_count": gettext("The number of authors isn't known for these papers."),
        "stars": gettext("No GitHub stars are known for these papers."),
    }[field]


def of_unknown(fields: Sequence[str], told: Mapping[str, int], total: int) -> str:
    """Say that the store has nothing by an author, from a lab or at a venue, and for how many papers it knows such.

    `told` is for how many papers authors, labs or venues are known, by the term.
    """
    parts = [gettext("The store has no papers {filters}.").format(filters=in_words(tuple(fields)))]
    sentences = {
        "author": gettext("Author names are known for {number} of its {total} papers."),
        "organisation": gettext("The lab or organisation is known for {number} of its {total} papers."),
        "venue": gettext("The venue is known for {number} of its {total} papers."),
    }
    for kind, number in {field.partition(":")[0]: told[field] for field in fields}.items():
        if number < total:
            parts.append(sentences[kind].format(number=number_of(number), total=number_of(total)))
    return " ".join(parts)


def without_papers(topic: str, filters: Filters, others: int, newest: Paper | None) -> str:
    """Say that the conditions leave no paper, and how many there are on the topic without them."""
    if not topic:
        return gettext("The store has no papers {filters}.").format(filters=filters) if str(filters) else ""
    topic, within = shorten(one_line(clean_model_text(topic)), _TOPIC_LIMIT), str(filters)
    said = gettext("No paper has every word of “{topic}” in its title or abstract.").format(topic=topic)
    if not within:
        return said
    said = gettext("No paper {filters} has every word of “{topic}” in its title or abstract.")
    said = said.format(filters=within, topic=topic)
    if not others:
        return said
    more = ngettext(
        "Without these conditions there is {number}.", "Without these conditions there are {number}.", others
    ).format(number=number_of(others))
    timed = filters.after is not None or filters.before is not None
    if timed and newest and newest.published:
        last = gettext("The newest of all is from {day}: “{title}”.")
        return f"{said} {more} {last.format(title=_title(newest), day=day(newest.published))}"
    return f"{said} {more}"


def _title(paper: Paper) -> str:
    return shorten(readable(one_line(clean_model_text(paper.title))), _TITLE_LIMIT)
