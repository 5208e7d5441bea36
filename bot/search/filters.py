"""Hard filters: papers outside them are never shown."""

from dataclasses import dataclass
from datetime import date

from bot.models import Paper
from bot.search.fields import field_terms, in_words
from bot.translation import day, gettext


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """The days of first publication that are wanted, both ends included; None leaves an end open.

    `fields` are terms of `bot.search.fields`, such as "author:hinton", all of which a paper must have. `keys` are the
    papers that there are to choose from, None: all.
    """

    after: date | None = None
    before: date | None = None
    fields: tuple[str, ...] = ()
    keys: frozenset[str] | None = None

    def allow(self, paper: Paper) -> bool:
        """Whether a paper passes. One without a date passes only when no day is asked for."""
        if self.fields and not set(self.fields) <= set(field_terms(paper)):
            return False
        if self.keys is not None and paper.key not in self.keys:
            return False
        if self.after is None and self.before is None:
            return True
        if paper.published is None:
            return False
        return (self.after is None or paper.published >= self.after) and (
            self.before is None or paper.published <= self.before
        )

    def __str__(self) -> str:
        """The filters in the reader's words: by Geoffrey Hinton since 1 Dec 2023; nothing where they are open."""
        return " ".join(filter(None, (in_words(self.fields), self.span)))

    @property
    def span(self) -> str:
        """The span in words: from 1 Dec 2023 to 31 Dec 2023, since …, until …; nothing where it is open."""
        if self.after and self.before:
            return gettext("from {first} to {last}").format(first=day(self.after), last=day(self.before))
        if self.after:
            return gettext("since {day}").format(day=day(self.after))
        return gettext("until {day}").format(day=day(self.before)) if self.before else ""

    def narrowed_by(self, other: "Filters") -> "Filters":
        """Return the filters that let a paper pass which passes both."""
        after = [day for day in (self.after, other.after) if day]
        before = [day for day in (self.before, other.before) if day]
        keys = [keys for keys in (self.keys, other.keys) if keys is not None]
        return Filters(
            after=max(after, default=None),
            before=min(before, default=None),
            fields=tuple(dict.fromkeys([*self.fields, *other.fields])),
            keys=frozenset.intersection(*keys) if keys else None,
        )


def nothing_within(filters: Filters) -> str:
    """Say that no paper passes."""
    if filters.fields:
        return gettext("No paper in the store is {filters}.").format(filters=filters)
    return gettext("No paper in the store was published {span}.").format(span=filters)
