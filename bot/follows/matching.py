"""Which subscriptions a new paper is for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.answers.sentences import split_sentences
from bot.follows.follow import Follow, FollowKind
from bot.models import Paper
from bot.search.query.filters import author_names, field_terms
from bot.search.text.tokens import tokenize


@dataclass(frozen=True, slots=True)
class Name:
    """The folded forms of a name: with the first name spelled out, and with initials in its place.

    "Geoffrey E. Hinton" has "geoffrey hinton" among the first and "g hinton" among the second; "G. Hinton" has the
    second alone, and a single word is its own form.
    """

    spelled: frozenset[str]
    initials: frozenset[str]

    def fits(self, other: "Name") -> bool:
        """Return whether the names agree. Initials are compared where one of the two has nothing else."""
        if self.spelled and other.spelled:
            return not self.spelled.isdisjoint(other.spelled)
        return not self.initials.isdisjoint(other.initials)


def name_of(author: str) -> Name:
    """Take a name apart, in any of the orders in which people write them."""
    forms = author_names(author)
    full = forms[0] if forms else ""
    first = full.partition(" ")[0]
    if first == full:
        return Name(frozenset({full} if full else ()), frozenset())
    # "van der maaten" is a last name alone: a form that begins otherwise than the whole is not a whole name.
    spelled = [form for form in forms if len(first) > 1 and " " in form and form.startswith(first)]
    initials = [form for form in forms if " " in form and form.partition(" ")[0] == first[0]]
    return Name(frozenset(spelled), frozenset(initials))


def topic_terms(topic: str) -> frozenset[str]:
    """Return a topic's terms; none for one that says nothing."""
    return frozenset(tokenize(topic))


def passages(paper: Paper) -> Sequence[frozenset[str]]:
    """Return the terms of each passage that may contain all of a topic's: the heading, and each sentence.

    CPU work, some 1 ms a paper.
    """
    heading = f"{paper.title}\n{' '.join(paper.keywords)}"
    return [frozenset(tokenize(text)) for text in (heading, *split_sentences(paper.abstract))]


class Matcher:
    """Subscriptions, laid out so that a paper is compared with few of them. Making and asking it is CPU work.

    An author fits by the full name, or by the last name and an initial where one of the two has no more; an
    organisation by its name or any run of words of the paper's ("DeepMind" fits Google DeepMind); a topic
    where the heading or one sentence has all its terms. Followed papers are not among what is new.
    """

    def __init__(self, follows: Sequence[Follow]) -> None:
        self._authors: dict[str, list[tuple[Name, Follow]]] = defaultdict(list)
        self._organisations: dict[str, list[Follow]] = defaultdict(list)
        self._topics: dict[str, list[tuple[frozenset[str], Follow]]] = defaultdict(list)
        for follow in follows:
            if follow.kind is FollowKind.AUTHOR:
                name = name_of(follow.value)
                for form in name.spelled | name.initials:
                    self._authors[form].append((name, follow))
            elif follow.kind is FollowKind.ORGANISATION:
                self._organisations[f"organisation:{follow.value}"].append(follow)
            elif follow.kind is FollowKind.TOPIC and (terms := topic_terms(follow.value)):
                # Under one term alone, the longest: it is in the fewest papers.
                self._topics[max(terms, key=lambda term: (len(term), term))].append((terms, follow))

    def fitting(self, paper: Paper) -> list[Follow]:
        """Return the subscriptions that a paper is for, once each."""
        by_any = (*self._by_author(paper), *self._by_organisation(paper), *self._by_topic(paper))
        found = {one.id: one for one in by_any}
        return [found[number] for number in sorted(found)]

    def _by_author(self, paper: Paper) -> Iterator[Follow]:
        for author in paper.authors if self._authors else ():
            name = name_of(author)
            for form in name.spelled | name.initials:
                yield from (one for followed, one in self._authors.get(form, ()) if followed.fits(name))

    def _by_organisation(self, paper: Paper) -> Iterator[Follow]:
        if self._organisations and paper.organisation:
            for term in field_terms(paper):
                yield from self._organisations.get(term, ())

    def _by_topic(self, paper: Paper) -> Iterator[Follow]:
        if not self._topics:
            return
        places = passages(paper)
        for term in frozenset[str]().union(*places):
            for terms, one in self._topics.get(term, ()):
                if any(terms <= place for place in places):
                    yield one


def matches(follows: Sequence[Follow], papers: Iterable[Paper]) -> list[list[Follow]]:
    """Return for each paper the subscriptions that it is for. It is CPU work: run it in a thread."""
    matcher = Matcher(follows)
    return [matcher.fitting(paper) for paper in papers]
