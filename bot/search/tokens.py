"""Text to index terms: Unicode-folded, split into words, without stop words, stemmed."""

import re
import threading
from collections.abc import Iterator
from functools import lru_cache

import Stemmer

from bot.search.folding import fold
from bot.search.latex import without_latex
from bot.search.scripts import spelled_out
from bot.search.spelling import american

TOKENS_VERSION = 2
"""Which terms this module makes. Raise it whenever any term of any text changes: stores keep segments of an index made
with it, and a question's terms meet only those of the same version."""

LONGEST_TERM = 64
"""Characters. Longer words are cut: they are sequences, keys and nonsense."""

# What is written as one word, with a hyphen and with a space alike: "multimodal", "multi-modal", "multi modal".
_PREFIXES = ("multi", "pre", "semi", "auto", "non", "sub", "hyper")
# A word, or words joined by hyphens ("self-supervised", "GPT-4"); U+2010 to U+2015 and U+2212 are typeset hyphens.
_COMPOUND = re.compile(rf"(?:(?:{'|'.join(_PREFIXES)})[ \n](?=[a-z]{{3}}))?[^\W_]+(?:[-\u2010-\u2015\u2212][^\W_]+)*")
_SHORT = 3
_JOINT = re.compile(r"[- \n\u2010-\u2015\u2212]")
_APOSTROPHE = re.compile(r"['’‘ʼ`](?:s|re|ve|ll|d|m|t)\b")
# Names that end in a sign, without which they would be other names: C++, F#, A*, PointNet++.
_SIGNED = re.compile(r"(?<![^\W_])(?:(?P<language>[a-z])(?P<sign>\+\+|#|\*)|(?P<name>[^\W_]{2,})\+\+)(?![\w+#*])")
_SIGNS = {"++": "plusplus", "#": "sharp", "*": "star"}
_ALIASES = {"cpp": "cplusplus"}
# "LLMs", "GNNs": the stemmer keeps an s that no vowel stands before.
_PLURAL = re.compile(r"(?!(?:gps|dns|tls|sms|rms|cms|fps|tts|lps|bfs|dfs)\b)[^aeiouy\d]+[^aeiouys\d]s")
_NUMBERED = re.compile(r"[^\W\d_]\d")  # a name of its own, also within "l1-norm"
_SELF = re.compile(r"self(?!ish|less)[^\W\d]{4}")

# English function words, and the words with which people ask rather than describe.
STOP_WORDS = frozenset(
    """a about above after again against all also am an and any are as at be because been before being below between
    both but by can could did do does doing don down during each few for from further get give had has have having he
    her here hers him his how i if in into is it its itself just let me more most my no nor not now of off on once only
    or other our out over own please same she should so some such tell than that the their them then there these they
    this those through to too under until up us use used using very via was we were what when where which while who
    whom whose why will with would you your explain find know look looking mean means paper papers show work works
    thing thingy anyone someone called like came come got anything everything""".split()
)

_local = threading.local()


def tokenize(text: str) -> list[str]:
    """Return the terms of `text` in order.

    A hyphenated compound gives its parts. One that is spelled now with and now without hyphens, which shows by a
    digit or a part of one or two letters, gives the whole instead of its short parts: "Bert-4-Rec" meets
    "BERT4Rec". With the short parts as well, "IL-2" would count three times, which costs .006 nDCG@10 on scifact; doing
    so with every compound costs .007 there and .009 on cranfield. After one of a few prefixes a hyphen or a space makes
    no difference: "multi-modal" is "multimodal", which is worth .003 on cranfield and ml-papers.
    """
    terms: list[str] = []
    for word in _COMPOUND.findall(_plain(text)):
        terms += _terms(word) if len(word) <= LONGEST_TERM else _long_terms(word)
    return terms


def phrase_terms(text: str) -> list[str]:
    """Return the terms of `text` in order, those of compounds only as parts: what a phrase is compared by."""
    return [term for word in _COMPOUND.findall(_plain(text)) for term in _parts(word)]


def _parts(word: str) -> Iterator[str]:
    for part in _with_prefix(_JOINT.split(word)):
        if part not in STOP_WORDS:
            yield from _terms(part[:LONGEST_TERM])[-2:]


def _plain(text: str) -> str:
    """Return `text` in small letters, with all that is written in several ways written in one."""
    if "\\" in text or "$" in text or "^" in text or "_" in text:
        text = without_latex(text)
    text = fold(text)
    if not text.isascii():
        text = spelled_out(text)
    if "+" in text or "#" in text or "*" in text:
        text = _SIGNED.sub(_signed, text)
    return _APOSTROPHE.sub("", text)


def _signed(match: re.Match[str]) -> str:
    if match["name"]:
        return f"{match['name']} {match['name']}plusplus"
    return match["language"] + _SIGNS[match["sign"]]


@lru_cache(maxsize=100_000)
def _terms(word: str) -> tuple[str, ...]:
    """Return the terms of a word or a compound in small letters."""
    if word in STOP_WORDS:
        return ()
    if not word.isalnum():
        return _compound_terms(_JOINT.split(word))
    stem = _stem(word)
    if _SELF.match(word):
        return stem, "self", _stem(word[len("self") :])
    return (stem,)


def _compound_terms(parts: list[str]) -> tuple[str, ...]:
    parts = _with_prefix(parts)
    whole = len(parts) > 1 and any(len(part) < _SHORT or part.isdigit() for part in parts)
    if not whole:
        return tuple(_stem(part) for part in parts if part not in STOP_WORDS)
    own = [part for part in parts if (len(part) >= _SHORT or _NUMBERED.fullmatch(part)) and part not in STOP_WORDS]
    return (_stem("".join(parts)), *map(_stem, own))


def _with_prefix(parts: list[str]) -> list[str]:
    joined = len(parts) > 1 and parts[0] in _PREFIXES and len(parts[1]) >= _SHORT and parts[1] not in STOP_WORDS
    return [parts[0] + parts[1], *parts[2:]] if joined else parts


def _long_terms(word: str) -> tuple[str, ...]:
    return tuple(term for part in _JOINT.split(word) for term in _terms(part[:LONGEST_TERM]))


def _stem(word: str) -> str:
    # A stemmer keeps state between calls, so each thread has its own.
    if not hasattr(_local, "stemmer"):
        _local.stemmer = Stemmer.Stemmer("english", 0)
    word = _ALIASES.get(word, word)
    if _PLURAL.fullmatch(word):
        return word[:-1]
    return str(_local.stemmer.stemWord(american(word)))
