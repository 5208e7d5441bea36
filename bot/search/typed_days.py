"""A day or a span as somebody types it where nothing else is asked for: 2026-11-24, yesterday, October 2025, 2024."""

from datetime import date

from bot.search.dates import find_span
from bot.search.days import Days


def typed_days(text: str, *, today: date) -> Days | None:
    """Return the days that `text` means as seen from `today`; None when it means none, or one end is open."""
    text = text.strip()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        pass
    else:
        return Days(day, day)
    for wording in (text, f"in {text}", f"on {text}"):
        span = find_span(wording, today=today)
        if span and span.after and span.before:
            return Days(span.after, span.before)
    return None
