"""Terms that are one typing error away from an unknown one, looked up in sorted vocabularies.

Reading a vocabulary of a million terms for each misspelt word takes 40 ms and more. Here the letters before the error
narrow it down to a range, and the few letters that go on from there are tried one by one: well under a millisecond.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence


def near_terms(unknown: Iterable[str], vocabularies: Iterable[Sequence[str]]) -> list[str]:
    """Return the terms of sorted vocabularies that are one error away from one of the unknown terms, once each.

    An error is a letter too many, too few or wrong, or two neighbours exchanged; the first letter is taken to be right.
    For a longer word that has none, those are returned that are two errors away: "Polingfromer". Terms come in the
    order of the vocabularies.
    """
    typed, known = list(unknown), list(vocabularies)
    found: dict[str, None] = {}
    once: set[str] = set()
    for terms in known:
        near = {word: set(_near(word, terms)) for word in typed}
        once.update(word for word, those in near.items() if those)
        found.update(dict.fromkeys(sorted(set().union(*near.values()))))
    for word in typed:
        if word not in once and len(word) >= _LONG_FOR_TWO:
            found.update(dict.fromkeys(near for terms in known for near in _twice_near(word, terms)))
    return list(found)


_LONG_FOR_TWO = 8
"""Letters of a word in which two errors are looked for: with fewer, too many words are as near as the one meant."""

_SURE = 2
"""So many first letters are taken to be right then, which leaves few enough terms to compare one by one."""


def _twice_near(typed: str, terms: Sequence[str]) -> Iterator[str]:
    low = bisect_left(terms, typed[:_SURE])
    for term in terms[low : _end(terms, typed[:_SURE], low, len(terms))]:
        if abs(len(term) - len(typed)) <= _SURE and two_errors(typed, term):
            yield term


def two_errors(typed: str, term: str) -> bool:
    """Whether a word becomes `term` by two errors, the first of which is where they begin to differ."""
    start = next((i for i, (a, b) in enumerate(zip(typed, term, strict=False)) if a != b), min(len(typed), len(term)))
    a, b = typed[start:], term[start:]
    rests = [(a[1:], b), (a, b[1:]), (a[1:], b[1:])]
    if a[:2] == b[1::-1]:
        rests.append((a[2:], b[2:]))
    return any(abs(len(one) - len(other)) <= 1 and (one == other or one_error(one, other)) for one, other in rests)


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
