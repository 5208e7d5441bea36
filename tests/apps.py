"""Apps for tests: the real parts, on a store in a file of the test."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

from bot.app import App, open_app
from bot.config import Settings
from bot.models import Paper
from bot.sources.fetching.client import Sleep
from bot.sources.files import read_sample
from bot.store.database import open_database
from bot.util import Clock, utc_now

_EMPTY_STORE: list[bytes] = []
"""A store without papers, once there is one."""

_sample = cache(read_sample)


def make_settings(folder: Path, **groups: dict[str, Any]) -> Settings:
    """Return settings with the store in `folder`; `groups` are given as in openai={"base_url": …}."""
    return Settings.model_validate({"store": {"path": folder / "store.db"}, **groups})


@asynccontextmanager
async def sample_app(
    folder: Path,
    *,
    papers: Sequence[Paper] | None = None,
    clock: Clock = utc_now,
    sleep: Sleep = asyncio.sleep,
    **groups: dict[str, Any],
) -> AsyncIterator[App]:
    """Open an app that holds `papers`, or the bundled sample."""
    settings = make_settings(folder, **groups)
    await make_store(settings.store.path)
    async with open_app(settings, clock=clock, sleep=sleep) as app:
        await app.papers.upsert(_sample() if papers is None else papers, now=clock().timestamp())
        yield app


async def make_store(path: Path) -> None:
    """Make an empty store unless there is one. Only the first is made by the migrations, each a write to the disk."""
    if not _copied_to(path):
        async with open_database(path):
            pass
        _EMPTY_STORE.append(_closed(path))


def _copied_to(path: Path) -> bool:
    """Return whether there is a store now."""
    if not path.exists() and _EMPTY_STORE:
        path.write_bytes(_EMPTY_STORE[0])
    return path.exists()


def _closed(path: Path) -> bytes:
    assert not path.with_name(f"{path.name}-wal").exists()
    return path.read_bytes()
