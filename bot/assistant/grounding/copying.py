"""Whether a sentence is an abstract's own rather than put in other words."""

import re

RUN = 4
"""Words of a run: shorter ones recur in any text about the same thing."""

MOST_COPIED = 0.5
"""A sentence in other words shares fewer of its runs than this with the abstract."""


def copied_share(sentence: str, abstract: str) -> float:
    """Return the share of a sentence's runs of four words that stand in the abstract, 0 to 1."""
    runs = _runs(sentence)
    return len(runs & _runs(abstract)) / len(runs) if runs else 0.0


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
