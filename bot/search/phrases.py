"""Whether a paper holds a quoted phrase: its words, one after the other."""

from collections.abc import Iterable, Sequence
from itertools import accumulate

from bot.search.tokens import phrase_terms


def phrases_held(phrases: Iterable[str], texts: Sequence[str]) -> int:
    """Return how many different phrases stand in one of `texts`, such as a paper's title and abstract.

    Stop words count neither in a phrase nor in a text, nor does the way in which a compound is written: "spike gpt"
    stands in "SpikeGPT", "GPT4 scores" in "GPT-4 scores". A phrase of stop words alone stands nowhere. Every text is
    tokenized once, about 0.2 ms an abstract; so call this in a thread.
    """
    wanted = {"".join(terms) for phrase in phrases if (terms := phrase_terms(phrase))}
    if not wanted:
        return 0
    held = [_Joined(phrase_terms(text)) for text in texts]
    return sum(any(text.holds(phrase) for text in held) for phrase in wanted)


def holds_phrase(phrase: str, texts: Sequence[str]) -> bool:
    """Whether a phrase stands in one of `texts`."""
    return phrases_held([phrase], texts) == 1


class _Joined:
    """Terms as one string, and where in it terms begin and end."""

    def __init__(self, terms: Sequence[str]) -> None:
        self._text = "".join(terms)
        self._bounds = {0, *accumulate(map(len, terms))}

    def holds(self, joined: str) -> bool:
        at = self._text.find(joined)
        while at >= 0:
            if at in self._bounds and at + len(joined) in self._bounds:
                return True
            at = self._text.find(joined, at + 1)
        return False
