"""Every title held in memory, so that what is typed can be completed at once."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

from bot.models import parse_arxiv_id
from bot.search.fields import words
from bot.search.ids import arxiv_ids

_MOST_CANDIDATES = 20_000
"""How many titles are looked at for several words in any order; no word but the commonest stands in more."""


@dataclass(frozen=True, slots=True)
class Titled:
    """A paper's key and title."""

    key: str
    title: str


class TitleList:
    """An immutable list. Making one is CPU work, a second for 100,000 titles: make it in a thread.

    The folded titles stand in one text, one a line, each followed by its arXiv id: looking for words in it is a few
    milliseconds' work of `str.find`.
    """

    def __init__(self, titles: Sequence[tuple[str, str]] = ()) -> None:
        """Take keys and titles, those first that are to be offered first."""
        self.entries = tuple(Titled(key, title) for key, title in titles)
        lines = [_line(entry) for entry in self.entries]
        self._text = "".join(lines)
        self._starts = [0, *accumulate(map(len, lines))]

    def matching(self, text: str, *, limit: int) -> list[Titled]:
        """Return the best `limit` papers for what was typed so far; the first ones of all for no word.

        First come the titles that begin with it, then those with just these words, the last one perhaps unfinished,
        then those with all of them in any order, then those with the letters anywhere. An arXiv id finds its paper,
        also unfinished or within a link.
        """
        typed = words(next(iter(arxiv_ids(text)), text))
        if not typed:
            return list(self.entries[:limit])
        found: dict[int, None] = {}
        for number in chain(
            self._lines_with(f"\n {typed}"),
            self._lines_with(f" {typed}"),
            self._with_all(typed),
            self._lines_with(typed),
        ):
            found[number] = None
            if len(found) == limit:
                break
        return [self.entries[number] for number in found]

    def _lines_with(self, needle: str) -> Iterator[int]:
        """Yield the numbers of the lines that hold `needle`, once each."""
        at = self._text.find(needle)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            yield number
            at = self._text.find(needle, self._starts[number + 1])

    def _with_all(self, typed: str) -> Iterator[int]:
        needles = sorted((f" {word}" for word in typed.split()), key=len, reverse=True)
        if len(needles) < 2:
            return
        for looked_at, number in enumerate(self._lines_with(needles[0])):
            if looked_at == _MOST_CANDIDATES:
                return
            line = self._text[self._starts[number] : self._starts[number + 1]]
            if all(needle in line for needle in needles[1:]):
                yield number


def _line(entry: Titled) -> str:
    key = f" {words(entry.key)}" if parse_arxiv_id(entry.key) else ""
    return f"\n {words(entry.title)}{key}"
