"""Why a digest has no papers, and what is wrong with the feeds."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from bot.i18n.translation import gettext, localized, ngettext, number
from bot.store.digests import DigestDefinition


class FeedFreshness(StrEnum):
    """How a feed stands."""

    FRESH = "fresh"
    NOT_OUT_YET = "not out yet"
    WEEKEND = "weekend"
    STALE = "stale"
    DOWN = "down"


TROUBLE = frozenset({FeedFreshness.STALE, FeedFreshness.DOWN})
"""What every digest tells of, not only an empty one."""


class FeedStanding(Protocol):
    """How one feed stands: one of `Freshness`, and the sentence about it that members read."""

    @property
    def freshness(self) -> str:
        """A value of Freshness."""

    @property
    def sentence(self) -> str:
        """What members read."""


class FeedStates(Protocol):
    """Tells how the feeds stand now."""

    async def freshness(self) -> Sequence[FeedStanding]:
        """Return one for each feed that is switched on. Raises StoreError."""


_TELLING = (FeedFreshness.DOWN, FeedFreshness.STALE, FeedFreshness.NOT_OUT_YET, FeedFreshness.WEEKEND)
"""What explains a day without papers, the most serious first."""


def feed_troubles(standings: Sequence[FeedStanding]) -> tuple[str, ...]:
    """Return the sentences on the feeds that are stale or down: a silent feed is not to look like a quiet day."""
    return tuple(localized(standing.sentence) for standing in standings if standing.freshness in TROUBLE)


def why_empty(definition: DigestDefinition, came: int, standings: Sequence[FeedStanding]) -> str:
    """Say why there is nothing to tell: `came` papers came, and none of them is wanted."""
    troubles = feed_troubles(standings)
    if came:
        said = ngettext(
            "{count} paper arrived, but it doesn't match this digest ({asked}).",
            "{count} papers arrived, but none of them match this digest ({asked}).",
            came,
        ).format(count=number(came), asked=asked_for(definition))
        return " ".join([said, *troubles])
    for freshness in _TELLING:
        sentences = [localized(standing.sentence) for standing in standings if standing.freshness == freshness]
        if sentences:
            return " ".join(dict.fromkeys([*troubles, *sentences]))
    if standings:
        return gettext("No papers have arrived since the last digest. The feeds are up to date.")
    return gettext("No papers have arrived since the last digest. An operator can add some with `paperbot import`.")


def asked_for(definition: DigestDefinition) -> str:
    """Say what a digest lets in, in a few words."""
    limits = [
        gettext("topics: {names}").format(names=", ".join(definition.topics)) if definition.topics else "",
        gettext("categories: {names}").format(names=", ".join(definition.categories)) if definition.categories else "",
        gettext("authors: {names}").format(names=", ".join(definition.authors)) if definition.authors else "",
        gettext("organisations: {names}").format(names=", ".join(definition.organisations))
        if definition.organisations
        else "",
        gettext("without: {names}").format(names=", ".join(definition.excluded)) if definition.excluded else "",
        ngettext("at least {count} upvote", "at least {count} upvotes", definition.min_upvotes).format(
            count=number(definition.min_upvotes)
        )
        if definition.min_upvotes
        else "",
    ]
    return "; ".join(filter(None, limits)) or gettext("all papers")
