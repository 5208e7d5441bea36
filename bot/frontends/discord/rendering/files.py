"""Texts as files to be attached."""

import gzip
import io
import json
from collections.abc import Sequence
from typing import Any

import discord


def text_file(text: str, name: str, *, limit: int) -> discord.File:
    """Return a file in UTF-8; packed with gzip when it would be larger than `limit` bytes, Discord's for a message."""
    data = text.encode(errors="replace")
    if len(data) <= limit:
        return discord.File(io.BytesIO(data), name)
    return discord.File(io.BytesIO(gzip.compress(data)), f"{name}.gz")


def json_file(values: Sequence[dict[str, Any]], name: str, *, limit: int) -> discord.File:
    """Return a JSON list as a file, readable by people too."""
    return text_file(json.dumps(list(values), ensure_ascii=False, indent=2) + "\n", name, limit=limit)
