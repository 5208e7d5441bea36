"""Cleaning of text that comes from outside: papers, feeds, users and models."""

import re
import unicodedata

# Cf: invisible format characters (zero-width, bidi overrides, tag characters); Co: private use; Cn: unassigned;
# Cs: lone surrogates, which SQLite and JSON refuse; Cc: control characters.
_HIDDEN = frozenset({"Cf", "Co", "Cn", "Cs", "Cc"})
# A terminal's escape sequences (ECMA-48): without the control character alone, "[31m" would be left in a name.
_ESCAPE = re.compile(r"\x1b\][^\x07\x1b\n]*(?:\x07|\x1b\\)|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]")
# All that needs a look: the rest is kept as it is, which spares a look at each character of long abstracts.
_UNUSUAL = re.compile(r"[^ -~\n\t]")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def clean(text: str) -> str:
    """Return `text` in Unicode form NFC without invisible, unassigned or control characters.

    A terminal's escape sequences go as a whole. Line breaks and tabs stay; other line separators become line breaks.
    White space at both ends is cut.
    """
    if not _UNUSUAL.search(text):
        return text.strip()
    text = _UNUSUAL.sub(_visible, _ESCAPE.sub("", _LINE_ENDS.sub("\n", text)))
    return unicodedata.normalize("NFC", text).strip()


def _visible(found: re.Match[str]) -> str:
    return "" if unicodedata.category(found.group()) in _HIDDEN else found.group()


def one_line(text: str) -> str:
    """Return `text` cleaned, with every run of white space folded to one space."""
    return " ".join(clean(text).split())


def shorten(text: str, limit: int) -> str:
    """Return `text` cut to at most `limit` characters, at a word's end where there is one, with an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    cut = head.rfind(" ")
    return (head[:cut] if cut > limit // 2 else head).rstrip(" ,;:.") + "…"


def key_of(label: str) -> str:
    """Return the letters and digits of a label, without case: what two spellings of it have in common."""
    return "".join(char for char in label.casefold() if char.isalnum())
