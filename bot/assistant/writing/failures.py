"""Sentences that failed their checks, as they are told to the model and as it sends them back mended."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from bot.assistant.grounding.check import Problem
from bot.text import one_line, shorten

MOST = 8
"""So many failures are told at once; an answer with more is not worth mending."""

_CHARS = 300
_LINE = re.compile(r"^\s*(?:[-*•]\s*)?\(?([A-Z])[).:]\s*(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Failure:
    """A sentence as the model wrote it, its citation markers included, and what is wrong with it."""

    sentence: str
    problems: tuple[Problem, ...]


def told(failures: Sequence[Failure]) -> str:
    """Return the first failures, a line each: a letter, the sentence, the reasons in brackets."""
    return "\n".join(
        f"{letter}: {shorten(one_line(failure.sentence), _CHARS)} ({'; '.join(failure.problems)})"
        for letter, failure in zip(ascii_uppercase, failures[:MOST], strict=False)
    )


def mended_lines(text: str, count: int) -> Iterator[tuple[int, str]]:
    """Yield the place among `count` failures and the sentence of each line that begins with a letter, once each."""
    seen: set[int] = set()
    for match in _LINE.finditer(text):
        at = ascii_uppercase.index(match[1])
        if at < min(count, MOST) and at not in seen:
            seen.add(at)
            yield at, match[2]
