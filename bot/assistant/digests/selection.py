"""Which papers a digest tells of, in which order, and why each is there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.assistant.digests.matching import IN_TITLE, best_topic, followed, holds_any
from bot.models import Paper
from bot.search.protocol import PaperIndex
from bot.store.digests import DigestDefinition
from bot.translation import gettext, ngettext, number

THUMB_WEIGHT = 5
"""How many upvotes a 👍 of the digest's own server counts for."""

CANDIDATES = 2_000
"""How many papers of a span are looked into, those with most votes first: a bulk import brings many more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A paper of a digest: the topic that it is about, if the digest has any, and why it is there."""

    paper: Paper
    topic: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    chosen: Chosen
    follows: bool
    topical: int
    votes: int


def choose(
    papers: Sequence[Paper], definition: DigestDefinition, index: PaperIndex, *, thumbs: Mapping[str, int]
) -> tuple[Chosen, ...]:
    """Return the papers that a digest wants, best first; CPU work, call it in a thread.

    `thumbs` are how many members of its server found answers from a paper, by its key, good. Authors and organisations
    that are followed come first, then what has a topic in its title, then what has one in its abstract; within these
    most votes first, then most comments, then the newest. Withdrawn papers come last. In a weekly or monthly digest
    votes alone decide. A paper that is hardly about a topic is left out, also when there is room.
    """
    likely = sorted(papers, key=lambda paper: (-_votes(paper, thumbs), _tie(paper)))[:CANDIDATES]
    judged = [found for paper in likely if (found := _judge(paper, definition, index, thumbs)) is not None]
    by_votes = definition.period != "daily"

    def rank(one: _Judged) -> tuple[bool, bool, int, int, tuple[int, int]]:
        follows, topical = (False, 0) if by_votes else (one.follows, one.topical)
        return one.chosen.paper.withdrawn is not None, not follows, -topical, -one.votes, _tie(one.chosen.paper)

    return tuple(one.chosen for one in sorted(judged, key=rank))


def order_of(definition: DigestDefinition, *, thumbs: bool = False) -> str:
    """Say in which order `choose` puts papers; `thumbs` whether this server's 👍 counted."""
    votes = (
        gettext("most upvotes (a 👍 here counts {weight})").format(weight=THUMB_WEIGHT)
        if thumbs
        else gettext("most upvotes")
    )
    follows = definition.authors or definition.organisations
    if definition.period != "daily" or not (follows or definition.topics):
        return gettext("{votes} first, then most comments, then newest").format(votes=votes)
    if follows and definition.topics:
        return gettext("followed first, then topic in the title, then {votes}").format(votes=votes)
    if follows:
        return gettext("followed first, then {votes}").format(votes=votes)
    return gettext("topic in the title first, then {votes}").format(votes=votes)


def _judge(paper: Paper, definition: DigestDefinition, index: PaperIndex, thumbs: Mapping[str, int]) -> _Judged | None:
    if (paper.upvotes or 0) < definition.min_upvotes or holds_any(paper, definition.excluded):
        return None
    authors = followed(paper, "author", definition.authors)
    organisations = followed(paper, "organisation", definition.organisations)
    categories = followed(paper, "category", definition.categories)
    topic = best_topic(paper, definition.topics, index)
    interests = definition.authors or definition.organisations or definition.categories or definition.topics
    if interests and not (authors or organisations or categories or topic):
        return None
    reasons = [gettext("by {author}, followed").format(author=name) for name in authors]
    reasons += [gettext("from {organisation}, followed").format(organisation=name) for name in organisations]
    if topic:
        reasons.append(gettext("matches “{topic}”").format(topic=topic.topic))
    if categories and not topic:
        reasons.append(gettext("in {category}").format(category=categories[0]))
    if paper.upvotes:
        reasons.append(ngettext("{count} upvote", "{count} upvotes", paper.upvotes).format(count=number(paper.upvotes)))
    if liked := thumbs.get(paper.key, 0):
        reasons.append(gettext("{count} 👍 here").format(count=number(liked)))
    topical = 0 if topic is None else 2 if topic.share >= IN_TITLE else 1
    return _Judged(
        chosen=Chosen(paper=paper, topic=topic.topic if topic else None, reasons=tuple(reasons)),
        follows=bool(authors or organisations),
        topical=topical,
        votes=_votes(paper, thumbs),
    )


def _votes(paper: Paper, thumbs: Mapping[str, int]) -> int:
    return (paper.upvotes or 0) + THUMB_WEIGHT * thumbs.get(paper.key, 0)


def _tie(paper: Paper) -> tuple[int, int]:
    return -(paper.comments or 0), -(paper.published.toordinal() if paper.published else 0)
