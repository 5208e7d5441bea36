"""docs/messages: a payload of each kind of message, as the renderers make it now."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from discord import Embed

from tests.frontends.discord.command_rows import ROWS
from tests.frontends.discord.rendering.limits import assert_within_limits
from tools.messages.write import FOLDER, write_all


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}


def messages(text: str) -> Sequence[dict[str, Any]]:
    found = json.loads(text)
    return found if isinstance(found, list) else [found]


@pytest.mark.slow
async def test_the_payloads_are_what_the_renderers_make(tmp_path: Path) -> None:
    await write_all(tmp_path)
    made, kept = texts(tmp_path), texts(FOLDER)
    assert made.keys() == kept.keys()
    stale = [name for name, text in made.items() if text != kept[name]]
    assert not stale, "run: python -m tools.messages.write"


def test_each_command_has_a_payload() -> None:
    kept = [message for text in texts(FOLDER).values() for message in messages(text)]
    shown = {message["command"]["name"] for message in kept if "command" in message}
    assert {f"/{name}" for name in ROWS} - shown == set(), "give its row the name of a payload"


@pytest.mark.parametrize("name", sorted(texts(FOLDER)))
def test_discord_would_take_it(name: str) -> None:
    for message in messages(texts(FOLDER)[name]):
        embeds = [Embed.from_dict(embed) for embed in message["embeds"]]
        if embeds:
            assert_within_limits(embeds)
        assert embeds or message["content"]
        assert len(message.get("content", "")) <= 2_000
        assert len(message.get("components", ())) <= 5
        for attachment in message.get("attachments", ()):
            assert attachment["description"] or not attachment["filename"].endswith(".png")
