"""A message as Discord's REST API has it, the same in each run, and the folder that it is written to."""

import itertools
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord

Payload = dict[str, Any]

EPHEMERAL = 64
"""The flag of a message that its reader alone sees."""

_SNOWFLAKE = re.compile(r"\d{15,20}")
_RANDOM = re.compile(r'("custom_id": "[^"]*?:)[0-9A-Za-z]{12,}(?=[":])')
_REFERENCE = re.compile(r"`[0-9a-f]{6}`")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a message answers: a command, which begins with a slash, or a message; and by whom."""

    what: str
    by: str = "mira"


def payload(
    embeds: Sequence[discord.Embed] = (),
    *,
    content: str = "",
    view: discord.ui.View | None = None,
    components: Sequence[Payload] = (),
    asked: Asked | None = None,
    private: bool = False,
    files: Sequence[tuple[str, str]] = (),
) -> Payload:
    """Return a message. `files` are names with their descriptions; `private`: its reader alone sees it."""
    message: Payload = {"author": "paperbot", "bot": True}
    if content:
        message["content"] = content
    message["embeds"] = [embed.to_dict() for embed in embeds]
    if below := view.to_components() if view is not None else components:
        message["components"] = below
    if private:
        message["flags"] = EPHEMERAL
    if files:
        message["attachments"] = [{"filename": name, "description": text} for name, text in files]
    if asked is not None and asked.what.startswith("/"):
        message["command"] = {"author": asked.by, "name": asked.what}
    elif asked is not None:
        message["reply_to"] = {"author": asked.by, "content": asked.what}
    return message


@dataclass(frozen=True, slots=True)
class Payloads:
    """A folder of payloads, one file for each kind of message."""

    folder: Path

    def write(self, name: str, *messages: Payload) -> None:
        """Write a message, or several that follow each other as a list."""
        text = json.dumps(messages if len(messages) > 1 else messages[0], indent=2, ensure_ascii=False)
        (self.folder / f"{name}.json").write_text(f"{_lasting(text)}\n", encoding="utf-8")


def _lasting(text: str) -> str:
    """Put what is random, such as an answer's id, into the same words in each run."""
    numbers = itertools.count(100_000_000_000_000_101)
    ids: dict[str, str] = {}
    text = _RANDOM.sub(r"\1example", text)
    text = _REFERENCE.sub("`4f2a9c`", text)
    return _SNOWFLAKE.sub(lambda found: ids.setdefault(found[0], str(next(numbers))), text)
