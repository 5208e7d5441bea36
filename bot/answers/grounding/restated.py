"""Figures that a sentence says in another way than its source: scaled, rounded, added up, counted from a list."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise

from bot.answers.grounding.figures import Figure
from bot.search.text.tokens import tokenize

_LEAST_UP = frozenset("over above beyond than least über als gut".split())
_MOST_OFF = Decimal("0.1")
"""The share by which a rounded figure may differ. "About 10" is no rounding of 14."""


def in_the_words_of(sources: Sequence[Figure], claimed: Iterable[Figure]) -> list[Figure]:
    """Return the claimed figures, those that stand otherwise in the sources with the value that they have there.

    "200,000" stands for "200k", "1.5 %" for 0.015, "about 1,900" for 1,888. All others come back as they are.
    """
    return [figure if _stands(figure, sources) else _restated(figure, sources) for figure in claimed]


def _stands(figure: Figure, sources: Iterable[Figure]) -> bool:
    """Whether a figure stands there as it is. "45 billion" is another one than "45 million"."""
    own = [source for source in sources if source.value == figure.value]
    return any(_UNSCALED in {_scale(source), _scale(figure)} or source.amount == figure.amount for source in own)


def _scale(figure: Figure) -> Decimal:
    return figure.amount / Decimal(figure.value) if Decimal(figure.value) else _UNSCALED


_UNSCALED = Decimal(1)


def _restated(figure: Figure, sources: Sequence[Figure]) -> Figure:
    for same in (_equal, _rounded):
        for source in sources:
            if same(figure, source):
                return replace(figure, value=source.value, unit=source.unit if same is _equal else figure.unit)
    return replace(figure, value=str(figure.amount)) if _scale(figure) != _UNSCALED else figure


def _equal(figure: Figure, source: Figure) -> bool:
    if figure.amount == source.amount:
        return True
    # "31.000" is 31,000 where a point separates thousands; `in_the_words_of` never sees one that stands there as it is.
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", figure.value) or figure.value != str(figure.amount):
        return figure.amount * 1000 == source.amount
    share = Decimal(100)
    if figure.unit == "%" and source.unit != "%":
        return source.amount < 1 and source.amount * share == figure.amount
    return source.unit == "%" and figure.amount < 1 and figure.amount * share == source.amount


def _rounded(figure: Figure, source: Figure) -> bool:
    if figure.about is None or (figure.spelled and figure.amount < 10):
        return False
    off = source.amount - figure.amount
    step = _last_place(figure.amount)
    near = 0 <= off < step if figure.about in _LEAST_UP else abs(off) <= step / 2
    return near and abs(off) <= _MOST_OFF * figure.amount and _last_place(source.amount) < step


def _last_place(amount: Decimal) -> Decimal:
    """Return what a change of the last digit that says something is worth: 100 for 1,900, 0.1 for 0.3."""
    exponent = amount.normalize().as_tuple().exponent
    return Decimal(10) ** (exponent if isinstance(exponent, int) else 0)


_OPERATOR = r"(?:points?|more|fewer|less|higher|lower|better|mehr|weniger|höher|Prozentpunkte|plus|moins|points?)"
_TOTAL = r"(?:gap|difference|margin|lead|total|sum)"


def computed(figure: Figure, claimed: Iterable[Figure], sentence: str, facts: Iterable[Sequence[Figure]]) -> bool:
    """Whether a figure is the sum or the difference of two of one sentence of the sources, and is said to be that.

    `facts` are the figures of each sentence of the sources. The two must measure in the same unit, and one of them must
    stand in the claim as well: with any two figures of an abstract almost every small number could be made.
    """
    number = rf"(?<![\d.]){re.escape(figure.value)}(?:\.0+)?(?![\d.]*\d)"
    if not re.search(
        rf"{number}\s?(?:%|\w+)?[ -]{_OPERATOR}\b|\b{_TOTAL} of (?:\w+ )?{number}", sentence, re.IGNORECASE
    ):
        return False
    said = {other.amount for other in claimed if other is not figure}
    return any(
        figure.amount in {one.amount + two.amount, abs(one.amount - two.amount)}
        and said & {one.amount, two.amount}
        and one.unit == two.unit
        for among in facts
        for one, two in combinations(among, 2)
    )


_CLAUSE = re.compile(r"[;:()\n]|\.\s|\s[–—-]\s")
_LAST_ITEM = re.compile(r",?\s+(?:and|or|as well as|und|oder|et|ou)\s+")
_LONGEST_ITEM = 7
_LONGEST_LIST = 8
_NAMED = frozenset(tokenize("data dataset benchmark corpus task"))
"""What a list of names alone may be of: "on SQuAD, MNLI and CoLA" are three tasks."""


def list_lengths(text: str) -> frozenset[str]:
    """Return how many items each list of three or more in a sentence has: "A, B and C" has three."""
    return frozenset(str(length) for clause in _CLAUSE.split(text) for length in _lengths(clause))


def counted(figure: Figure, lists: Iterable[tuple[frozenset[str], Collection[str]]], known: Sequence[Figure]) -> bool:
    """Whether a spelled figure counts a list of a sentence, or what two neighbouring counts of a source are together.

    `lists` are the lengths of lists with the terms of their sentence, which must have what the figure counts; `known`
    the figures of the sources. Nothing may be counted that a source counts otherwise itself.
    """
    if figure.unit is None or any(other.unit == figure.unit and other.value != figure.value for other in known):
        return False
    if any(figure.value in lengths and (figure.unit in terms or figure.unit in _NAMED) for lengths, terms in lists):
        return True
    beside = [other for other in known if other.value.isdigit() and figure.unit in other.around]
    return any(one.amount + two.amount == figure.amount for one, two in pairwise(beside))


def _lengths(clause: str) -> Iterable[int]:
    for match in _LAST_ITEM.finditer(clause):
        items = 1
        for item in reversed(clause[: match.start()].split(",")):
            items += 1
            if len(item.split()) > _LONGEST_ITEM:
                break
        else:
            items -= len(clause[: match.start()].split(",", maxsplit=1)[0].split()) > _LONGEST_ITEM
        if 2 < items <= _LONGEST_LIST:
            yield items


_WORDED = {
    r"half|halv(?:e[sd]?|ing)": ("50", "2"),
    r"(?:one|a)[ -]third": ("33", "3"),
    r"two[ -]thirds": ("67", "66"),
    r"(?:one|a)[ -]quarter|quarters?": ("25", "4"),
    r"three[ -]quarters": ("75",),
    r"(?:one|a)[ -]fifth": ("20", "5"),
    r"(?:one|a)[ -]tenth": ("10",),
    r"twice|doubl(?:e[sd]?|ing)": ("2",),
    r"tripl(?:e[sd]?|ing)|thrice": ("3",),
    r"quadrupl(?:e[sd]?|ing)": ("4",),
    r"one|single": ("1",),
    r"(?:a|one) dozen": ("12",),
    r"(?:a|one) hundred": ("100",),
    r"(?:a|one) thousand": ("1000",),
}
_WORDED_RULES = tuple((re.compile(rf"\b(?:{words})\b", re.IGNORECASE), values) for words, values in _WORDED.items())


def worded(text: str) -> frozenset[str]:
    """Return the figures that may stand for the words of a text: 50 (per cent) and 2 (times) for "halved"."""
    return frozenset(value for rule, values in _WORDED_RULES if rule.search(text) for value in values)
