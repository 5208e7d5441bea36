"""One form for letters that people write in several: case, accents, ligatures, full width, invisible characters."""

import re
import unicodedata

# Letters that no Unicode decomposition takes apart, after case folding.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ŋ": "ng"}
)
# Soft hyphen, zero-width characters, marks of direction, byte order mark: invisible, also within words.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)


def fold(text: str) -> str:
    """Return `text` in lower case, without accents and invisible characters, compatibility characters spelled out."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text)).casefold()
    if folded.isascii():
        return folded
    return "".join(char for char in folded if not unicodedata.combining(char)).translate(_LETTERS)
