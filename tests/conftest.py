"""What every test has: an environment without the developer's own settings."""

import os
from pathlib import Path

import pytest

from bot.config import Settings


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Hide this machine's settings and .env from the code under test."""
    groups = tuple(f"{name.upper()}_" for name in Settings.model_fields)
    for name in os.environ:
        if name.upper().startswith(groups):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
