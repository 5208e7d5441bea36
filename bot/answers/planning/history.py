"""A conversation's earlier turns, and what they were about."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.answers.planning.followups import SHORT, content_words, is_name, without_thanks
from bot.search.query.dates import find_span, without_dates
from bot.search.text.tokens import STOP_WORDS
from bot.text import one_line, shorten

_WORDS = 12
_TITLES = 3
_TITLE_WORDS = 4
_TITLE_CHARS = 160
_TURN_CHARS = 4_000
_JOINERS = frozenset("of for with and in the to using on a an via by from through at as".split())
_DATE = re.compile(
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?|(?:19|20)[0-9]{2}"
)
_OPENS_SENTENCE = STOP_WORDS | frozenset("yes no two three four five six seven eight nine ten neither only".split())


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation. `titles` are those of the papers that an answer of ours cited, best first."""

    role: Literal["user", "assistant"]
    content: str
    titles: tuple[str, ...] = ()


def topic_titles(history: Sequence[Turn]) -> tuple[str, ...]:
    """Return up to three titles of the last answer's papers; where they were not kept, the names in its text."""
    answer = next((turn for turn in reversed(history) if turn.role == "assistant"), None)
    if answer is None:
        return ()
    titles = answer.titles or _named(answer.content[:_TURN_CHARS])
    return tuple(shorten(one_line(title), _TITLE_CHARS) for title in titles[:_TITLES])


def topic_words(history: Sequence[Turn], *, today: date | None) -> tuple[str, ...]:
    """Return the content words, without dates, of the user's last question, and of those before where it has few."""
    words: list[str] = []
    for turn in reversed(history):
        if turn.role == "user" and len(words) < SHORT:
            question = without_thanks(one_line(turn.content[:_TURN_CHARS]))
            if today:
                question = without_dates(question, find_span(question, today=today))
            words = [*content_words(question), *words]
    return tuple(dict.fromkeys(words))[:_WORDS]


def _named(text: str) -> tuple[str, ...]:
    """Return the runs of capitalised words in a text, the longest first: titles and names."""
    runs = [_trimmed(run) for run in _runs(text)]
    # Beside a whole title, names such as "3D" tell nothing more.
    least = 2 if any(len(run) >= _TITLE_WORDS for run in runs) else 1
    kept = [run for run in runs if len(run) >= max(least, 2) or (len(run) == least and is_name(run[0]))]
    return tuple(dict.fromkeys(" ".join(run) for run in sorted(kept, key=len, reverse=True)))


def _runs(text: str) -> Iterator[list[str]]:
    run: list[str] = []
    for token in text.split():
        word = token.strip('()[]{}"“”„*_,;')
        capital = word[:1].isupper() or is_name(word)
        if run and (token[0] in "([{" or not (capital or word in _JOINERS)):
            yield run
            run = []
        if capital or (run and word in _JOINERS):
            run.append(word)
        if run and token[-1] in ".!?,;)]}":
            yield run
            run = []
    yield run


def _trimmed(run: list[str]) -> list[str]:
    """Cut what doesn't belong to a name: joining words at its end, months and years, the word that opens a sentence."""
    words = [word.rstrip(".!?:") if word is run[-1] else word for word in run]
    while words and (words[-1] in _JOINERS or _DATE.fullmatch(words[-1])):
        words.pop()
    while words and (words[0].rstrip(":").casefold() in _OPENS_SENTENCE or _DATE.fullmatch(words[0])):
        words.pop(0)
    return words
