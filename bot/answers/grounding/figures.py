"""The figures of a text, each with the terms around it, which say what it measures.

A figure in a sentence must occur in the cited abstract, and for the same thing: the terms around it must not fit
another figure of the abstract better. The second half finds a figure that was exchanged with another one of the same
abstract, which the first can't see (7 % caught by presence alone).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.search.text.tokens import tokenize

_MAGNITUDES = {"k": "thousand", "m": "million", "b": "billion", "bn": "billion", "mn": "million"}
_SPELLED = "thousand|million|billion|trillion"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[\u2010-\u2012\u2212]"), "-"),
    (re.compile(r"\\(?=[%$#&_])"), ""),
    # Saved pages lose the backslash of LaTeX: "3.72sim4.11times".
    (re.compile(r"(?<=\d)\s*\\?(?:sim|approx)\s*(?=\d)"), " ~ "),
    (re.compile(r"(?<=\d)\s*\\?(?:[x×](?![^\W_])|times(?![^\W_])|-?fold\b)"), " times"),
    (re.compile(r"(?<=\d)\s*(?:%|per\s?cent(?:age points)?\b)"), " %"),
    (re.compile(rf"(?<=\d)[\s-]+(?={_SPELLED})"), " "),
)
_MAGNITUDE = re.compile(r"(?<![A-Za-z\d-])(\d+(?:\.\d+)?)\s?-?([kKMB]|[bm]n)(?![A-Za-z\d])")


def typeset(text: str) -> str:
    """Return `text` in compatibility form, with hyphens, magnitudes (45M, 6-billion), % and × written in one way."""
    text = unicodedata.normalize("NFKC", text)
    for pattern, plain in _RULES:
        text = pattern.sub(plain, text)
    return _MAGNITUDE.sub(lambda match: f"{match[1]} {_MAGNITUDES[match[2].lower()]}", text)


_COUNTS = {
    word: str(value)
    for value, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split(),
        start=2,
    )
} | {"both": "2"}
COUNT_TERMS = frozenset(tokenize(" ".join(_COUNTS)))
"""The index terms of spelled figures."""

# Not within a name: GPT-4, COVID-19, T5, ResNet50. "7-day" and "10x" are figures.
_TOKEN = re.compile(
    r"(?P<figure>(?<![A-Za-z\d.,_])(?<![A-Za-z]-)(?<![A-Za-z]/)\d+(?:,\d{3})*(?:\.\d+)?)"
    r"|(?P<word>[^\W\d_][^\W_]*(?:[-'’./][^\W_]+)*|[^\W_]+)|(?P<sign>[%$€£~])"
)
# "(1) … (2) …", "1) … 2) …": these count the items of a list.
_LIST_NUMBER = re.compile(r"(?<![^\s(])(?:\([1-9]\)|[1-9]\))(?=\s)")

WINDOW = 6
"""How many content words on each side say what a figure measures."""

_NEARER = 0.3
_UNIT = 0.3
MARGIN = 0.1
"""So much better, of 1.3, another figure must fit. Measured by `python -m bench.answers` (planted figures)."""

_LEAST_FIT = 0.12
_REPEATED = -0.3
"""The margin for a figure that a sentence has more often than its sources: "45M and 45M" for "45M and 216M".

Of 150 figures swapped in sentences in other words it lets `python -m bench.answers` catch all,
where a margin of 0 catches 125; none of 826 true sentences with figures is stopped for it.
"""

_COUNT_LIMIT = 20

Weight = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, without thousands separators, and the terms around it by their nearness, 0 to 1.

    `unit` is the term or sign right after it. `spelled`: it was a word, as in "two data sets".
    """

    value: str
    spelled: bool
    unit: str | None
    around: dict[str, float] = field(hash=False)


def find_figures(text: str) -> list[Figure]:
    """Return the figures of one sentence, in order; "both" and two to twenty also when spelled out."""
    tokens = [_token(match) for match in _TOKEN.finditer(_LIST_NUMBER.sub(" ", typeset(text)))]
    return [
        Figure(value, spelled, _unit(tokens, at), _around(tokens, at))
        for at, (value, spelled, _) in enumerate(tokens)
        if value is not None
    ]


def figure_values(text: str) -> frozenset[str]:
    """Return the figures of a text without what they measure."""
    return frozenset(figure.value for figure in find_figures(text))


def list_length(text: str) -> str | None:
    """Return how many items a numbered list within a text has, or None: a sentence may count them."""
    numbers = [match.group().strip("()") for match in _LIST_NUMBER.finditer(text)]
    return numbers[-1] if len(numbers) > 1 and numbers == [str(n) for n in range(1, len(numbers) + 1)] else None


def missing(claimed: Sequence[Figure], known: Iterable[str]) -> list[str]:
    """Return the claimed figures that are not among the `known` values.

    A spelled "two" counts what a sentence lists as often as what its source counts, so it needs no figure there.
    """
    values = set(known)
    return [figure.value for figure in claimed if figure.value not in values and not _is_pair(figure)]


def misplaced(claimed: Sequence[Figure], sources: Sequence[Figure], weight: Weight) -> list[str]:
    """Return the claimed figures that measure something else in the sources.

    Figures that don't occur there at all are `missing` and not returned. `weight` is a term's idf.
    """
    said = Counter(figure.value for figure in claimed)
    known = Counter(figure.value for figure in sources)
    others = [figure for figure in sources if said[figure.value] < known[figure.value]]
    counted = {(figure.value, figure.unit) for figure in claimed}
    uncounted = [figure for figure in sources if (figure.value, figure.unit) not in counted]
    wrong: list[str] = []
    for figure in claimed:
        own = [source for source in sources if source.value == figure.value]
        if figure.spelled:
            # A count is wrong when the source counts the same things otherwise.
            if not any(source.unit == figure.unit for source in own) and any(
                _counts_the_same(figure, other) for other in uncounted
            ):
                wrong.append(figure.value)
        elif own:
            best = max(_fit(figure, source, weight) for source in own)
            other = max((_fit(figure, it, weight) for it in others if it.value != figure.value), default=0.0)
            margin = _REPEATED if said[figure.value] > known[figure.value] else MARGIN
            if other > best + margin or best < _LEAST_FIT or _other_sign(figure, own):
                wrong.append(figure.value)
    return wrong


def _fit(figure: Figure, source: Figure, weight: Weight) -> float:
    """Return how well a source's figure measures the same, 0 to 1.3: its surroundings' share, and the unit."""
    total = sum(near * weight(term) for term, near in figure.around.items())
    shared = sum(
        min(near, source.around[term]) * weight(term) for term, near in figure.around.items() if term in source.around
    )
    same_unit = figure.unit is not None and figure.unit == source.unit
    return (shared / total if total else 1.0) + (_UNIT if same_unit else 0.0)


def _other_sign(figure: Figure, own: Sequence[Figure]) -> bool:
    """Whether the figure is a percentage or a factor here and nowhere in the source, where it has another unit."""
    return figure.unit in {"%", "time"} and all(
        source.unit not in {figure.unit, None} and source.unit not in figure.around for source in own
    )


def _counts_the_same(figure: Figure, other: Figure) -> bool:
    is_count = other.value.isdigit() and int(other.value) <= _COUNT_LIMIT
    return is_count and figure.unit is not None and other.unit == figure.unit


def _is_pair(figure: Figure) -> bool:
    return figure.spelled and figure.value == "2"


def _token(match: re.Match[str]) -> tuple[str | None, bool, str]:
    """Return a token as (figure or None, whether that was spelled, its text)."""
    if match["figure"]:
        return _canonical(match["figure"]), False, match["figure"]
    spelled = _COUNTS.get(match.group().lower())
    return spelled, spelled is not None, match.group()


def _canonical(figure: str) -> str:
    whole, dot, decimals = figure.replace(",", "").partition(".")
    whole = whole.lstrip("0") or "0"
    return whole + dot + decimals if dot and decimals.strip("0") else whole


def _unit(tokens: Sequence[tuple[str | None, bool, str]], at: int) -> str | None:
    if at + 1 == len(tokens) or tokens[at + 1][0] is not None:
        return None
    return next(iter(_terms(tokens[at + 1][2])), None)


def _around(tokens: Sequence[tuple[str | None, bool, str]], at: int) -> dict[str, float]:
    around: dict[str, float] = {}
    for step in (-1, 1):
        place, distance = at + step, 1
        while 0 <= place < len(tokens) and distance <= WINDOW:
            value, _, text = tokens[place]
            terms = _terms(text) if value is None else ()
            for term in terms:
                around[term] = max(around.get(term, 0.0), 1 / (1 + _NEARER * distance))
            distance += bool(terms)
            place += step
    return around


@lru_cache(maxsize=20_000)
def _terms(text: str) -> tuple[str, ...]:
    return (text,) if not text.isalnum() and len(text) == 1 else tuple(tokenize(text))
