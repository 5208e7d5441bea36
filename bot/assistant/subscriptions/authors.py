"""Whether two written names can be the same person's."""

from dataclasses import dataclass

from bot.search.fields import author_names


@dataclass(frozen=True, slots=True)
class Name:
    """The folded forms of a name: with the first name spelled out, and with initials in its place.

    "Geoffrey E. Hinton" has "geoffrey hinton" among the first and "g hinton" among the second; "G. Hinton" has the
    second alone, and a single word stands for itself.
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
