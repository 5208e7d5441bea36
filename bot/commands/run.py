"""`paperbot run`: serve Discord."""

import asyncio

import click

from bot.app import open_app
from bot.commands.opening import log_to_stderr
from bot.config import load_settings
from bot.errors.operation import TokenMissing
from bot.frontends.discord.run import run_bot


@click.command()
def run() -> None:
    """Serve Discord until told to stop (Ctrl-C or SIGTERM).

    Needs DISCORD_TOKEN. Registers the commands, answers /ask, /search and mentions, and posts the daily summary in
    DIGEST_CHANNEL_IDS at DIGEST_TIME in DIGEST_TIME_ZONE, and by mail where MAIL_* is set. A model is used when
    OPENAI_API_KEY or OPENAI_BASE_URL is set; otherwise answers are extracts.

    Exit codes: 0 stopped, 69 Discord can't be reached, 74 the store failed, 77 the token is refused,
    78 a setting or the token is missing or wrong.
    """

    async def body() -> None:
        settings = load_settings()
        log_to_stderr(settings.log)
        if settings.discord.token is None:
            raise TokenMissing
        async with open_app(settings) as app:
            await run_bot(app)

    asyncio.run(body())
