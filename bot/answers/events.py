"""What happens while a question is answered, in order, so that every front end shows the same thing."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from bot.answers.answer import Answer, Column, Row, Source, Statement
from bot.models import Paper

Followed = Literal["topic", "author", "organisation", "paper"]
"""What can be followed, by the names that its features use."""


class Action(StrEnum):
    """Something that is done for a user alone, by a front end that knows who that is."""

    SAVE = "save"
    UNSAVE = "unsave"
    SHOW_SAVED = "show saved"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    SHOW_FOLLOWED = "show followed"


@dataclass(frozen=True, slots=True)
class Waiting:
    """As many answers are written as may be at once; `place` is that in the queue, from 1."""

    place: int


@dataclass(frozen=True, slots=True)
class Searching:
    """The search begins, for this wording of the question."""

    question: str


@dataclass(frozen=True, slots=True)
class SourcesFound:
    """The papers that an answer will be made from; a model is at work on them."""

    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class SentenceReady:
    """One more sentence has passed its checks. Citations are numbered as they will stay.

    `sources` are what the sentences so far cite; it is empty where numbers are those of SourcesFound.
    """

    statement: Statement
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class RowReady:
    """One more row of a summary or a comparison has passed its checks; `columns` are what its cells belong to."""

    row: Row
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """The end. `answer` is what is shown in the end; it may contain extracts instead of the sentences shown so far."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class ActionWanted:
    """The user wants something done with `papers` or, to follow it, with `subject`, in their words. Comes before Done.

    A front end that can does it and says so; in others the answer says where it can be done. `kind` is what is to be
    followed.
    """

    action: Action
    subject: str = ""
    papers: tuple[Paper, ...] = ()
    kind: Followed | None = None


Event = Waiting | Searching | SourcesFound | SentenceReady | RowReady | ActionWanted | Done
