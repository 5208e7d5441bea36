"""The Discord client: its intents, its command tree, and the modules that add commands and buttons to it."""

import hashlib
import json
import logging
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import discord
import yarl
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.config import DiscordSettings
from bot.errors.operation import StoreEmpty
from bot.frontends.discord.shared.errors import report_error
from bot.frontends.discord.shared.interactions import AppClient, set_command_locale
from bot.frontends.discord.shared.permissions import CONTEXTS, INSTALLS, keep_to_servers
from bot.frontends.discord.shared.translator import PaperbotTranslator
from bot.store.key_values import KeyValueStore

log = logging.getLogger(__name__)

SHUTDOWN_GRACE_S = 5.0
"""How long running answers get to say that they were interrupted; services are killed 10 s after being asked to."""

_PACKAGE = __name__.rpartition(".")[0]
_AnyCommand = app_commands.Command[Any, ..., Any] | app_commands.ContextMenu | app_commands.Group
_SYNCED = "synced_commands"


class PaperbotTree(app_commands.CommandTree[commands.Bot]):
    """Slash commands, whose errors are all reported in one way; registered with Discord when they changed."""

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Set the language of the answer; allow everything."""
        await set_command_locale(interaction)
        return True

    async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
        """Report to the user what went wrong."""
        await report_error(error, interaction)

    def add_command(self, command: _AnyCommand, /, **options: Any) -> None:
        """Add a command; one that is for servers alone is offered nowhere else."""
        if not isinstance(command, app_commands.ContextMenu):
            keep_to_servers(command)
        super().add_command(command, **options)

    async def sync_when_changed(self, key_values: KeyValueStore) -> None:
        """Register the commands, in every language, unless just these are registered already for this application."""
        translator = PaperbotTranslator()
        await self.set_translator(translator)
        payloads = [command.to_dict(self) for command in self.get_commands()]
        content = json.dumps([self.client.application_id, translator.edition, payloads], sort_keys=True)
        digest = hashlib.sha256(content.encode()).hexdigest()
        if await key_values.get(_SYNCED) == digest:
            return
        await self.sync()
        await key_values.set(_SYNCED, digest)
        log.info("registered %d commands with Discord", len(payloads))


class PaperbotClient(AppClient):
    """The bot's connection to Discord. It asks for no privileged intent unless the settings say so."""

    def __init__(self, *, app: App) -> None:
        intents = discord.Intents.none()
        intents.guilds = True
        intents.guild_messages = True
        intents.dm_messages = True
        intents.message_content = app.settings.discord.message_content
        super().__init__(
            command_prefix=(),
            help_command=None,
            intents=intents,
            tree_cls=PaperbotTree,
            allowed_contexts=CONTEXTS,
            allowed_installs=INSTALLS,
            # Nothing that a paper, a user or a model wrote may ping anybody.
            allowed_mentions=discord.AllowedMentions.none(),
        )
        self.app = app

    async def setup_hook(self) -> None:
        """Add the cogs, warm the index, and register the commands when they changed."""
        await self.add_cogs()
        await self.app.titles.current()  # so that the first member who types has choices
        await self.app.names.current()
        try:
            await self.app.searcher.index()
        except StoreEmpty as error:
            log.warning("%s", error)
        assert isinstance(self.tree, PaperbotTree)
        await self.tree.sync_when_changed(self.app.key_values)

    async def close(self) -> None:
        """Interrupt the answers that are being written, which their messages can still say; then disconnect."""
        await self.app.answer_queue.close(seconds=SHUTDOWN_GRACE_S)
        await super().close()

    async def add_cogs(self) -> None:
        """Add the commands, the listeners and the kinds of buttons."""
        for extension in _extensions():
            await extension.setup(self)

    async def on_ready(self) -> None:
        """Log that Discord is there; this comes again after each new session."""
        log.info("connected to Discord as %s (servers: %d)", self.user, len(self.guilds))

    async def on_message(self, message: discord.Message) -> None:
        """Leave messages to the cogs: there are no prefix commands."""


def _extensions() -> Iterator[Any]:
    """Yield the modules of this front end whose `setup(client)` adds cogs and buttons; nothing else names them."""
    for info in pkgutil.walk_packages([str(Path(__file__).parent)], prefix=f"{_PACKAGE}."):
        if info.name not in {__name__, f"{_PACKAGE}.run"}:
            module = import_module(info.name)
            if hasattr(module, "setup"):
                yield module


def configure_library(settings: DiscordSettings) -> None:
    """Send discord.py to the settings' addresses and keep it quiet about voice. This holds for the whole process."""
    discord.http.Route.BASE = settings.api_url
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.gateway_url)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
