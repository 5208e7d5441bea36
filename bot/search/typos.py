"""Terms that differ by one typing error."""

from collections.abc import Iterable, Iterator, Sequence


def near_terms(unknown: Sequence[str], vocabulary: Iterable[str]) -> list[str]:
    """Return the terms of a vocabulary that are one error away from one of the unknown terms, once each.

    An error is a letter too many, too few or wrong, or two neighbours exchanged; the first letter is taken to be right.
    """
    by_start: dict[str, list[str]] = {}
    for term in unknown:
        by_start.setdefault(term[0], []).append(term)
    return list(dict.fromkeys(_near(by_start, vocabulary)))


def _near(by_start: dict[str, list[str]], vocabulary: Iterable[str]) -> Iterator[str]:
    for term in vocabulary:
        for typed in by_start.get(term[:1], ()):
            if abs(len(term) - len(typed)) <= 1 and one_error(typed, term):
                yield term


def one_error(typed: str, term: str) -> bool:
    """Whether two different words are one insertion, deletion, substitution or transposition apart."""
    if typed == term:
        return False
    start = next((i for i, (a, b) in enumerate(zip(typed, term, strict=False)) if a != b), min(len(typed), len(term)))
    a, b = typed[start:], term[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
