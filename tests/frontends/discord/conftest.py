"""What tests of the Discord front end have."""

import pytest

from bot.frontends.discord.answers import streaming


@pytest.fixture(autouse=True)
def quick_edits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let edits follow each other faster than Discord likes, so that no test waits for the next one."""
    assert streaming.EDIT_INTERVAL_S == 1.2
    monkeypatch.setattr(streaming, "EDIT_INTERVAL_S", 0.05)
