"""What the console asks of the assistant, always for the same asker, conversation, time zone and days."""

import re
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, replace

from bot.assistant.answer import Task
from bot.assistant.asker import Asker
from bot.assistant.assistant import Assistant
from bot.assistant.conversation import Conversation
from bot.assistant.events import Event
from bot.assistant.level import Level
from bot.errors import QuestionEmpty, SidesWrong
from bot.frontends.console.screen import local_zone
from bot.frontends.wording import count
from bot.search.filters import Filters
from bot.search.ids import arxiv_ids

PLACE = "console"
"""Where conversations in a terminal go on."""

USER = "console"
"""Who sits before the terminal; calls are counted under this name."""

CONSOLE = Asker(user=USER)

_APART = re.compile(r";|://")
_JOINERS = frozenset({"vs", "vs.", "versus", "and"})


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for, and what happens while it is done."""

    task: Task
    events: AsyncGenerator[Event]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Turns what is typed into requests. With `fresh`, no answer that was given before is shown again."""

    assistant: Assistant
    filters: Filters = Filters()
    conversation: Conversation | None = None
    fresh: bool = False

    def within(self, conversation: Conversation | None) -> "Asking":
        """Return the same, going on with another conversation."""
        return replace(self, conversation=conversation)

    def ask(self, question: str) -> Request:
        """Ask a question."""
        events = self.assistant.ask(
            question,
            filters=self.filters,
            zone=local_zone(),
            asker=CONSOLE,
            conversation=self.conversation,
            fresh=self.fresh,
        )
        return Request(Task.ANSWER, events)

    def summarise(self, words: Sequence[str]) -> Request:
        """Ask for a summary of what `subjects` makes of the words. Raises QuestionEmpty."""
        events = self.assistant.summarise(
            subjects(words),
            filters=self.filters,
            zone=local_zone(),
            asker=CONSOLE,
            conversation=self.conversation,
            fresh=self.fresh,
        )
        return Request(Task.SUMMARY, events)

    def compare(self, words: Sequence[str], *, aspects: Sequence[str] = ()) -> Request:
        """Ask for a comparison of what `sides` makes of the words. Raises SidesWrong."""
        events = self.assistant.compare(
            sides(words),
            aspects=aspects,
            filters=self.filters,
            zone=local_zone(),
            asker=CONSOLE,
            conversation=self.conversation,
            fresh=self.fresh,
        )
        return Request(Task.COMPARISON, events)

    def explain(self, term: str, *, level: Level = Level.PRACTITIONER) -> Request:
        """Ask for an explanation. Raises QuestionEmpty."""
        if not term.strip():
            raise QuestionEmpty
        events = self.assistant.explain(
            term,
            level=level,
            filters=self.filters,
            zone=local_zone(),
            asker=CONSOLE,
            conversation=self.conversation,
            fresh=self.fresh,
        )
        return Request(Task.EXPLANATION, events)


def subjects(words: Sequence[str]) -> list[str]:
    """Return what is to be summarised: what semicolons separate, ids, links and quoted titles one by one.

    Plain words are one topic, as nobody quotes `paperbot summarise weather forecasting`. Raises QuestionEmpty.
    """
    parts = _separated(words)
    if not parts:
        raise QuestionEmpty
    plain = all(len(word.split()) == 1 and not arxiv_ids(word) and not _APART.search(word) for word in words)
    return [" ".join(parts)] if plain else parts


def sides(words: Sequence[str]) -> list[str]:
    """Return what is to be compared: every argument, or what semicolons separate, without a bare "vs".

    Raises SidesWrong when these are not two to five.
    """
    found = [part for part in _separated(words) if part.casefold() not in _JOINERS]
    if not 2 <= len(found) <= 5:
        raise SidesWrong(reason=f"{count(len(found), 'side')} can't be compared." if found else "No side is named.")
    return found


def _separated(words: Sequence[str]) -> list[str]:
    return [stripped for word in words for part in word.split(";") if (stripped := part.strip())]
