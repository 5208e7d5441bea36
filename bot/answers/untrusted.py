"""Text that nobody vouches for: what a model wrote, and abstracts on their way into a prompt."""

import re

from bot.text import clean

_IMAGE_OR_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\(\s*[^)\s]*[^)]*\)")
_ANGLED = re.compile(r"<(?:https?:[^>\s]*|[@#:/]?[a-z]?[@&!:#/][^>\n]*|id:[^>\n]*|t:[^>\n]*)>", re.IGNORECASE)
# Discord finds addresses within words too, as in _https://example.org_.
_URL = re.compile(
    r"(?:[a-z][a-z0-9+.-]{0,30}://|\bwww\.|\bmailto:|discord(?:app)?\.(?:gg|com)/|\b(?:[a-z0-9-]+\.)+[a-z]{2,}/)\S*",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(r"(?<![\w*])\*([^\s*](?:[^*\n]{0,200}[^\s*])?)\*(?![\w*])")
_PING = re.compile(r"@+(?=everyone|here)", re.IGNORECASE)
_CHAT_TOKEN = re.compile(r"<\|[^|>\n]{1,40}\|>|\[/?INST\]|<</?SYS>>|</?s>|<(?:start|end)_of_turn>", re.IGNORECASE)


def clean_model_text(text: str) -> str:
    """Return a model's text without links, images, mentions, pings, fences of code and chat-template tokens.

    The text of a masked link stays; every address goes, since a reader would take it for a checked one and Discord
    would fetch it.
    """
    text = clean(text).replace("**", "").replace("__", "").replace("```", "")
    text = _EMPHASIS.sub(r"\1", text)
    text = _PING.sub("", _IMAGE_OR_LINK.sub(r"\1", text))
    for pattern in (_CHAT_TOKEN, _ANGLED, _URL):
        text = pattern.sub(" ", text)  # nothing at all would let the halves around it join to another such thing
    return re.sub(r"[ \t]{2,}", " ", text).strip()


def clean_for_prompt(text: str, *, fence: str) -> str:
    """Return a paper's text without hidden characters, chat-template tokens and the prompt's own fence."""
    return _CHAT_TOKEN.sub(" ", clean(text)).replace(fence, " ")
