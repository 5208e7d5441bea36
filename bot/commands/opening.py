"""Opening the app for one command."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app import App, open_app
from bot.commands.logs import log_to_stderr
from bot.config import load_settings
from bot.importer import import_records
from bot.sources.sample import read_sample
from bot.store.database import MEMORY


@asynccontextmanager
async def opened(*, sample: bool, use_model: bool = True) -> AsyncIterator[App]:
    """Open the app on the settings' store, or on the bundled papers in memory."""
    settings = load_settings()
    log_to_stderr(settings.log)
    async with open_app(settings, store_path=MEMORY if sample else None, use_model=use_model) as app:
        if sample:
            await import_records(app.papers, read_sample(), now=app.clock().timestamp())
        yield app
