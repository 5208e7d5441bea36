"""What arXiv's own texts look like: wrapped abstracts, and withdrawals told in words."""

import re

from bot.text import clean

# arXiv wraps abstracts at 80 characters; a paragraph begins with spaces or after an empty line.
_PARAGRAPH = re.compile(r"\n(?:[ \t]*\n|[ \t]{2,})\s*")

_HINT = re.compile("withdr|retract", re.IGNORECASE)  # spares nearly all texts the long look
_WHAT = r"(?:paper|article|preprint|manuscript|submission|work|version|note|document|entry)"
_DONE = r"(?:withdrawn|retracted)\b(?! from)"
_TOLD = re.compile(
    rf"\b(?:this|the|our|current) (?:arxiv |present )?{_WHAT} (?:has been|is|was|is being|had to be) (?:\w+ )?{_DONE}"
    rf"|^[\[(*]*(?:{_WHAT} )?{_DONE}"
    r"|\b(?:withdrawn|retracted) by (?:the )?(?:arxiv|authors?|submitter|admin\w*)\b"
    rf"|\b(?:we|i|authors?) (?:have |has )?(?:withdr[ae]wn?|retract(?:ed)?) (?:this|the) {_WHAT}\b",
    re.IGNORECASE,
)
_BEGINNING = 20
"""Where an abstract says it of itself, it begins with it; further on, it may be what the paper is about."""


def unwrapped(text: str) -> str:
    """Return an abstract cleaned, its paragraphs without the line breaks within them."""
    paragraphs = (" ".join(part.split()) for part in _PARAGRAPH.split(clean(text)))
    return "\n\n".join(filter(None, paragraphs))


def tells_withdrawal(*, comment: str, abstract: str) -> bool:
    """Whether the comment says that the paper is withdrawn, or its abstract begins with that.

    A paper withdrawn from a conference is not withdrawn from arXiv.
    """
    beginning = abstract[:300]
    if not _HINT.search(f"{comment[:2_000]}\n{beginning}"):
        return False
    if _TOLD.search(" ".join(comment[:2_000].split())):
        return True
    told = _TOLD.search(beginning)
    return told is not None and told.start() < _BEGINNING
