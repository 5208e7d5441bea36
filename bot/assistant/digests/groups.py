"""A digest's papers under headings: the digest's topics, else what the papers have in common."""

from collections import Counter
from collections.abc import Sequence

from bot.assistant.digests.digest import Headline
from bot.assistant.digests.selection import Chosen
from bot.search.fields import words
from bot.translation import gettext, ngettext, number

GROUPS = 4
"""How many groups there are at the most, beside the rest."""

_LEAST_PAPERS = 6
_LEAST_IN_GROUP = 2
_MOST_SHARE = 0.8


def grouped(chosen: Sequence[Chosen]) -> list[tuple[Chosen, str | None]]:
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
        said = gettext("{papers}, most on {group}.") if mostly else gettext("{papers}, some on {group}.")
        return Headline(said.format(papers=papers, group=common[0]))
    said = gettext("{papers}, most on {first} and {second}.")
    if not mostly:
        said = gettext("{papers}, some on {first} and {second}.")
    return Headline(said.format(papers=papers, first=common[0], second=common[1]))


def _by_topic(chosen: Sequence[Chosen]) -> list[str | None]:
    kept = {topic for topic, _ in Counter(one.topic for one in chosen if one.topic).most_common(GROUPS)}
    return [one.topic if one.topic in kept else None for one in chosen]


def _by_label(chosen: Sequence[Chosen]) -> list[str | None]:
    """Give each paper the commonest keyword or category that it shares with another, the largest group first."""
    labels: list[str | None] = [None] * len(chosen)
    for _ in range(GROUPS):
        left = [at for at, label in enumerate(labels) if label is None]
        found = Counter(label for at in left for label in _labels(chosen[at]))
        fitting = [
            (label, count)
            for label, count in found.most_common()
            if _LEAST_IN_GROUP <= count <= _MOST_SHARE * len(chosen)
        ]
        if not fitting:
            break
        group = fitting[0][0]
        for at in left:
            if group in _labels(chosen[at]):
                labels[at] = group
    return labels


def _labels(one: Chosen) -> list[str]:
    keywords = [folded for keyword in one.paper.keywords if (folded := words(keyword))]
    return list(dict.fromkeys([*keywords, *one.paper.categories[:1]]))
