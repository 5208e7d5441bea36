"""Made-up lists of Daily Papers, in the shapes that the API has."""

from datetime import date
from typing import Any

Json = dict[str, Any]


def item(number: int, day: date, **paper: Any) -> Json:
    """Return an item of the list of a day; `paper` replaces or adds nested fields."""
    title = f"Kettle Study {number}: How Kettles Whistle"
    return {
        "paper": {
            "id": f"{day:%y%m}.{number:05}",
            "authors": [{"_id": f"{number}", "name": "Ada Example", "hidden": False}],
            "discussionId": "6a05",
            "publishedAt": f"{day}T00:00:00.000Z",
            "submittedOnDailyAt": f"{day}T09:30:00.000Z",
            "summary": f"We heard {number} kettles whistle. They differ.",
            "title": title,
            "upvotes": number,
            "ai_keywords": ["kettles"],
            "githubRepo": "https://github.com/example/kettles",
            "githubStars": 12,
            "organization": {"name": "lab", "fullname": "Example Lab"},
            **paper,
        },
        "isAuthorParticipating": False,
        "numComments": 3,
        "publishedAt": f"{day}T00:00:00.000Z",
        "submittedBy": {"name": "taz"},
        "summary": "…",
        "thumbnail": "https://example.org/thumbnail.png",
        "title": title,
    }


def days_of(query: Json, days: dict[date, list[Json]]) -> list[Json]:
    """Return the items of all days that a request's date, week or month covers."""
    if "date" in query:
        return days.get(date.fromisoformat(query["date"]), [])
    if "week" in query:
        return [one for day, items in days.items() if f"{day:%G-W%V}" == query["week"] for one in items]
    return [one for day, items in days.items() if f"{day:%Y-%m}" == query["month"] for one in items]
