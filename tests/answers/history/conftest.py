"""A store, and what is kept in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.answers.archives import Archive, open_archive
from tests.clocks import FakeClock


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
async def kept(path: Path) -> AsyncIterator[Archive]:
    async with open_archive(path, clock=FakeClock()) as opened:
        yield opened
