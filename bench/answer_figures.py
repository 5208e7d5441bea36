"""The figures of a sentence, read without the code that checks them, and what is planted in their place."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_SPELLED = "two three four five six seven eight nine ten eleven twelve fifteen sixteen twenty".split()
_SPELLED_WORD = re.compile(rf"\b(?:{'|'.join(_SPELLED)})\b(?![-\w])", re.IGNORECASE)
_CITATION = re.compile(r"\([^()]*[A-Z][^()]*\b(?:19|20)\d\d[a-z]?\b[^()]*\)|\bet al\.,? \(?(?:19|20)\d\d")
_LIST_NUMBER = re.compile(r"\(\d\)|(?<!\S)\d\)|\(?\b[ivx]+\)")
_FORMULA = re.compile(r"\$[^$]*\$|(?<!\S)(?=[^\s^_{}=\\]*[\^_{}=\\])\S+")
_NAME_BEFORE = re.compile(r"(?:[A-Za-z_][-/.:]?|\d[-–.:/,])$")
_WORD_BEFORE = re.compile(r"(?:\b[A-Za-z]\w*[A-Z0-9]\w*|(?<=[^.!?]\s)\b[A-Z][\w-]*)\s$")
_NAME_AFTER = re.compile(r"(?:st|nd|rd|th)\b|[A-Z](?![a-z])(?<![KMBGTX])|-?[A-Z]\w*[A-Z]|-[A-Z]|[-–/:.]\d|[a-wyz]?\d")
_UNIT = re.compile(r"(?:[KMBGT]|bn|k|m|b|x|s|ms|times|sim|%)?(?![A-Za-z\d])")
_SOME_UNIT = re.compile(r"(?:[KMBGTx%]|\s?%|times)")
_NEAR = 60  # characters around a number that tell whether it belongs to a name


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a sentence: where it stands, and why it is no figure to plant upon; empty for a figure."""

    start: int
    end: int
    text: str
    excluded: str = ""

    @property
    def value(self) -> str:
        """The number without thousands separators and idle zeros."""
        whole, dot, decimals = self.text.replace(",", "").partition(".")
        return (whole.lstrip("0") or "0") + (dot + decimals if decimals.strip("0") else "")


def numbers_in(sentence: str) -> list[Number]:
    """Return the numbers of a sentence, in order, also those that are no figures."""
    others = [
        (found.start(), found.end(), why)
        for pattern, why in ((_LIST_NUMBER, "list number"), (_CITATION, "year of a citation"), (_FORMULA, "formula"))
        for found in pattern.finditer(sentence)
    ]
    return [
        Number(match.start(), match.end(), match.group(), _excluded(sentence, match, others))
        for match in _NUMBER.finditer(sentence)
    ]


def values_in(text: str) -> set[str]:
    """Return the values of all numbers of a text."""
    return {Number(0, 0, found).value for found in _NUMBER.findall(text)}


def figures_in(sentence: str) -> list[Number]:
    """Return the figures of a sentence: numbers that measure or count something."""
    return [number for number in numbers_in(sentence) if not number.excluded]


def spelled_in(sentence: str) -> list[Number]:
    """Return the spelled counts of a sentence; a `Number`'s text is the word."""
    return [Number(m.start(), m.end(), m.group()) for m in _SPELLED_WORD.finditer(sentence)]


def put(sentence: str, number: Number, new: str) -> str:
    """Return the sentence with something else in the place of a number."""
    return sentence[: number.start] + new + sentence[number.end :]


def random_figure(number: Number, texts: str, draw: random.Random) -> str:
    """Return a figure of the same form that stands nowhere in `texts`."""
    known = values_in(texts)
    whole, _, decimals = number.text.replace(",", "").partition(".")
    for _ in range(1000):
        size = len(whole) + (draw.random() < 0.2)
        new = str(draw.randint(10 ** (size - 1), 10**size - 1))
        if decimals:
            new += "." + "".join(draw.choices("123456789", k=len(decimals)))
        if Number(0, 0, new).value not in known and int(new.partition(".")[0]) > 2:
            return new
        whole += "0" if draw.random() < 0.05 else ""
    raise AssertionError("a thousand figures all stand in the texts")


def other_spelled(number: Number, texts: str, draw: random.Random) -> str | None:
    """Return a spelled count that stands nowhere in `texts`, neither as a word nor in digits; None where all do."""
    known = {word.text.lower() for word in spelled_in(texts)} | set(map(_spell, values_in(texts)))
    free = [word for word in _SPELLED if word not in known and word != number.text.lower()]
    return draw.choice(free) if free else None


def _spell(value: str) -> str:
    order = "zero one two three four five six seven eight nine ten eleven twelve".split()
    return order[int(value)] if value.isdigit() and int(value) < len(order) else value


def _excluded(sentence: str, match: re.Match[str], others: Sequence[tuple[int, int, str]]) -> str:
    start, end = match.span()
    for first, last, why in others:
        if first <= start and end <= last:
            return why
    before, after = sentence[max(0, start - _NEAR) : start], sentence[end : end + _NEAR]
    if _NAME_BEFORE.search(before) or not _UNIT.match(after) or _NAME_AFTER.match(after):
        return "within a name"
    # "WeatherBench 2", "SemEval 2020", but not "ImageNet 80.3 %".
    plain = match.group().isdigit() and not _SOME_UNIT.match(after)
    return "after a name" if plain and _WORD_BEFORE.search(before) else ""
