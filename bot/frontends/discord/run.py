"""Running the bot until a signal stops it, and checking its token."""

import asyncio
import gc
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from bot.app import App
from bot.errors.operation import IntentRefused, TokenMissing
from bot.errors.services import DiscordError, TokenRefused
from bot.frontends.discord.client import PaperbotClient, configure_library
from bot.frontends.discord.digests.outlet import DiscordDigestOutlet
from bot.frontends.discord.follows.outlet import DiscordFollowOutlet
from bot.jobs import background_jobs

log = logging.getLogger(__name__)

_AUTHENTICATION_FAILED = 4004  # the gateway's close code

PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,  # for the button that moves the talk into a thread
    embed_links=True,
    attach_files=True,  # for the charts of /trends
    read_message_history=True,  # to see whether a day's summary was posted, after a crash
)
"""All that the bot needs. None of them lets it moderate, and it asks for no privileged intent."""


def invite_url(application_id: int) -> str:
    """Return the link that adds an application to a server."""
    return discord.utils.oauth_url(application_id, permissions=PERMISSIONS, scopes=("bot", "applications.commands"))


def user_install_url(application_id: int) -> str:
    """Return the link with which users add an application for themselves, once its owner has allowed that."""
    return f"https://discord.com/oauth2/authorize?client_id={application_id}&integration_type=1&scope=applications.commands"


async def run_bot(app: App) -> None:
    """Connect and serve until SIGINT or SIGTERM. Raises TokenMissing, TokenRefused, IntentRefused or DiscordError."""
    token = app.settings.discord.token
    if token is None:
        raise TokenMissing
    configure_library(app.settings.discord)
    loop = asyncio.get_running_loop()
    async with PaperbotClient(app=app) as client:
        serving = asyncio.create_task(_serve(app, client, token.get_secret_value()))
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, _stop, serving, name)
        try:
            with _own_errors():
                await serving
        except asyncio.CancelledError:
            log.info("stopping")
        finally:
            for name in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(name)


async def check_token(app: App) -> tuple[str, str, str | None]:
    """Log in without connecting; return the bot's name, its invitation, and the link that adds it to an account.

    That is None where the application doesn't allow it. Raises as run_bot does.
    """
    token = app.settings.discord.token
    if token is None:
        raise TokenMissing
    configure_library(app.settings.discord)
    async with discord.Client(intents=discord.Intents.none()) as client:
        with _own_errors():
            await client.login(token.get_secret_value())
        assert client.application_id is not None, "login asks for it"
        allowed = client.application is not None and client.application.user_integration_config is not None
        personal = user_install_url(client.application_id) if allowed else None
        return str(client.user), invite_url(client.application_id), personal


@contextmanager
def _own_errors() -> Iterator[None]:
    """Raise what discord.py and aiohttp raise as TokenRefused or DiscordError."""
    try:
        yield
    except discord.LoginFailure:
        raise TokenRefused from None
    except discord.ConnectionClosed as error:
        if error.code == _AUTHENTICATION_FAILED:
            raise TokenRefused from None
        raise DiscordError(reason=str(error)) from None
    except (discord.HTTPException, discord.GatewayNotFound) as error:
        raise DiscordError(reason=str(error)) from None
    except (aiohttp.ClientError, OSError) as error:
        raise DiscordError(reason=f"{type(error).__name__}: {error}") from None


async def _serve(app: App, client: PaperbotClient, token: str) -> None:
    """Log in, which loads everything, and stay connected with the background jobs running.

    Raises IntentRefused, and what discord.py raises.
    """
    await client.login(token)
    # What is loaded by now stays. Left to the collector, it would be looked through again and again while answers
    # stream, which blocks the loop for some 140 ms each time (`python -m bench.discord`); nobody is connected yet.
    gc.collect()
    gc.freeze()
    outlets = DiscordDigestOutlet(client=client, app=app), DiscordFollowOutlet(client=client, app=app)
    async with background_jobs(app, digests=outlets[0], follows=outlets[1], ready=client.wait_until_ready):
        try:
            await client.connect()
        except discord.PrivilegedIntentsRequired:
            raise IntentRefused from None


def _stop(serving: asyncio.Task[None], name: signal.Signals) -> None:
    log.info("received %s", name.name)
    serving.cancel()
