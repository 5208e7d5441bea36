"""Members and servers that have another language than English: SimCord itself lets all of them have English."""

from typing import Any

import pytest
import simcord.interactions


def speak_in_discord(monkeypatch: pytest.MonkeyPatch, *, member: str = "en-US", guild: str = "en-US") -> None:
    """Let every interaction from now on come from a member and a server with these languages, as Discord names them."""
    made = simcord.interactions.base_payload

    def payload(*args: Any, **options: Any) -> Any:
        record, sent = made(*args, **options)
        sent["locale"] = member
        if "guild_locale" in sent:
            sent["guild_locale"] = guild
        return record, sent

    monkeypatch.setattr(simcord.interactions, "base_payload", payload)
