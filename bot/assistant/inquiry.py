"""Who asks, where, and under which conditions: what all kinds of requests have in common."""

from dataclasses import dataclass
from datetime import tzinfo

from bot.assistant.asker import NOBODY, Asker
from bot.assistant.conversation import Conversation
from bot.search.filters import Filters


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """The circumstances of a request.

    `zone` is where the asker's "today" is, the clock's own when it is None. A request within a `conversation` becomes
    a turn of it. `among` are the keys of the papers that a question is most likely about, such as those of a digest:
    others are looked through when none of them fits. `fresh` asks for a new answer even where an equal question was
    answered before. `language` is the code of the one that is to be written in; None: that of the rules of the asker's
    guild.
    """

    asker: Asker = NOBODY
    conversation: Conversation | None = None
    filters: Filters = Filters()
    among: frozenset[str] = frozenset()
    zone: tzinfo | None = None
    fresh: bool = False
    language: str | None = None
