"""Papers, lists of them and counts as JSON objects, for scripts."""

from collections.abc import Sequence
from typing import Any

from bot.answers.cards import Card
from bot.answers.listings import Listing
from bot.frontends.console.json_objects import PAPER_FIELDS, fields_of, paper_object
from bot.models import Paper
from bot.saved_papers import bibtex
from bot.trends.counts import Trend

_CARD = tuple("abstract version venue organisation categories keywords submitter thumbnail_url discussion_url".split())


def listing_object(listing: Listing) -> dict[str, Any]:
    """Return a list by date or by votes: the papers shown, `total` of how many, and the reason where it is empty."""
    page = listing.page
    return {
        "title": listing.title,
        "papers": papers_objects(page.papers),
        "total": page.total,
        "notice": None if page.total else listing.nothing,
        "nearest": listing.nearest,
        "error": None,
    }


def similar_object(to: Paper, papers: Sequence[Paper]) -> dict[str, Any]:
    """Return the papers that are most like one, the most similar first."""
    return {"similar_to": fields_of(to, *PAPER_FIELDS), "papers": papers_objects(papers), "error": None}


def papers_objects(papers: Sequence[Paper]) -> list[dict[str, Any]]:
    """Return numbered papers."""
    return [paper_object(number, paper) for number, paper in enumerate(papers, start=1)]


def card_object(card: Card) -> dict[str, Any]:
    """Return all that is known of a paper, its entry for BibTeX, and what Hugging Face links to it."""
    summary = card.summary
    return {
        **fields_of(card.paper, *PAPER_FIELDS, *_CARD),
        "summary": summary.text or None,
        "summary_by": "Hugging Face" if summary.by_hub else "abstract",
        "linked": {
            kind: {"total": of.total, "urls": [url for _, url in of.first]}
            for kind, of in (
                ("models", card.links.models),
                ("datasets", card.links.datasets),
                ("spaces", card.links.spaces),
            )
        },
        "bibtex": bibtex(card.paper),
        "error": None,
    }


def trend_object(trend: Trend) -> dict[str, Any]:
    """Return how many papers each topic had in each part of the time, which `starts` begin."""
    return {
        **fields_of(trend, "unit", "starts", "today", "held"),
        "topics": [fields_of(topic, "topic", "counts", "total", "elsewhen", "undated") for topic in trend.topics],
        "error": None,
    }
