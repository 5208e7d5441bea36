"""What a user names to be summarised or compared: papers by id, link or title, or topics."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.assistant.planning.plan import clean_question
from bot.errors import PaperUnknown
from bot.models import Paper, slug
from bot.search.ids import arxiv_ids
from bot.store.protocol import PaperStore
from bot.translation import phrase, phrases

NOT_THERE = phrase("Papers come with `paperbot import` for now; fetching one by its id comes with the feeds.")


@dataclass(frozen=True, slots=True)
class Subject:
    """A text that names `paper`, or a topic where it names none."""

    text: str
    paper: Paper | None


def unknown(keys: Sequence[str]) -> PaperUnknown:
    """Return the error for papers that the store doesn't hold."""
    named = phrases("the paper {keys}", "the papers {keys}", len(keys), keys=", ".join(keys))
    return PaperUnknown(name=named, advice=NOT_THERE)


class Subjects:
    """Finds out what texts name."""

    def __init__(self, *, papers: PaperStore, chars: int) -> None:
        self._papers = papers
        self._chars = chars

    async def resolve(self, texts: Sequence[str]) -> list[Subject]:
        """Return what each text names; a text with several ids or links names each of them.

        Raises QuestionEmpty and QuestionTooLong, and PaperUnknown for an arXiv id that the store doesn't hold.
        """
        subjects: list[Subject] = []
        for text in texts:
            cleaned = clean_question(text, limit=self._chars)
            ids = arxiv_ids(cleaned)
            if ids:
                subjects += [Subject(key, await self._by_id(key)) for key in ids]
            else:
                subjects.append(Subject(cleaned, await self._by_title(cleaned)))
        return subjects

    async def missing(self, text: str) -> list[str]:
        """Return the arXiv ids in a text that the store doesn't hold."""
        ids = arxiv_ids(text)
        held = {paper.key for paper in await self._papers.wanted(keys=ids)} if ids else set()
        return [key for key in ids if key not in held]

    async def _by_id(self, key: str) -> Paper:
        paper = await self._papers.get(key)
        if paper is None:
            raise unknown([key])
        return paper

    async def _by_title(self, text: str) -> Paper | None:
        wanted = slug(text.strip("\"'“”„«» "))
        found = await self._papers.wanted(keys=[wanted], slugs=[wanted])
        return found[0] if found else None
