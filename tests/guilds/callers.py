"""A process that asks: python -m tests.assistant.house.visitor FOLDER COUNT.

Opens the app on the store in FOLDER, says so, waits for a line on standard input, asks as COUNT users of guild 1 at
once, and tells how many were answered.
"""

import asyncio
import sys
from collections.abc import AsyncGenerator
from pathlib import Path

from bot.answers.events import Event, Searching
from bot.app import App, open_app
from bot.errors.requests import GuildAnswersUsed
from bot.guilds.access import Caller
from tests.apps import make_settings


async def answer() -> AsyncGenerator[Event]:
    """Yield an event, as an answer does."""
    yield Searching("what?")


async def is_answered(app: App, user: str) -> bool:
    """Return whether a user is answered."""
    try:
        return bool([event async for event in app.access.serve(Caller(user=user, guild="1"), answer())])
    except GuildAnswersUsed:
        return False


async def main(folder: Path, count: int) -> None:
    """Ask."""
    async with open_app(make_settings(folder)) as app:
        sys.stdout.write("open\n")
        sys.stdout.flush()
        sys.stdin.readline()
        outcomes = await asyncio.gather(*(is_answered(app, f"user {number}") for number in range(count)))
        sys.stdout.write(f"{sum(outcomes)}\n")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
