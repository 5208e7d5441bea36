"""What a user names to be summarised or compared: papers by id, link or title, or topics."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.assistant.finding import PaperFinder
from bot.assistant.planning.plan import clean_question
from bot.errors import PaperUnknown
from bot.models import Paper, slug
from bot.search.ids import arxiv_ids
from bot.store.protocol import PaperStore
from bot.translation import phrase, phrases

NOT_THERE = phrase(
    "No feed that is on has it at the moment. Check the id, or try again later; an operator can add papers with: "
    "paperbot import FILE."
)


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

    def __init__(self, *, papers: PaperStore, chars: int, finder: PaperFinder | None = None) -> None:
        self._papers = papers
        self._chars = chars
        self._finder = finder

    async def resolve(self, texts: Sequence[str]) -> list[Subject]:
        """Return what each text names; a text with several ids or links names each of them.

        An arXiv id that the store doesn't hold is looked for in the feeds. Raises QuestionEmpty and QuestionTooLong,
        and PaperUnknown for an id that isn't found there either.
        """
        subjects: list[Subject] = []
        for text in texts:
            cleaned = clean_question(text, limit=self._chars)
            ids = arxiv_ids(cleaned)
            if ids:
                await self.missing(cleaned)
                subjects += [Subject(key, await self._by_id(key)) for key in ids]
            else:
                subjects.append(Subject(cleaned, await self._by_title(cleaned)))
        return subjects

    async def missing(self, text: str) -> list[str]:
        """Return the arXiv ids in a text that the store doesn't hold, after the feeds were asked for them."""
        missing = await self._not_held(arxiv_ids(text))
        if missing and self._finder is not None:
            await self._finder.find(missing)
            missing = await self._not_held(missing)
        return missing

    async def fetch_about(self, topic: str) -> bool:
        """Look a topic up in the feeds; return whether papers came."""
        return self._finder is not None and await self._finder.find_about(topic)

    async def _not_held(self, ids: Sequence[str]) -> list[str]:
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
