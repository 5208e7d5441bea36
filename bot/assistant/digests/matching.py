"""Whether a paper is what a digest's topics, categories, authors and organisations ask for, and how well."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.models import Paper
from bot.search.field_values import value_terms
from bot.search.fields import field_terms
from bot.search.phrases import holds_phrase, phrases_held
from bot.search.protocol import PaperIndex
from bot.search.tokens import tokenize

MATCHES = 0.6
"""The share of a topic's weight from which a paper is about it: a single passing mention is not enough."""

IN_TITLE = 0.9
"""The share from which a topic stands, or as good as, in the title or the keywords."""

_REPEATED, _ONCE = 0.8, 0.5


@dataclass(frozen=True, slots=True)
class TopicMatch:
    """A topic and how much of it a paper has, 0 to 1."""

    topic: str
    share: float


def best_topic(paper: Paper, topics: Sequence[str], index: PaperIndex) -> TopicMatch | None:
    """Return the topic that a paper is most about, the first of equal ones; None when it is about none."""
    if not topics:
        return None
    heading = "\n".join([paper.title, *paper.keywords])
    named = set(tokenize(heading))
    counts = Counter(tokenize(paper.abstract))
    best: TopicMatch | None = None
    for topic in topics:
        terms = dict.fromkeys(tokenize(topic))
        if not terms:
            continue
        weights = {term: index.idf(term) for term in terms}
        found = {term: 1.0 if term in named else _in_abstract(counts[term]) for term in terms}
        share = sum(weights[term] * found[term] for term in terms) / sum(weights.values())
        if len(terms) > 1 and share < _REPEATED and holds_phrase(topic, [paper.abstract]):
            share = _REPEATED
        if share >= MATCHES and (best is None or share > best.share):
            best = TopicMatch(topic, share)
    return best


def _in_abstract(count: int) -> float:
    return 0.0 if not count else _ONCE if count == 1 else _REPEATED


def followed(paper: Paper, field: str, names: Sequence[str]) -> list[str]:
    """Return those of `names`, values of a field such as author, that a paper has."""
    if not names:
        return []
    has = set(field_terms(paper))
    return [name for name in names if has.intersection(value_terms(field, name))]


def holds_any(paper: Paper, phrases: Sequence[str]) -> bool:
    """Whether one of the phrases stands in the title, the abstract or a keyword."""
    return bool(phrases) and phrases_held(phrases, [paper.title, paper.abstract, *paper.keywords]) > 0
