"""Which subscriptions a new paper is for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from bot.assistant.subscriptions.authors import Name, name_of
from bot.assistant.subscriptions.subscription import Kind, Subscription
from bot.assistant.subscriptions.topics import passages, topic_terms
from bot.models import Paper
from bot.search.fields import field_terms


class Matcher:
    """Subscriptions, laid out so that a paper is compared with few of them. Making and asking it is CPU work.

    An author fits by the full name, or by the last name and an initial where one of the two has no more; an
    organisation by its name or any run of words of the paper's ("DeepMind" fits Google DeepMind); a topic as
    `topics` tells. Followed papers are not among what is new.
    """

    def __init__(self, subscriptions: Sequence[Subscription]) -> None:
        self._authors: dict[str, list[tuple[Name, Subscription]]] = defaultdict(list)
        self._organisations: dict[str, list[Subscription]] = defaultdict(list)
        self._topics: dict[str, list[tuple[frozenset[str], Subscription]]] = defaultdict(list)
        for subscription in subscriptions:
            if subscription.kind is Kind.AUTHOR:
                name = name_of(subscription.value)
                for form in name.spelled | name.initials:
                    self._authors[form].append((name, subscription))
            elif subscription.kind is Kind.ORGANISATION:
                self._organisations[f"organisation:{subscription.value}"].append(subscription)
            elif subscription.kind is Kind.TOPIC and (terms := topic_terms(subscription.value)):
                # Under one term alone, the longest: it stands in the fewest papers.
                self._topics[max(terms, key=lambda term: (len(term), term))].append((terms, subscription))

    def fitting(self, paper: Paper) -> list[Subscription]:
        """Return the subscriptions that a paper is for, once each."""
        by_any = (*self._by_author(paper), *self._by_organisation(paper), *self._by_topic(paper))
        found = {one.id: one for one in by_any}
        return [found[number] for number in sorted(found)]

    def _by_author(self, paper: Paper) -> Iterator[Subscription]:
        for author in paper.authors if self._authors else ():
            name = name_of(author)
            for form in name.spelled | name.initials:
                yield from (one for followed, one in self._authors.get(form, ()) if followed.fits(name))

    def _by_organisation(self, paper: Paper) -> Iterator[Subscription]:
        if self._organisations and paper.organisation:
            for term in field_terms(paper):
                yield from self._organisations.get(term, ())

    def _by_topic(self, paper: Paper) -> Iterator[Subscription]:
        if not self._topics:
            return
        places = passages(paper)
        for term in frozenset[str]().union(*places):
            for terms, one in self._topics.get(term, ()):
                if any(terms <= place for place in places):
                    yield one


def matches(subscriptions: Sequence[Subscription], papers: Iterable[Paper]) -> list[list[Subscription]]:
    """Return for each paper the subscriptions that it is for. It is CPU work: run it in a thread."""
    matcher = Matcher(subscriptions)
    return [matcher.fitting(paper) for paper in papers]
