"""What Hugging Face links to a paper, fetched while somebody waits for the paper's card."""

import logging
from datetime import datetime, timedelta

from bot.errors.services import FeedError
from bot.models import HubLinks, Paper
from bot.sources.feed import LinkingFeed
from bot.util import Clock

log = logging.getLogger(__name__)

WITHIN_S = 2.0
"""How long a card waits. Its other facts are from the store and could be shown at once."""

KEPT_FOR = timedelta(hours=1)
FAILED_FOR = timedelta(minutes=1)
"""So long an answer counts, and a failure."""

_KEPT = 500
_NOTHING = HubLinks()


class CardLinks:
    """Asks once for each paper and keeps the answers in memory.

    Without a `place`, when its feed is off, it asks nobody.
    """

    def __init__(self, *, place: LinkingFeed | None, clock: Clock) -> None:
        self._place = place
        self._clock = clock
        self._kept: dict[str, tuple[datetime, HubLinks]] = {}

    async def of(self, paper: Paper) -> HubLinks:
        """Return what the paper's page links to: nothing where there is no page, and when it can't be had in time."""
        if self._place is None or paper.hub_url is None or paper.arxiv_id is None:
            return _NOTHING
        now = self._clock()
        until, links = self._kept.get(paper.arxiv_id, (now, _NOTHING))
        if now < until <= now + KEPT_FOR:  # a clock that was set back must not keep an answer for days
            return links
        kept_for = KEPT_FOR
        try:
            links = await self._place.links(paper.arxiv_id, within_s=WITHIN_S)
        except FeedError as error:
            log.info("couldn't fetch what is linked to the paper %s: %s", paper.arxiv_id, error)
            kept_for = FAILED_FOR  # and what was known before still counts
        self._kept.pop(paper.arxiv_id, None)
        self._kept[paper.arxiv_id] = now + kept_for, links
        while len(self._kept) > _KEPT:
            del self._kept[next(iter(self._kept))]
        return links
