r"""LaTeX in titles and sentences as Unicode: `$O(n^2)$` is O(n²), `\alpha` is α. Only what is shown changes."""

import logging
import re
from functools import lru_cache

from pylatexenc.latex2text import LatexNodes2Text

_SUPERSCRIPTS = str.maketrans("0123456789+-=()niTdkmxabcejtop", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵀᵈᵏᵐˣᵃᵇᶜᵉʲᵗᵒᵖ")
_SUBSCRIPTS = str.maketrans("0123456789+-=()aehijklmnopstx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚₛₜₓ")

# As in TeX itself, no space is inside the signs and no digit after the closing one: "US$5 and US$6" is no formula.
_MATH = re.compile(r"\$\$?(?=[^\s$])([^$\n]{1,300})(?<=[^\s\\])\$\$?(?!\d)|\\\((.{1,300}?)\\\)|\\\[(.{1,300}?)\\\]")
_AMOUNT = re.compile(r"\d[\d.,]*(?:\s?[kKMBmb]n?)?\b(?![\s]*[\^_\\=+*/<>-])")
_STYLED = re.compile(r"\\(?:text(?:bf|it|tt|sc|sf|rm)|emph|math(?:bb|bf|cal|rm|it|tt|sf|scr|frak))\{[^{}$\n]{0,200}\}")
# A name runs on from a symbol in the titles of feeds that drop dollar signs, as in "\\inftyBench"; no path does.
_RUN_ON = re.compile(
    r"(?<![\w:\\/.])\\(?:infty|ell|alpha|beta|gamma|delta|epsilon|zeta|theta|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|phi|chi|psi"
    r"|omega|eta)(?=-?[A-Z])"
)
_ENSURED = re.compile(r"\\ensuremath(?:\{([^{}$\n]{0,200})\}|(?![A-Za-z{]))")
_COMMAND = re.compile(r"\\[A-Za-z]{2,20}(?![A-Za-z:\\/.])")
_ESCAPED = re.compile(r"\\([%$#&_])")
_POWER = re.compile(r"\^(?:\{([^{}\s]{1,12})\}|([^\W_]|[+-]?\d{1,3}))")
_INDEX = re.compile(r"(?<=[^\W\d_])_(?:\{([^{}\s]{1,12})\}|([^\W_])(?![^\W_]))")
# Outside of a formula only a short power is one: O(n^2), 10^-3. Names such as train_x stay.
_BARE_POWER = re.compile(r"(?<=[^\W_])\^(?:\{([+-]?[^{}\s]{1,6})\}|([+-]?\d{1,3}|[nkdmT])(?![^\W_]))")


@lru_cache(maxsize=1024)
def readable(text: str) -> str:
    r"""Return `text` with its formulas and commands as Unicode.

    Formulas are what is between `$` signs, `\(` and `\)`, `\[` and `\]`; beside them there are bare commands and
    powers. Amounts of money, file paths and what is no known command come back as they are.
    """
    if not any(sign in text for sign in "\\$^"):
        return text
    text = _MATH.sub(_formula, text)
    text = _STYLED.sub(lambda match: _plain(match[0]), text)
    text = _ENSURED.sub(lambda match: match[1] or "", text)
    text = _RUN_ON.sub(lambda match: _plain(match[0]), text)
    text = _COMMAND.sub(lambda match: _plain(match[0]), text)
    text = _ESCAPED.sub(r"\1", text)
    return _BARE_POWER.sub(_superscript, text)


def _formula(match: re.Match[str]) -> str:
    inner = match[1] or match[2] or match[3]
    if match[1] and (_AMOUNT.match(inner) or not _mathematical(inner)):
        return match[0]
    shown = _INDEX.sub(_subscript, _POWER.sub(_superscript, _plain(_scripts_last(inner))))
    return " ".join(shown.replace("{", "").replace("}", "").split())


def _mathematical(inner: str) -> bool:
    """Return whether what is between two dollar signs is a formula rather than words between two amounts."""
    return bool(re.search(r"[\\^_=<>+]", inner)) or not re.search(r"[^\W\d_]{3,}|\s", inner)


def _scripts_last(inner: str) -> str:
    """Return a formula whose `^{…}` and `_{…}` survive the conversion, which would drop their braces."""
    return re.sub(r"([\^_])\s*\{([^{}]*)\}", lambda match: rf"{match[1]}\{{{_plain(match[2])}\}}", inner)


def _plain(latex: str) -> str:
    """Return LaTeX as Unicode; what is not known, and what can't be read, comes back as it is."""
    try:
        shown = _converter().latex_to_text(latex)
    except Exception:  # noqa: BLE001 - a parser of whatever a paper holds; the text itself is still readable
        return latex
    return str(shown) or latex


@lru_cache(maxsize=1)
def _converter() -> LatexNodes2Text:
    logging.getLogger("pylatexenc").setLevel(logging.ERROR)  # it logs what it can't parse, which is shown as it is
    return LatexNodes2Text(math_mode="text", strict_latex_spaces="based-on-source")


def _superscript(match: re.Match[str]) -> str:
    return _script(match, _SUPERSCRIPTS, "^")


def _subscript(match: re.Match[str]) -> str:
    return _script(match, _SUBSCRIPTS, "_")


def _script(match: re.Match[str], letters: dict[int, int], sign: str) -> str:
    inner = match[1] or match[2]
    if all(ord(char) in letters for char in inner):
        return inner.translate(letters)
    return f"{sign}({inner})" if len(inner) > 1 else f"{sign}{inner}"
