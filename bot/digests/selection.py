"""Which papers a digest shows, in which order, and why each is there."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from bot.digests.digest import Headline
from bot.i18n.translation import gettext, ngettext, number
from bot.models import Paper
from bot.search.engine.protocol import PaperIndex
from bot.search.query.field_values import value_terms
from bot.search.query.filters import field_terms, words
from bot.search.ranking.query_terms import holds_phrase, phrases_held
from bot.search.text.tokens import tokenize
from bot.store.digests import DigestDefinition

MATCHES = 0.6
"""The share of a topic's weight from which a paper is about it: a single passing mention is not enough."""

IN_TITLE = 0.9
"""The share from which a topic is, or as good as, in the title or the keywords."""

_IN_ABSTRACT = (0.0, 0.5, 0.8)
"""What a term counts for that the abstract has never, once, or more often; one in the title counts fully."""


def best_topic(paper: Paper, topics: Sequence[str], index: PaperIndex) -> tuple[str, float] | None:
    """Return the topic that a paper is most about, the first of equal ones, and how much of it the paper has, 0 to 1.

    None when it is about none. A term's weight is its inverse document frequency.
    """
    if not topics:
        return None
    heading = "\n".join([paper.title, *paper.keywords])
    named = set(tokenize(heading))
    counts = Counter(tokenize(paper.abstract))
    best: tuple[str, float] | None = None
    for topic in topics:
        terms = dict.fromkeys(tokenize(topic))
        if not terms:
            continue
        weights = {term: index.idf(term) for term in terms}
        found = {term: 1.0 if term in named else _IN_ABSTRACT[min(counts[term], 2)] for term in terms}
        share = sum(weights[term] * found[term] for term in terms) / sum(weights.values())
        if len(terms) > 1 and share < _IN_ABSTRACT[-1] and holds_phrase(topic, [paper.abstract]):
            share = _IN_ABSTRACT[-1]
        if share >= MATCHES and (best is None or share > best[1]):
            best = topic, share
    return best


def followed(paper: Paper, field: str, names: Sequence[str]) -> list[str]:
    """Return those of `names`, values of a field such as author, that a paper has."""
    if not names:
        return []
    has = set(field_terms(paper))
    return [name for name in names if has.intersection(value_terms(field, name))]


def holds_any(paper: Paper, phrases: Sequence[str]) -> bool:
    """Return whether the title, the abstract or a keyword contains one of the phrases."""
    return bool(phrases) and phrases_held(phrases, [paper.title, paper.abstract, *paper.keywords]) > 0


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


_Rank = tuple[bool, bool, int, int, tuple[int, int]]
"""What papers are sorted by: withdrawn, not followed, then votes and the like, negative so that most come first."""


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
    return tuple(chosen for _, chosen in sorted(judged, key=itemgetter(0)))


def order_of(definition: DigestDefinition, *, thumbs: bool = False) -> str:
    """Say in which order `choose` puts papers; `thumbs` whether this server's 👍 counted."""
    votes = (
        gettext("most upvotes (a 👍 here counts as {weight})").format(weight=THUMB_WEIGHT)
        if thumbs
        else gettext("most upvotes")
    )
    follows = definition.authors or definition.organisations
    if definition.period != "daily" or not (follows or definition.topics):
        return gettext("{votes} first, then most comments, then newest").format(votes=votes)
    if follows and definition.topics:
        return gettext("followed first, then title matches, then {votes}").format(votes=votes)
    if follows:
        return gettext("followed first, then {votes}").format(votes=votes)
    return gettext("title matches first, then {votes}").format(votes=votes)


def _judge(
    paper: Paper, definition: DigestDefinition, index: PaperIndex, thumbs: Mapping[str, int]
) -> tuple[_Rank, Chosen] | None:
    """Return a paper's rank and why it is in the digest; None when the digest doesn't want it."""
    if (paper.upvotes or 0) < definition.min_upvotes or holds_any(paper, definition.excluded):
        return None
    authors = followed(paper, "author", definition.authors)
    organisations = followed(paper, "organisation", definition.organisations)
    categories = followed(paper, "category", definition.categories)
    topic, share = best_topic(paper, definition.topics, index) or (None, 0.0)
    interests = definition.authors or definition.organisations or definition.categories or definition.topics
    if interests and not (authors or organisations or categories or topic):
        return None
    reasons = [gettext("by {author} (followed)").format(author=name) for name in authors]
    reasons += [gettext("from {organisation} (followed)").format(organisation=name) for name in organisations]
    if topic:
        reasons.append(gettext("matches “{topic}”").format(topic=topic))
    if categories and not topic:
        reasons.append(gettext("in {category}").format(category=categories[0]))
    if paper.upvotes:
        reasons.append(ngettext("{count} upvote", "{count} upvotes", paper.upvotes).format(count=number(paper.upvotes)))
    if liked := thumbs.get(paper.key, 0):
        reasons.append(gettext("{count} 👍 here").format(count=number(liked)))
    follows, topical = bool(authors or organisations), 0 if topic is None else 2 if share >= IN_TITLE else 1
    if definition.period != "daily":
        follows, topical = False, 0  # votes alone decide
    rank = paper.withdrawn is not None, not follows, -topical, -_votes(paper, thumbs), _tie(paper)
    return rank, Chosen(paper=paper, topic=topic, reasons=tuple(reasons))


def _votes(paper: Paper, thumbs: Mapping[str, int]) -> int:
    return (paper.upvotes or 0) + THUMB_WEIGHT * thumbs.get(paper.key, 0)


def _tie(paper: Paper) -> tuple[int, int]:
    return -(paper.comments or 0), -(paper.published.toordinal() if paper.published else 0)


GROUPS = 4
"""How many groups there are at the most, beside the rest."""

_LEAST_PAPERS = 6
_LEAST_IN_GROUP = 2
_MOST_SHARE = 0.8


def group_papers(chosen: Sequence[Chosen]) -> list[tuple[Chosen, str | None]]:
    """Return papers with their headings, those of a group beside each other, groups by their best paper.

    Few papers, and papers that have nothing in common, have no headings. What fits no group comes last.
    """
    if len(chosen) < _LEAST_PAPERS:
        return [(one, None) for one in chosen]
    labels = _by_topic(chosen) if any(one.topic for one in chosen) else _by_label(chosen)
    names = [label for label in dict.fromkeys(labels) if label is not None]
    if not names:
        return [(one, None) for one in chosen]
    ordered = [(one, name) for name in names for one, label in zip(chosen, labels, strict=True) if label == name]
    other = gettext("Other")
    return [*ordered, *((one, other) for one, label in zip(chosen, labels, strict=True) if label is None)]


def headline_in_code(groups: Sequence[tuple[Chosen, str | None]], *, total: int) -> Headline | None:
    """Return what can be said of a digest without a model: its largest groups; None where it has none."""
    papers = ngettext("{count} paper", "{count} papers", total).format(count=number(total))
    other = gettext("Other")
    counts = Counter(group for _, group in groups if group and group != other)
    if not counts:
        return None
    common = [group for group, _ in counts.most_common(2)]
    mostly = sum(counts[group] for group in common) > len(groups) / 2
    if len(common) == 1:
        said = gettext("{papers}, mostly on {group}.") if mostly else gettext("{papers}, some on {group}.")
        return Headline(said.format(papers=papers, group=common[0]))
    said = gettext("{papers}, mostly on {first} and {second}.")
    if not mostly:
        said = gettext("{papers}, some on {first} and {second}.")
    return Headline(said.format(papers=papers, first=common[0], second=common[1]))


def _by_topic(chosen: Sequence[Chosen]) -> list[str | None]:
    kept = {topic for topic, _ in Counter(one.topic for one in chosen if one.topic).most_common(GROUPS)}
    return [one.topic if one.topic in kept else None for one in chosen]


def _by_label(chosen: Sequence[Chosen]) -> list[str | None]:
    """Give each paper the commonest keyword or category that it shares with another, the largest group first."""
    labels: list[str | None] = [None] * len(chosen)
    most = _MOST_SHARE * len(chosen)  # a label of nearly all papers tells none of them apart
    for _ in range(GROUPS):
        left = [at for at, label in enumerate(labels) if label is None]
        found = Counter(label for at in left for label in _labels(chosen[at]))
        large = (label for label, count in found.most_common() if _LEAST_IN_GROUP <= count <= most)
        if (group := next(large, None)) is None:
            break
        for at in left:
            if group in _labels(chosen[at]):
                labels[at] = group
    return labels


def _labels(one: Chosen) -> list[str]:
    keywords = [folded for keyword in one.paper.keywords if (folded := words(keyword))]
    return list(dict.fromkeys([*keywords, *one.paper.categories[:1]]))
