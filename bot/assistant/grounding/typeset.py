"""One way of writing for what is written in several: typeset hyphens, magnitudes, per cent, times, LaTeX's remains."""

import re
import unicodedata

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
