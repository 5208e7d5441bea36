"""Terms that are one typing error away from an unknown one, looked up in sorted vocabularies.

Reading a vocabulary of a million terms for each misspelt word takes 40 ms and more. Here the letters before the error
narrow it down to a range, and the few letters that go on from there are tried one by one: well under a millisecond.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence


def near_terms(unknown: Iterable[str], vocabularies: Iterable[Sequence[str]]) -> list[str]:
    """Return the terms of sorted vocabularies that are one error away from one of the unknown terms, once each.

    An error is a letter too many, too few or wrong, or two neighbours exchanged; the first letter is taken to be right.
    Terms come in the order of the vocabularies.
    """
    typed = list(unknown)
    found: dict[str, None] = {}
    for terms in vocabularies:
        found.update(dict.fromkeys(sorted({near for word in typed for near in _near(word, terms)})))
    return list(found)


def _near(typed: str, terms: Sequence[str]) -> Iterator[str]:
    """Yield the terms of one vocabulary; one may come more than once."""
    low, high = 0, len(terms)
    for at in range(1, len(typed) + 1):
        before, after = typed[:at], typed[at:]
        low = bisect_left(terms, before, low, high)
        high = _end(terms, before, low, high)
        if high - low <= _FEW:  # the error is here or further on, so that all that may be meant are these
            yield from (term for term in terms[low:high] if one_error(typed, term))
            return
        for word in (before + after[1:], before + after[1:2] + after[:1] + after[2:]):  # a letter too many, exchanged
            if word != typed and _has(terms, word, low, high):
                yield word
        yield from _with_another_letter(before, after, terms, low, high)


_FEW = 12
"""So many terms are compared one by one in the time that looking a letter up takes."""


def one_error(typed: str, term: str) -> bool:
    """Whether two different words are one insertion, deletion, substitution or transposition apart."""
    if typed == term:
        return False
    start = next((i for i, (a, b) in enumerate(zip(typed, term, strict=False)) if a != b), min(len(typed), len(term)))
    a, b = typed[start:], term[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _with_another_letter(before: str, after: str, terms: Sequence[str], low: int, high: int) -> Iterator[str]:
    """Yield the terms of a range, all of which begin with `before`, that have one letter between it and `after`.

    Or in place of the first letter of `after`.
    """
    if low < high and terms[low] == before:
        low += 1
    while low < high:
        start = terms[low][: len(before) + 1]
        end = _end(terms, start, low, high)
        for word in (start + after, start + after[1:]) if after else (start,):
            if word != before + after and _has(terms, word, low, end):
                yield word
        low = end


def _has(terms: Sequence[str], word: str, low: int, high: int) -> bool:
    at = bisect_left(terms, word, low, high)
    return at < high and terms[at] == word


def _end(terms: Sequence[str], start: str, low: int, high: int) -> int:
    """Return where the terms from `low` on that begin with `start` end."""
    last = ord(start[-1])
    return high if last == _LAST else bisect_left(terms, start[:-1] + chr(last + 1), low, high)


_LAST = 0x10FFFF
"""The last character there is: nothing sorts behind what begins with it."""
