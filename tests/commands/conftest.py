"""Commands with an assistant whose answers are known."""

import pytest

from tests.cli import Cli
from tests.commands.kettle_assistant import KettleAssistant


@pytest.fixture
def kettles(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Run commands with KettleAssistant in the real app."""
    monkeypatch.setattr("bot.app.Assistant", KettleAssistant)
    return cli
