"""Text to index terms: Unicode-folded, split into words, without stop words, stemmed."""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import Stemmer

from bot.search.text.spelling import american

# Letters that no Unicode decomposition takes apart, after case folding.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ŋ": "ng"}
)
# Soft hyphen, zero-width characters, marks of direction, byte order mark: invisible, also within words.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
_NOT_ASCII = re.compile("[^\x00-\x7f]+")  # most of a text with an accent in it has none: there is nothing to look up


def fold(text: str) -> str:
    """Return `text` in lower case, without accents and invisible characters, compatibility characters spelled out."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text)).casefold()
    if folded.isascii():
        return folded
    return _NOT_ASCII.sub(_without_marks, folded)


def _without_marks(match: re.Match[str]) -> str:
    return "".join(char for char in match.group() if not unicodedata.combining(char)).translate(_LETTERS)


_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρςστυφχψω",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau "
        "upsilon phi chi psi omega".split(),
        strict=True,
    )
)
# A Greek letter alone is a symbol; beside another one it is a word of Greek.
_SYMBOL = re.compile(r"(?<![α-ω])[α-ω](?![α-ω])")
_MICRO = re.compile(r"(?<![^\W\d_])μ(?=(?:[mslgfw]|mol|sec)\b)")
_SIGNS = str.maketrans({"∆": "δ", "∞": " inf "})
# "∞Bench" and "∞-former", as people type such names.
_INFINITE = re.compile(r"∞-?([a-z]{3,}\w*)")
_INFINITE_FORMS = r" infinite\1 infinity\1 infty\1 infinite infinity inf \1 "
_TIMES = re.compile(r"(?<=\d)\s?×\s?(?=\d)")
# Thai to Khmer, kana, Han, and Hangul in the parts that NFKD makes of it.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+"
)


def spelled_out(text: str) -> str:
    """Return folded text with symbols as words and unspaced scripts as pairs of neighbouring characters.

    "α-divergence" is "alpha-divergence", "3×3" is "3x3", "∞Bench" is "InfiniteBench" too. Pairs are how search engines
    find Chinese and Japanese without a dictionary of words; a lone character stays alone.
    """
    text = _MICRO.sub("u", _INFINITE.sub(_INFINITE_FORMS, text).translate(_SIGNS))
    text = _TIMES.sub("x", _SYMBOL.sub(lambda match: _GREEK[match.group()], text))
    return _UNSPACED.sub(_pairs, text)


def _pairs(match: re.Match[str]) -> str:
    run = match.group()
    return f" {' '.join(map(str.__add__, run, run[1:])) or run} "


_ACCENT = re.compile(r"\\(?:[\"'`^~=.]\s*\{?\\?([A-Za-z])\}?|[cvHudbkr]\s*\{\\?([A-Za-z])\})")
_LETTER = re.compile(r"\\(o|O|l|L|ss|ae|AE|oe|OE|aa|AA|i|j)(?![A-Za-z])\s?")
# Commands that only change how their argument looks.
_STYLE = re.compile(
    r"\\(?:text(?:bf|it|tt|sc|sf|rm|sl|normal|up|sub|super)?|math(?:bb|bf|cal|rm|it|tt|sf|scr|frak|normal)|emph|em|it|bf|tt"
    r"|sc|rm|bm|boldsymbol|operatorname|mbox|hbox|left|right|[bB]igg?[lr]?|(?:wide)?(?:hat|tilde)|bar|vec|overline"
    r"|underline|ensuremath|xspace|displaystyle)(?![A-Za-z])\*?"
)
_COMMAND = re.compile(r"\\(?:var)?([A-Za-z]+)")
# A symbol's command that a name runs on from, as in the titles of feeds that drop dollar signs: "\inftyBench".
_RUN_ON = re.compile(
    r"\\(?:var)?(ell|alpha|beta|gamma|delta|epsilon|zeta|theta|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|phi|chi|psi|omega"
    r"|eta)(?=-?[A-Z])|(?<![_{^])\\(infty)\$?(?=-?[A-Za-z]{3})"
)
_ESCAPE = re.compile(r"\\(.?)", re.DOTALL)
# As in TeX itself, "US$5 and US$6" is no formula: no digit follows the closing sign.
_MATH = re.compile(r"\$\$?([^$\n]{1,300})\$\$?(?!\d)")
_POWER = re.compile(r"(?<=[^\W_])\^\s?\{?([^\W_]{1,3})\}?")
_INDEX = re.compile(r"(?<![^\W_])([^\W_]{1,2})_\{?([^\W_]{1,3})\}?")
_BRACE = re.compile(r"[{}]")
_SHORTER = {"ell": "l", "infty": "inf"}
_SYMBOLS = {"ell": "l", "infty": "∞"}


def without_latex(text: str) -> str:
    r"""Return `text` without LaTeX: `$\ell_1$` is "l1", `O(N^2)` is "O(N2)", `\textbf{X}` is "X", `{\o}` is "o".

    A command for a symbol or a function is left as its name: `\alpha`, `\log`. Text without any of
    backslash, dollar sign, circumflex and underscore comes back as it is.
    """
    if "\\" in text:
        text = _ACCENT.sub(lambda match: match[1] or match[2], text)
        text = _STYLE.sub("", _LETTER.sub(r"\1", text))
        text = _COMMAND.sub(_name, _RUN_ON.sub(lambda match: _SYMBOLS.get(match[1] or match[2], match[1]), text))
        text = _BRACE.sub("", _ESCAPE.sub(lambda match: match[1] if match[1].isprintable() else " ", text))
    if "$" in text:
        text = _BRACE.sub("", _MATH.sub(r"\1", text))
    if "_" in text:
        text = _INDEX.sub(r"\1\2", text)
    return _POWER.sub(r"\1", text) if "^" in text else text


def _name(match: re.Match[str]) -> str:
    name = _SHORTER.get(match[1], match[1])
    before = match.string[match.start() - 1 : match.start()]
    after = match.string[match.end() : match.end() + 1]
    return f"{' ' * (before.isalnum() or before == '}')}{name}{' ' * (after.isalnum() or after == '{')}"


TOKENS_VERSION = 3
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
_SIGNS_TOKENS = {"++": "plusplus", "#": "sharp", "*": "star"}
_ALIASES = {"cpp": "cplusplus"}
# "LLMs", "GNNs": the stemmer keeps an s that follows no vowel.
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
    return match["language"] + _SIGNS_TOKENS[match["sign"]]


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


# Straight, English, German and French double marks. Single ones are left out: they are apostrophes too often.
_QUOTED = re.compile(r"[\"“”„«]([^\"“”„«»\n]{2,300})[\"“”»]")


def quoted_phrases(text: str) -> tuple[str, ...]:
    """Return what is in double quotation marks, in order and once each."""
    phrases = (" ".join(match[1].split()) for match in _QUOTED.finditer(text))
    return tuple(dict.fromkeys(phrase for phrase in phrases if any(char.isalnum() for char in phrase)))


def without_quotes(text: str, *, filler: str = "\0") -> str:
    """Return `text` with every quotation covered by `filler`, a single character, so that all else keeps its place."""
    return _QUOTED.sub(lambda match: filler * len(match.group()), text)
