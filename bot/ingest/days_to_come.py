"""Days that a feed tells and that can't be right."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from bot.models import Paper
from bot.sources.refusal import Refusal


def without_days_to_come(records: Iterable[Paper | Refusal], *, today: date) -> tuple[Paper | Refusal, ...]:
    """Return records without days later than tomorrow, when it is `today` in UTC.

    A paper of the year 2099 would be the newest one for 73 years: first in /latest, and in all that is ordered by day.
    The rest of such a paper is kept.
    """
    last = today + timedelta(days=1)  # somewhere it is tomorrow already
    return tuple(_without(record, last) if isinstance(record, Paper) else record for record in records)


def _without(paper: Paper, last: date) -> Paper:
    published, listed = _by(last, paper.published), _by(last, paper.listed)
    if (published, listed) == (paper.published, paper.listed):
        return paper
    return replace(paper, published=published, listed=listed)


def _by(last: date, day: date | None) -> date | None:
    return day if day is None or day <= last else None
