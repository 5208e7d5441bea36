"""The parts that read feeds, with a feed that holds a few days."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.feeds import FakeFeeds
from tests.ingest.ingesting import Ingesting, fill, ingesting


@pytest.fixture
async def parts(tmp_path: Path) -> AsyncIterator[Ingesting]:
    async with FakeFeeds() as server, ingesting(server, tmp_path / "store.db") as opened:
        fill(server)
        yield opened
