"""What is shown of one paper: its record, one sentence about it, and what Hugging Face links to it."""

import asyncio
from dataclasses import dataclass

from bot.answers.extracts.answers import summary_sentence
from bot.answers.extracts.quotable import hub_summary
from bot.ingest.hub_links import CardLinks
from bot.models import Paper
from bot.search.engine.protocol import PaperIndex
from bot.search.searcher import Searcher
from bot.sources.hub_links import HubLinks


@dataclass(frozen=True, slots=True)
class ShortSummary:
    """What a paper is about, in a sentence or two: Hugging Face's summary (`by_hub`), else a quotation.

    The text is empty where the paper has none that may be shown.
    """

    text: str
    by_hub: bool = False


def short_summary(paper: Paper, index: PaperIndex, *, has_model: bool) -> ShortSummary:
    """Return Hugging Face's summary where no model is set up, else the abstract's own best sentence.

    With a model there are answers whose every sentence was checked, and an unchecked one beside them would pass for
    one. Without, it says more than a sentence that was written to stand among others.
    """
    if not has_model and (summary := hub_summary(paper)):
        return ShortSummary(summary, by_hub=True)
    return ShortSummary(summary_sentence(paper, index))


@dataclass(frozen=True, slots=True)
class Card:
    """A paper as a card shows it."""

    paper: Paper
    summary: ShortSummary
    links: HubLinks = HubLinks()


class Cards:
    """Makes the cards of papers; `has_model` says whether a model is set up."""

    def __init__(self, *, searcher: Searcher, links: CardLinks, has_model: bool) -> None:
        self._searcher = searcher
        self._links = links
        self._has_model = has_model

    async def of(self, paper: Paper) -> Card:
        """Return a paper's card, waiting a moment at the most for what is linked to it. Raises StoreEmpty."""
        links, summary = await asyncio.gather(self._links.of(paper), self._summary(paper))
        return Card(paper, summary, links)

    async def _summary(self, paper: Paper) -> ShortSummary:
        index = await self._searcher.index()
        return await asyncio.to_thread(short_summary, paper, index, has_model=self._has_model)
