"""Phrases in quotation marks: titles and wordings that stand as they are."""

import re

# Straight, English, German and French double marks. Single ones are left out: they are apostrophes too often.
_QUOTED = re.compile(r"[\"“”„«]([^\"“”„«»\n]{2,300})[\"“”»]")


def quoted_phrases(text: str) -> tuple[str, ...]:
    """Return what stands in double quotation marks, in order and once each."""
    phrases = (" ".join(match[1].split()) for match in _QUOTED.finditer(text))
    return tuple(dict.fromkeys(phrase for phrase in phrases if any(char.isalnum() for char in phrase)))


def without_quotes(text: str, *, filler: str = "\0") -> str:
    """Return `text` with every quotation covered by `filler`, a single character, so that all else keeps its place."""
    return _QUOTED.sub(lambda match: filler * len(match.group()), text)
