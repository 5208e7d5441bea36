"""The gate between a model's stream and the reader: a sentence passes once its checks do."""

import re
from collections.abc import Iterator, Sequence

from bot.assistant.answer import Source, Statement
from bot.assistant.grounding import Problem, check
from bot.assistant.sentences import SentenceStream, ends_sentence
from bot.assistant.untrusted import clean_model_text

SENTINEL = "INSUFFICIENT"
"""What a model writes when the sources don't answer the question."""

_BULLET = re.compile(r"^(?:[-*•]|\d{1,2}[.)])\s+")
_HEADING = re.compile(r"^#{1,6}\s+")


class SentenceGate:
    """Takes a model's text in pieces and lets whole, checked sentences through.

    `released` are those that passed, with citations renumbered in the order in which they appear; `cited` their
    sources under these numbers; `dropped` counts those that failed; `problems` says why.
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        self._papers = {source.number: source.paper for source in sources}
        self._numbers: dict[int, int] = {}
        self._stream = SentenceStream()
        self.released: list[Statement] = []
        self.problems: list[Problem] = []
        self.dropped = 0
        self.abstained = False

    @property
    def cited(self) -> tuple[Source, ...]:
        """The sources that released sentences cite, by their shown numbers."""
        return tuple(Source(shown, self._papers[given]) for given, shown in self._numbers.items())

    def feed(self, piece: str) -> Iterator[Statement]:
        """Add a piece; yield the sentences that are complete and pass."""
        for sentence in self._stream.feed(piece):
            yield from self._judge(sentence)

    def finish(self) -> Iterator[Statement]:
        """Judge what is left at the end of a finished stream; a sentence that was cut off is dropped."""
        for sentence in self._stream.finish():
            if ends_sentence(sentence) or SENTINEL in sentence:
                yield from self._judge(sentence)

    def _judge(self, raw: str) -> Iterator[Statement]:
        if SENTINEL in raw:
            self.abstained = True
            return
        cleaned = clean_model_text(_HEADING.sub("", raw.strip()))
        bullet = _BULLET.match(cleaned)
        checked = check(_BULLET.sub("", cleaned), self._papers)
        if not re.search(r"\w", checked.text):
            return
        if checked.problems:
            self.dropped += 1
            self.problems.extend(checked.problems)
            return
        for number in checked.citations:
            self._numbers.setdefault(number, len(self._numbers) + 1)
        statement = Statement(
            text=checked.text,
            citations=tuple(self._numbers[number] for number in checked.citations),
            lead=_lead(raw, bullet=bullet is not None),
        )
        self.released.append(statement)
        yield statement


def _lead(raw: str, *, bullet: bool) -> str:
    breaks = raw[: len(raw) - len(raw.lstrip())].count("\n")
    if bullet:
        return "\n- "
    return "\n\n" if breaks > 1 else "\n" if breaks else " "
