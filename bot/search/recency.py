"""A mild preference for newer papers, for queries that name no time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.search.protocol import Hit

RECENCY_WEIGHT = 0.05
"""What the newest paper gains over a very old one, as a share of the best score.

Measured on eval/questions.jsonl among the 52 papers, without a model, at 0, .02, .05, .1, .2: hit@5 .891 .870 .870 .870
.848, recall@10 of lists .869 .869 .905 .905 .905; with plans hit@1 is 1.000 at all.
"""

_HALF_LIFE_DAYS = 365.0
_UNDATED = 0.5
"""A paper without a date is neither favoured nor put back: half of what the newest gains."""


def with_recency(hits: Sequence[Hit], newest: date | None) -> list[Hit]:
    """Return hits, best first, with what their age adds. `newest` is the last day in the store, from which age counts.

    By the store's last day and not by today, so that a store that gets no more papers ranks as it did.
    """
    best = max((hit.score for hit in hits), default=0.0)
    aged = [replace(hit, score=hit.score + RECENCY_WEIGHT * best * _freshness(hit, newest)) for hit in hits]
    return sorted(aged, key=lambda hit: -hit.score)


def _freshness(hit: Hit, newest: date | None) -> float:
    if newest is None or hit.paper.published is None:
        return _UNDATED
    age = max(0, (newest - hit.paper.published).days)
    return float(2.0 ** (-age / _HALF_LIFE_DAYS))
