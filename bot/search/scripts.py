"""What stands in a text beside Latin words: Greek letters as symbols, and scripts without spaces between words."""

import re

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
_TIMES = re.compile(r"(?<=\d)\s?×\s?(?=\d)")
# Thai to Khmer, kana, Han, and Hangul in the parts that NFKD makes of it.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+"
)


def spelled_out(text: str) -> str:
    """Return folded text with symbols as words and unspaced scripts as pairs of neighbouring characters.

    "α-divergence" is "alpha-divergence", "3×3" is "3x3". Pairs are how search engines find Chinese and Japanese
    without a dictionary of words; a character that stands alone stays alone.
    """
    text = _MICRO.sub("u", text.translate(_SIGNS))
    text = _TIMES.sub("x", _SYMBOL.sub(lambda match: _GREEK[match.group()], text))
    return _UNSPACED.sub(_pairs, text)


def _pairs(match: re.Match[str]) -> str:
    run = match.group()
    return f" {' '.join(map(str.__add__, run, run[1:])) or run} "
