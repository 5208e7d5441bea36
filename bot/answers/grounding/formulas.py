r"""Figures and names out of formulas: `$10^{-3}$` is 0.001, `\textbf{84.2}\%` is 84.2%, `$\times 4$` is × 4."""

import re
from decimal import Decimal

from bot.latex import readable

_SIGNS = re.compile(r"[\\$^{}⁰¹²³⁴-⁹⁺⁻∼≈≃]|\d[eE][+-]?\d")
_BEFORE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=\d)\{,\}(?=\d{3})"), ","),  # 2{,}000
    (re.compile(r"\\[!,:;]|\{\}"), ""),  # spaces of formulas
    (re.compile(r"\\(?:underline|uline|mathop|boldsymbol|bm|mbox|hbox|textsuperscript)\{([^{}$]{0,200})\}"), r"\1"),
)
_AFTER: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\$(\d[\d.,]*\s?(?:[%×KMB]|\\%)?)\$(?!\d)"), r"\1"),  # a number in math mode; an amount has one sign
    (re.compile(r"\s?[∼≈≃]\s?(?=\d)"), " ~"),
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_POWER = re.compile(
    r"(?:(?<![\w.,-])(?P<factor>\d+(?:\.\d+)?)\s?[×·*]\s?)?(?<![\w.,])10"
    r"(?:(?P<raised>[⁺⁻]?[⁰¹²³⁴-⁹]{1,2})|\^\{?(?P<typed>[+-]?\d{1,2})\}?)(?!\w)"
)
_SCIENTIFIC = re.compile(r"(?<![\w.,-])(?P<factor>\d+(?:\.\d+)?)[eE](?P<typed>[+-]?\d{1,2})(?!\w|\.\d)")
_RAISED = re.compile(r"(?<=\d)[⁺⁻]?[⁰¹²³⁴-⁹]+")
_LARGEST = 12
"""The exponent of the largest power of ten that is a figure; larger ones are names of themselves."""


def without_formulas(text: str) -> str:
    """Return `text` with its LaTeX as Unicode, and powers of ten and 1e-3 as plain figures."""
    if not _SIGNS.search(text):
        return text
    for pattern, plain in _BEFORE:
        text = pattern.sub(plain, text)
    text = readable(text)
    for pattern, plain in _AFTER:
        text = pattern.sub(plain, text)
    text = _SCIENTIFIC.sub(_in_full, _POWER.sub(_in_full, text))
    return _RAISED.sub(lambda match: f"^{match[0].translate(_SUPERSCRIPTS)}", text)  # 5² is no 52


def _in_full(match: re.Match[str]) -> str:
    groups = match.groupdict()
    exponent = int((groups["typed"] or groups["raised"]).translate(_SUPERSCRIPTS))
    if abs(exponent) > _LARGEST:
        return match[0]
    value = format(Decimal(match["factor"] or 1).scaleb(exponent), "f")
    return value.rstrip("0").rstrip(".") if "." in value else value
