"""The words of a question that carry its subject."""

import re

from bot.search.tokens import STOP_WORDS

_WORD = re.compile(r"[^\W_]+(?:[-\u2010-\u2015\u2212'’./+][^\W_]+)*\+*")
_CONTRACTION = re.compile(r"['’](?:s|re|ve|ll|d|m|t)$", re.IGNORECASE)
_SPOKEN = frozenset("whats wheres whos hows thats theres dont doesnt didnt isnt arent pls plz u ur gonna".split())


def content_words(text: str) -> list[str]:
    """Return the words of `text` that are no stop words, in lower case and in order."""
    words = (_CONTRACTION.sub("", word).casefold() for word in _WORD.findall(text))
    return [word for word in words if word not in STOP_WORDS and word not in _SPOKEN and word.strip("'’")]


def names(text: str) -> list[str]:
    """Return the words that look like a name by themselves: GPT-4, BERT4Rec, SpikeGPT, mossformer2."""
    return [word for word in _WORD.findall(text) if is_name(word)]


def is_name(text: str) -> bool:
    """Whether a word of `text` has a digit beside letters, or a capital that doesn't open it."""
    return any(re.search(r"[^\W\d_]-?\d|\d[^\W\d_]|[^\W_]-?[A-Z]", word) for word in text.split() if word != "I")
