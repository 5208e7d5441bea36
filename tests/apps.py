"""Apps for tests: the real parts, on a store in a file of the test."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.app import App, open_app
from bot.clock import Clock, utc_now
from bot.config import Settings
from bot.models import Paper
from bot.sources.fetching.client import Sleep
from bot.sources.sample import read_sample


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
    async with open_app(make_settings(folder, **groups), clock=clock, sleep=sleep) as app:
        await app.papers.upsert(read_sample() if papers is None else papers, now=clock().timestamp())
        yield app
