"""Quotations, which must stand in their source word for word."""

import re

_QUOTE = re.compile(r"[\"“„«]([^\"“”„«»]+)[\"”“»]")
_WORDS = 3
"""Shorter ones are terms in quotation marks, not quotations."""


def quotes_stand(sentence: str, texts: list[str]) -> bool:
    """Whether each quotation of three or more words stands within one of `texts`."""
    known = [" ".join(_words(text)) for text in texts]
    quoted = [_words(quote) for quote in _QUOTE.findall(sentence)]
    return all(any(f" {' '.join(quote)} " in f" {text} " for text in known) for quote in quoted if len(quote) >= _WORDS)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
