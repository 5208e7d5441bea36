"""Text that nobody vouches for: what a model wrote, and abstracts on their way into a prompt."""

import re

from bot.text import clean

_IMAGE_OR_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\(\s*[^)\s]*[^)]*\)")
_ANGLED = re.compile(r"<(?:https?:[^>\s]*|[@#:/]?[a-z]?[@&!:#/][^>\n]*|id:[^>\n]*|t:[^>\n]*)>", re.IGNORECASE)
_URL = re.compile(
    r"(?:\b[a-z][a-z0-9+.-]*://|\bwww\.|\bmailto:|\bdiscord(?:app)?\.(?:gg|com)/|\b(?:[a-z0-9-]+\.)+[a-z]{2,}/)\S*",
    re.IGNORECASE,
)
_PING = re.compile(r"@(everyone|here)\b", re.IGNORECASE)
_CHAT_TOKEN = re.compile(r"<\|[^|>\n]{1,40}\|>|\[/?INST\]|<</?SYS>>|</?s>|<(?:start|end)_of_turn>", re.IGNORECASE)


def clean_model_text(text: str) -> str:
    """Return a model's text without links, images, mentions, pings and chat-template tokens.

    The text of a masked link stays; every address goes, since a reader would take it for a checked one and Discord
    would fetch it.
    """
    text = _CHAT_TOKEN.sub("", clean(text))
    text = _IMAGE_OR_LINK.sub(r"\1", text).replace("**", "").replace("__", "")
    text = _PING.sub(r"\1", _URL.sub("", _ANGLED.sub("", text)))
    return re.sub(r"[ \t]{2,}", " ", text).strip()


def clean_for_prompt(text: str, *, fence: str) -> str:
    """Return a paper's text without hidden characters, chat-template tokens and the prompt's own fence."""
    return _CHAT_TOKEN.sub("", clean(text)).replace(fence, "")
