"""Records as the Daily Papers API gives them, made up."""

from typing import Any

from bot.models import Paper
from bot.sources.records import Refusal


def required_fields(**paper: Any) -> dict[str, Any]:
    """Return an item of the list with the required fields only; `paper` replaces or adds nested ones."""
    return {
        "paper": {
            "id": "2610.01234",
            "authors": [{"_id": "66ea", "name": "Ada Example", "hidden": False}],
            "discussionId": "6a05",
            "publishedAt": "2026-10-05T00:00:00.000Z",
            "summary": "Full abstract.",
            "title": "A Made-Up Paper",
            "upvotes": 0,
            **paper,
        },
        "isAuthorParticipating": False,
        "numComments": 3,
        "publishedAt": "2026-10-04T20:00:00.000Z",
        "submittedBy": {"name": "taz"},
        "summary": "…",
        "thumbnail": "https://example.org/thumbnail.png",
        "title": "A Made-Up Paper",
    }


def all_fields(**paper: Any) -> dict[str, Any]:
    """Return an item with every optional field as well."""
    user = {"name": "ada-ex", "fullname": "Ada Example"}
    optional = {
        "authors": [
            {"_id": "66ea", "name": "Ada Example", "hidden": False, "user": user},
            {"_id": "66eb", "name": "Hidden Hand", "hidden": True},
            {"_id": "66ec", "name": " Béla\u200b  Example ", "hidden": False},
        ],
        "submittedOnDailyAt": "2026-10-06T00:00:00.000Z",
        "submittedOnDailyBy": {"name": "taz", "fullname": "Taz"},
        "upvotes": 41,
        "ai_summary": "One sentence.",
        "ai_keywords": ["bm25", " chat \n bots ", ""],
        "projectPage": "https://project.example/",
        "githubRepo": "https://github.com/a/b",
        "githubStars": 12,
        "mediaUrls": [],
        "withdrawnAt": None,
        "organization": {"name": "lab", "fullname": "Example Lab"},
    }
    return required_fields(**{**optional, **paper})


def as_paper(record: Paper | Refusal) -> Paper:
    """Return the record, which must be a paper."""
    assert isinstance(record, Paper), record
    return record


def as_refusal(record: Paper | Refusal) -> Refusal:
    """Return the record, which must be a refusal."""
    assert isinstance(record, Refusal), record
    return record
