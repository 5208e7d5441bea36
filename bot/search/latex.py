"""LaTeX in titles and abstracts as the plain words and symbols that people type for it."""

import re

_ACCENT = re.compile(r"\\(?:[\"'`^~=.]\s*\{?\\?([A-Za-z])\}?|[cvHudbkr]\s*\{\\?([A-Za-z])\})")
_LETTER = re.compile(r"\\(o|O|l|L|ss|ae|AE|oe|OE|aa|AA|i|j)(?![A-Za-z])\s?")
# Commands that only change how their argument looks.
_STYLE = re.compile(
    r"\\(?:text(?:bf|it|tt|sc|sf|rm|sl|normal|up|sub|super)?|math(?:bb|bf|cal|rm|it|tt|sf|scr|frak|normal)|emph|em|it|bf|tt"
    r"|sc|rm|bm|boldsymbol|operatorname|mbox|hbox|left|right|[bB]igg?[lr]?|(?:wide)?(?:hat|tilde)|bar|vec|overline"
    r"|underline|ensuremath|xspace|displaystyle)(?![A-Za-z])\*?"
)
_COMMAND = re.compile(r"\\(?:var)?([A-Za-z]+)")
_ESCAPE = re.compile(r"\\(.?)", re.DOTALL)
# As in TeX itself, "US$5 and US$6" is no formula: the closing sign stands before no digit.
_MATH = re.compile(r"\$\$?([^$\n]{1,300})\$\$?(?!\d)")
_POWER = re.compile(r"(?<=[^\W_])\^\s?\{?([^\W_]{1,3})\}?")
_INDEX = re.compile(r"(?<![^\W_])([^\W_]{1,2})_\{?([^\W_]{1,3})\}?")
_BRACE = re.compile(r"[{}]")
_SHORTER = {"ell": "l", "infty": "inf"}


def without_latex(text: str) -> str:
    r"""Return `text` without LaTeX: `$\ell_1$` is "l1", `O(N^2)` is "O(N2)", `\textbf{X}` is "X", `{\o}` is "o".

    A command that stands for a symbol or a function is left as its name: `\alpha`, `\log`. Text without any of
    backslash, dollar sign, circumflex and underscore comes back as it is.
    """
    if "\\" in text:
        text = _ACCENT.sub(lambda match: match[1] or match[2], text)
        text = _STYLE.sub("", _LETTER.sub(r"\1", text))
        text = _COMMAND.sub(_name, text)
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
