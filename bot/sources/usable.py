"""What is too little or too much to be a paper's, whichever place it comes from."""

from collections.abc import Iterable

from bot.text import one_line

TITLE_CHARS = 1_000
"""arXiv's longest title has some 400 characters."""

ABSTRACT_CHARS = 20_000
"""Ten times what arXiv takes. Longer texts are whole papers, or there to fill prompts and messages."""

NAMES = 10_000
"""Names in one field at the most; the largest collaborations have some 5,000 authors."""

NAME_CHARS = 300


def unusable(title: str, abstract: str, name: str = "") -> str | None:
    """Say why a title and an abstract, both cleaned, make no paper; None when they do. `name` tells which it is."""
    if not title or not abstract:
        reason = f"no {'abstract' if title else 'title'}"
    elif len(title) > TITLE_CHARS:
        reason = f"a title of more than {TITLE_CHARS:,} characters"
    elif len(abstract) > ABSTRACT_CHARS:
        reason = f"an abstract of more than {ABSTRACT_CHARS:,} characters"
    else:
        return None
    return f"{reason}: {name}" if name else reason


def names(values: Iterable[str]) -> tuple[str, ...]:
    """Return names cleaned, without empty ones and those that are too long to be any, and no more than NAMES."""
    cleaned = (one_line(value) for value in values)
    return tuple(name for name in cleaned if 0 < len(name) <= NAME_CHARS)[:NAMES]


def short_name(value: str) -> str | None:
    """Return one name cleaned, or None where there is none or it is too long to be one."""
    return next(iter(names([value])), None)
