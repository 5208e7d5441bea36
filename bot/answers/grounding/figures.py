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
from decimal import Decimal
from functools import lru_cache
from itertools import combinations

from bot.answers.grounding.formulas import without_formulas
from bot.search.text.tokens import tokenize

_MAGNITUDES = {"k": "thousand", "m": "million", "b": "billion", "bn": "billion", "mn": "million"}
_SPELLED = "thousand|million|billion|trillion"
_SMALL = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty"
).split()
_FOLD = re.compile(rf"\b({'|'.join([*_SMALL, 'hundred', 'thousand'])})-?fold\b", re.IGNORECASE)
_ORDERS = re.compile(r"\b(an?|one|two|three|four|[1-4])[ -]orders?[ -]of[ -]magnitude\b", re.IGNORECASE)
_ORDER = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[\u2010-\u2012\u2212]"), "-"),
    (re.compile(r"\\(?=[%$#&_])"), ""),
    # Saved pages lose the backslash of LaTeX: "3.72sim4.11times".
    (re.compile(r"(?<=\d)\s*\\?(?:sim|approx)\s*(?=\d)"), " ~ "),
    (re.compile(r"(?<=\d)\s?(?:[x×]|\\?times)\s?(?=\d)"), " by "),  # 256x256 is two figures, not a name
    (re.compile(r"(?<![\w.])×\s?(\d+(?:,\d{3})*(?:\.\d+)?)(?![\d%])"), r"\1 times "),
    (re.compile(r"\b(?:an?\s)?factors?\sof\s(?:about\s)?(\d+(?:,\d{3})*(?:\.\d+)?)(?![\d%])"), r"\1 times "),
    (re.compile(r"(?<=\d)\s*\\?(?:[xX×](?![^\W_])|times(?![^\W_])|-?fold\b|倍)"), " times "),
    (re.compile(r"(?<=\d)\s*(?:%|per\s?cent(?:age points)?\b|Prozent(?:punkte[n]?)?\b|pour\s?cent\b)"), " %"),
    (re.compile(r"(?<=\d)\s?(?:Mio\b\.?|Millionen\b|millions\b)"), " million"),
    (re.compile(r"(?<=\d)\s?(?:Mrd\b\.?|Milliarden?\b|milliards?\b)"), " billion"),
    (re.compile(r"(?<=\d)\s?(?:Tausend\b|mille\b)"), " thousand"),
    (re.compile(r"\\?rightarrow(?=\s?\d)"), " to "),
    (re.compile(r"(?<=\d)\s?(百万|十亿|[千万亿])"), r" \1 "),
    (re.compile(rf"(?<=\d)[\s-]+(?={_SPELLED})"), " "),
)
_MAGNITUDE = re.compile(r"(?<![A-Za-z\d-])(\d+(?:\.\d+)?)\s?-?([kKMB]|[bm]n)(?![A-Za-z\d])")


def typeset(text: str) -> str:
    """Return `text` in compatibility form, with hyphens, magnitudes (45M, 6-billion), % and × written in one way.

    Formulas are plain text (see `without_formulas`). "Tenfold" and "an order of magnitude" are "10 times".
    """
    text = unicodedata.normalize("NFKC", without_formulas(text))
    for pattern, plain in _RULES:
        text = pattern.sub(plain, text)
    text = _FOLD.sub(lambda match: f"{_FOLDS[match[1].lower()]} times", text)
    text = _ORDERS.sub(_as_factor, text)
    return _MAGNITUDE.sub(lambda match: f"{match[1]} {_MAGNITUDES[match[2].lower()]}", text)


def _as_factor(match: re.Match[str]) -> str:
    order = _ORDER.get(match[1].lower())
    return f"{10 ** (order or int(match[1]))} times"


_DECIMAL_COMMA = re.compile(r"(?<![\d.,])(?:(0),(\d+)|(\d+),(\d{1,2}|\d{4,}))(?![\d]|,\d)")
_SPACED_THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,3})((?: \d{3})+)(?![\d.,]*\d)")


def with_decimal_points(text: str) -> str:
    """Return a text in a language with decimal commas with points: "60,9 %" is "60.9 %", "31 000" is "31000"."""
    text = _DECIMAL_COMMA.sub(lambda match: f"{match[1] or match[3]}.{match[2] or match[4]}", text)
    return _SPACED_THOUSANDS.sub(lambda match: match[1] + match[2].replace(" ", ""), text)


_COUNTS = {word: str(value) for value, word in enumerate(_SMALL, start=2)}
_FOLDS = {**_COUNTS, "hundred": "100", "thousand": "1000"}
_SCALES = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "千": 10**3, "万": 10**4, "百万": 10**6, "亿": 10**8, "十亿": 10**9,
}  # fmt: skip
COUNT_TERMS = frozenset(tokenize(" ".join([*_COUNTS, "thousand million billion trillion"])))
"""The index terms of spelled figures, and of what they are multiplied by."""

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

    `unit` is the term or sign right after it. `spelled`: it was a word, as in "two data sets". `amount` is its value
    times the thousands or millions after it, and `about` the word before it that says that it was rounded, if any.
    """

    value: str
    spelled: bool
    unit: str | None
    around: dict[str, float] = field(hash=False)
    amount: Decimal = Decimal(0)
    about: str | None = None


def find_figures(text: str) -> list[Figure]:
    """Return the figures of one sentence, in order; two to twenty also when spelled out."""
    tokens = [_token(match) for match in _TOKEN.finditer(_LIST_NUMBER.sub(" ", typeset(text)))]
    return [
        Figure(value, spelled, _unit(tokens, at), _around(tokens, at), _amount(tokens, at), _about(tokens, at))
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
    return wrong or _exchanged(claimed, sources, weight)


_IN_TURN = tokenize("respectively")[0]
"""What such a figure measures is said by its turn, not by the words beside it."""

_EXCHANGED = 0.1
"""So much better, of 2.6, two figures must fit in each other's place."""


def _exchanged(claimed: Sequence[Figure], sources: Sequence[Figure], weight: Weight) -> list[str]:
    """Return two claimed figures that the sources have the other way round: "3x faster, 10x smaller"."""
    known = Counter(source.value for source in sources)
    single = [it for it in claimed if known[it.value] == 1 and not it.spelled and _IN_TURN not in it.around]
    for one, two in combinations(single, 2):
        if one.value == two.value:
            continue

        def best(figure: Figure, value: str) -> float:
            return max(_fit(figure, source, weight) for source in sources if source.value == value)

        there = best(one, one.value) + best(two, two.value)
        if best(one, two.value) + best(two, one.value) > there + _EXCHANGED:
            return [one.value, two.value]
    return []


def counting_otherwise(claimed: Sequence[Figure], sources: Sequence[Figure], units: frozenset[str]) -> list[str]:
    """Return the claimed figures that count, by a unit among `units`, what the sources count by another figure.

    For sentences in another language, of whose other words nothing is known.
    """
    return [
        figure.value
        for figure in claimed
        if figure.unit in units
        and (own := [source.unit for source in sources if source.value == figure.value])
        and figure.unit not in own
        and not units.isdisjoint(own)
        and any(source.unit == figure.unit for source in sources)
    ]


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


def _amount(tokens: Sequence[tuple[str | None, bool, str]], at: int) -> Decimal:
    after = tokens[at + 1][2].lower() if at + 1 < len(tokens) else ""
    return Decimal(tokens[at][0] or 0) * _SCALES.get(after, 1)


_ROUNDED = re.compile(
    r"~|about|around|roughly|approx(?:imately)?|circa|ca|some|nearly|almost|close|over|above|beyond|than|least|under|below"
    r"|rund|etwa|ungefähr|circa|knapp|fast|über|gut|als|environ|près|presque|quelque"
    r"|.*(?:约|近|大约|超过|接近|多达|左右)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"to|and|a|an|de|bis|und|à|et|of|only|至|到", re.IGNORECASE)


def _about(tokens: Sequence[tuple[str | None, bool, str]], at: int) -> str | None:
    """Return the word up to two places before a figure, or before the other end of its range, that says "about"."""
    for place in range(at - 1, max(at - 4, -1), -1):
        value, _, text = tokens[place]
        if value is None and _ROUNDED.fullmatch(text):
            return text.lower()
        if value is None and not _BETWEEN.fullmatch(text):
            return None
    return None


def _unit(tokens: Sequence[tuple[str | None, bool, str]], at: int) -> str | None:
    if at + 1 == len(tokens) or tokens[at + 1][0] is not None:
        return None
    return next(iter(_terms(tokens[at + 1][2])), None)


def _around(tokens: Sequence[tuple[str | None, bool, str]], at: int) -> dict[str, float]:
    around: dict[str, float] = {}
    for step in (-1, 1):
        place, distance = at + step, 1
        end = _next_figure(tokens, at) if step > 0 else -1
        while 0 <= place < len(tokens) and distance <= WINDOW and place != end:
            value, _, text = tokens[place]
            terms = _terms(text) if value is None else ()
            for term in terms:
                around[term] = max(around.get(term, 0.0), 1 / (1 + _NEARER * distance))
            distance += bool(terms)
            place += step
    return around


def _next_figure(tokens: Sequence[tuple[str | None, bool, str]], at: int) -> int:
    """Return where the words end that follow a figure and may belong to it: at an "and" before the next figure.

    In "reduces memory by 10 times and time by 3 times" it isn't time that is reduced by 10.
    """
    last = -1
    for place in range(at + 1, len(tokens)):
        if tokens[place][0] is not None:
            return last if at + 1 < last < place - 1 else -1
        if tokens[place][2].lower() in _JOINS:
            last = place
    return -1


_JOINS = frozenset("and while whereas but versus".split())


@lru_cache(maxsize=20_000)
def _terms(text: str) -> tuple[str, ...]:
    return (text,) if not text.isalnum() and len(text) == 1 else tuple(tokenize(text))
