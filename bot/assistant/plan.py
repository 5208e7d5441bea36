"""From what a user typed to what is looked for."""

import re
from dataclasses import dataclass

from bot.errors import QuestionEmpty, QuestionTooLong
from bot.text import clean

_MARKUP = re.compile(r"<(?:@[!&]?|#)\d+>|<a?:\w+:\d+>|</[^:>]+:\d+>")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a question asks for: its standalone wording, and keywords that are searched together with it."""

    question: str
    keywords: tuple[str, ...] = ()


def clean_question(text: str, *, limit: int) -> str:
    """Return the question without chat markup and hidden characters.

    Raises QuestionTooLong over `limit` characters and QuestionEmpty when no letter or digit is left.
    """
    question = " ".join(_MARKUP.sub(" ", clean(text)).split())
    if len(question) > limit:
        raise QuestionTooLong(length=len(question), limit=limit)
    if not any(char.isalnum() for char in question):
        raise QuestionEmpty
    return question


def plan_in_code(question: str) -> Plan:
    """Make the plan that serves without a model: the question as it stands."""
    return Plan(question=question)
