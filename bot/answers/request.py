"""Who asks, where, and under which conditions: what all kinds of requests have in common."""

from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum

from bot.search.query.filters import Filters


@dataclass(frozen=True, slots=True)
class Requester:
    """A user and, where there is one, the guild in which they ask; ids as a front end gives them.

    None is nobody in particular: such calls count for the whole day's limit alone.
    """

    user: str | None = None
    guild: str | None = None


NOBODY = Requester()
"""The bot itself: evaluations, digests."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One user's turns in one place, such as `console` or `discord:<channel>`; the turns are in the store."""

    id: str
    place: str
    requester: Requester


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestContext:
    """The circumstances of a request.

    `zone` is where the user's "today" is, the clock's own when it is None. A request within a `conversation` becomes
    a turn of it. `among` are the keys of the papers that a question is most likely about, such as those of a digest:
    others are looked through when none of them fits. `fresh` asks for a new answer even where an equal question was
    answered before. `language` is the code of the one that is to be written in; None: that of the rules of the user's
    guild.
    """

    requester: Requester = NOBODY
    conversation: Conversation | None = None
    filters: Filters = Filters()
    among: frozenset[str] = frozenset()
    zone: tzinfo | None = None
    fresh: bool = False
    language: str | None = None


class Level(StrEnum):
    """How much the reader of an explanation knows already."""

    NEWCOMER = "newcomer"
    PRACTITIONER = "practitioner"
    EXPERT = "expert"


READERS = {
    Level.NEWCOMER: "a newcomer to the field. Use short, everyday words; say in passing what each technical word does.",
    Level.PRACTITIONER: "a practitioner who trains and uses models. Say what it is for, how it works, what it brings.",
    Level.EXPERT: "an expert in the field. Be exact and brief; say how it differs from what was there before.",
}
"""The reader of each level, as a prompt describes it."""
