"""ROUGE: what two texts have in common, as Lin (2004) defines it; words in small letters, not stemmed."""

import re
from collections import Counter
from collections.abc import Sequence

_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """Return the words that ROUGE counts."""
    return _WORD.findall(text.lower())


def rouge_1(candidate: str, reference: str) -> float:
    """Return the F1 of the words that both texts have, 0 to 1."""
    ours, theirs = words(candidate), words(reference)
    return _f1((Counter(ours) & Counter(theirs)).total(), len(ours), len(theirs))


def rouge_l(candidate: str, reference: str) -> float:
    """Return the F1 of the longest sequence of words, not necessarily next to each other, that both have, 0 to 1."""
    ours, theirs = words(candidate), words(reference)
    return _f1(_longest_common(ours, theirs), len(ours), len(theirs))


def _f1(common: int, ours: int, theirs: int) -> float:
    return 2 * common / (ours + theirs) if common else 0.0


def _longest_common(a: Sequence[str], b: Sequence[str]) -> int:
    row = [0] * (len(b) + 1)
    for one in a:
        diagonal = 0
        for place, other in enumerate(b, start=1):
            diagonal, row[place] = row[place], diagonal + 1 if one == other else max(row[place], row[place - 1])
    return row[-1]
