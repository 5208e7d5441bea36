"""Saving papers that a member names, and saying what was saved."""

from collections.abc import Sequence

from bot.app import App
from bot.assistant.subjects import Subject
from bot.errors import PaperUnknown
from bot.frontends.discord.rendering.sources import cited_title
from bot.models import Paper
from bot.text import shorten
from bot.translation import gettext, phrase

MOST_PAPERS = 5
"""How many papers are taken from one message or one command."""

_NAME_LIMIT = 100
_ADVICE = phrase("Give its arXiv id, a link to it, or its whole title; /search finds these.")


async def named_papers(text: str, *, app: App) -> list[Paper]:
    """Return the papers that a text names by ids, links or a title. Raises QuestionError, such as PaperUnknown."""
    return [_paper(subject) for subject in await app.subjects.resolve([text])]


async def save_all(papers: Sequence[Paper], *, user: str, note: str | None = None, app: App) -> str:
    """Save the first MOST_PAPERS and return what to say, as Discord's markdown. Raises SavedFull."""
    lines: list[str] = []
    for paper in papers[:MOST_PAPERS]:
        new = await app.saved.save(user, paper, note=note)
        said = gettext("Saved: {paper}") if new else _again(note)
        lines.append(said.format(paper=cited_title(paper)))
    if len(papers) > MOST_PAPERS:
        lines.append(first_of(len(papers)))
    below = gettext("Only you see this. `/saved` lists what you saved.")
    return "\n".join([*lines, f"-# {below}"])


def first_of(number: int) -> str:
    """Say that more papers were named than are taken."""
    return gettext("These are {number} papers; I took the first {taken}.").format(number=number, taken=MOST_PAPERS)


def _again(note: str | None) -> str:
    return gettext("Saved before, with a new note now: {paper}") if note else gettext("Saved before: {paper}")


def _paper(subject: Subject) -> Paper:
    if subject.paper is None:
        raise PaperUnknown(
            name=phrase("a paper called “{text}”", text=shorten(subject.text, _NAME_LIMIT)), advice=_ADVICE
        )
    return subject.paper
