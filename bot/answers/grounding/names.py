"""Names in a sentence, and whether its sources have them."""

import re
from collections.abc import Iterable

from bot.answers.grounding.figures import typeset

_WORD = re.compile(r"[^\W_]+(?:[-.+/'’][^\W_]+)*\+*")
_PART = re.compile(r"[+/]|-(?=[^\W\d_]{2})|(?<=[^\W\d_]{2})-(?=[^\W\d_])")
_MARKED = re.compile(r"[^\W\d_]-?\d|\d[^\W\d_]*[A-Z]|[^\W_][A-Z]")
_POSSESSIVE = re.compile(r"['’]s?$")
_JOINED = 3

# Capitalised in mid-sentence though they name nothing of the sources.
_DATE_WORDS = frozenset(
    """january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec""".split()
)
_ORDINARY = _DATE_WORDS | frozenset("i arxiv english yes no".split())


def foreign_names(sentence: str, known: frozenset[str], *, capitals: bool) -> list[str]:
    """Return the names in a sentence that are not among the `known` forms of its sources (see `name_forms`).

    Names are words with a digit beside letters or a capital that doesn't open them; with `capitals`, as English has
    them, also words that begin with one in mid-sentence.
    """
    return [word for word in _names(typeset(sentence), capitals=capitals) if not _stands(word, known)]


def name_forms(text: str) -> frozenset[str]:
    """Return every word of a text, its parts, and neighbours joined, as letters and digits in lower case.

    "Spike-GPT", "Spike GPT" and "SpikeGPT" have a form in common; "GPT-40" and "GPT-4" have none.
    """
    words = [_POSSESSIVE.sub("", word) for word in _WORD.findall(typeset(text))]
    forms = {form for word in words for part in (word, *_parts(word)) for form in _folded(part)}
    for size in range(2, _JOINED + 1):
        forms |= {_fold("".join(words[at : at + size])) for at in range(len(words) - size + 1)}
    return frozenset(forms)


def _stands(name: str, known: frozenset[str]) -> bool:
    if _folded(name) & known:
        return True
    parts = [part for part in _parts(name) if _MARKED.search(part) or part[:1].isupper()]
    return len(_parts(name)) > 1 and bool(parts) and all(_folded(part) & known for part in parts)


def _names(text: str, *, capitals: bool) -> Iterable[str]:
    for match in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", match.group())
        if _MARKED.search(word) or (capitals and _is_capitalised(word) and _within(text, match.start())):
            yield word


def _is_capitalised(word: str) -> bool:
    return word[:1].isupper() and len(word) > 1 and word.casefold() not in _ORDINARY


def _within(text: str, start: int) -> bool:
    """Whether the word at `start` stands in mid-sentence, so that its capital means something."""
    return bool(re.search(r"[^\W_][\"”’')]*,?\s+[\"“‘'(]?$", text[:start]))


def _parts(word: str) -> list[str]:
    return [part for part in _PART.split(word) if part]


def _folded(word: str) -> set[str]:
    """Return the forms of a word: letters and digits in lower case, and the same without a plural's s."""
    form = _fold(word)
    return {form, form[:-1]} if len(form) > 2 and form.endswith("s") else {form}


def _fold(word: str) -> str:
    return re.sub(r"[\W_]+", "", word).casefold()
