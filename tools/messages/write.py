"""Write a payload of each kind of message, made by the real renderers from the bundled papers.

Run from the repository's root: .venv/bin/python -m tools.messages.write. The pictures in docs/ are drawn from these.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.app import App, open_app
from bot.config import Settings
from bot.frontends.discord.trends.commands import FILE_NAME
from bot.sources.files import read_sample
from bot.store.database import MEMORY
from tests.clocks import FakeClock
from tests.fakes.model_server import FakeModel
from tools.messages import samples
from tools.messages.about import write_about
from tools.messages.answers import write_checked, write_unchecked
from tools.messages.digests import write_digests
from tools.messages.follows import write_follows
from tools.messages.papers import charted, picture_of, write_papers
from tools.messages.payload import Payloads
from tools.messages.refusals import write_refusals
from tools.messages.replies import write_replies, write_rows

FOLDER = Path(__file__).parents[2] / "docs" / "messages"
MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


async def write_all(folder: Path) -> None:
    """Write every payload into a folder."""
    to = Payloads(folder)
    async with FakeModel() as server:
        model = {"base_url": server.base_url, "api_key": server.key, "model": "example-model"}
        async with _filled(openai=model) as app:
            await write_checked(app, server, to)
        async with _filled(openai=model) as app:
            await write_about(app, to)
    async with _filled() as app:
        await write_unchecked(app, to)
        await write_digests(app, MORNING, to)
        await write_papers(app, to)
        await write_follows(app, to)
    for write in (write_rows, write_replies, write_refusals):
        await write(FakeClock(MORNING), to)


async def _write_pictures(folder: Path) -> None:
    async with _filled() as app:
        await app.papers.upsert(samples.LISTED, now=MORNING.timestamp())  # as for the message itself
        (folder / FILE_NAME).write_bytes(picture_of(await charted(app)))


@asynccontextmanager
async def _filled(**groups: Any) -> AsyncIterator[App]:
    """Open an app that holds the bundled papers."""
    settings = Settings.model_validate(groups)
    async with open_app(settings, store_path=MEMORY, use_model=bool(groups), clock=lambda: MORNING) as app:
        await app.papers.upsert(read_sample(), now=MORNING.timestamp())
        yield app


async def main() -> None:
    """Write every payload, and the chart that one of them has attached."""
    logging.disable()  # what is written of failures has them made on purpose
    await write_all(FOLDER)
    await _write_pictures(FOLDER)


if __name__ == "__main__":
    asyncio.run(main())
