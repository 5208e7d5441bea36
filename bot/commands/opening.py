"""Opening the app for one command."""

import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app import App, open_app
from bot.config import LogSettings, load_settings
from bot.ingest.imports import import_records
from bot.sources.files import read_sample
from bot.store.database import MEMORY


class _Stderr:
    """Standard error as it is at the moment: while an answer is drawn, rich puts itself there to keep lines apart."""

    def write(self, text: str) -> None:
        sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


def log_to_stderr(settings: LogSettings) -> None:
    """Log at the level asked for; libraries never below INFO, since at DEBUG they write bodies and addresses."""
    logging.basicConfig(
        stream=_Stderr(), level=logging.INFO, format="%(asctime)s %(levelname)-7s %(name)s: %(message)s"
    )
    level = logging.getLevelNamesMapping()[settings.level]
    logging.getLogger().setLevel(max(level, logging.INFO))
    logging.getLogger("bot").setLevel(level)
    for name in ("httpx2", "openai"):  # they tell of each request and each retry
        logging.getLogger(name).setLevel(logging.WARNING)


@asynccontextmanager
async def opened(*, sample: bool, use_model: bool = True) -> AsyncIterator[App]:
    """Open the app on the settings' store, or on the bundled papers in memory."""
    settings = load_settings()
    log_to_stderr(settings.log)
    async with open_app(settings, store_path=MEMORY if sample else None, use_model=use_model) as app:
        if sample:
            await import_records(app.papers, read_sample(), now=app.clock().timestamp())
        yield app
