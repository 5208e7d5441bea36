"""What is shown of one paper: its record, one sentence about it, and what Hugging Face links to it."""

import asyncio
from dataclasses import dataclass

from bot.answers.extracts.answers import summary_sentence
from bot.answers.extracts.quotable import hub_summary
from bot.answers.wording import HUB_SUMMARY, and_more, count
from bot.i18n.translation import day, gettext, ngettext, number
from bot.ingest.hub_links import CardLinks
from bot.models import HubLinks, Paper
from bot.search.engine.protocol import PaperIndex
from bot.search.searcher import Searcher


@dataclass(frozen=True, slots=True)
class ShortSummary:
    """What a paper is about, in a sentence or two: Hugging Face's summary (`by_hub`), else a quotation.

    The text is empty where the paper has none that may be shown.
    """

    text: str
    by_hub: bool = False

    @property
    def origin(self) -> str:
        """Say whose words it is."""
        return HUB_SUMMARY.localized() if self.by_hub else gettext("Quoted word for word from the abstract")


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


_AUTHORS = 12


def authors_of(paper: Paper) -> str:
    """Return the first dozen authors' names and how many more there are; their number where no name is known."""
    if not paper.authors:
        return count(paper.author_count, "author") if paper.author_count else ""
    total = max(len(paper.authors), paper.author_count or 0)
    shown = paper.authors[:_AUTHORS]
    return and_more(", ".join(shown), total - len(shown))


def facts_of(paper: Paper) -> dict[str, str]:
    """Return what is known of a paper by its name, in plain text; empty where nothing is."""
    version = f" (v{paper.version})" if paper.version and paper.version > 1 else ""
    listed = day(paper.listed) if paper.listed else ""
    if listed and paper.submitter:
        listed = gettext("{day}, submitted by {name}").format(day=listed, name=paper.submitter)
    votes = [
        count(paper.upvotes, "upvote") if paper.upvotes is not None else "",
        count(paper.comments, "comment") if paper.comments is not None else "",
        ngettext("{stars} star for the code", "{stars} stars for the code", paper.stars).format(
            stars=number(paper.stars)
        )
        if paper.stars is not None
        else "",
    ]
    return {
        gettext("Withdrawn"): day(paper.withdrawn) if paper.withdrawn else "",
        gettext("Published"): f"{day(paper.published)}{version}" if paper.published else "",
        gettext("Listed"): listed,
        gettext("Votes"): " · ".join(filter(None, votes)),
        gettext("Venue"): paper.venue or "",
        gettext("Organisation"): paper.organisation or "",
        gettext("Categories"): ", ".join(paper.categories),
    }


def links_of(paper: Paper) -> dict[str, str]:
    """Return the addresses of a paper by what is there; the first is its own page, or a search for it."""
    links = {
        "arXiv" if paper.has_page else gettext("find on arXiv"): paper.url,
        gettext("code"): paper.code_url,
        gettext("project page"): paper.project_url,
        "Hugging Face": paper.hub_url,
        gettext("discussion"): paper.discussion_url,
    }
    return {name: url for name, url in links.items() if url}


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
