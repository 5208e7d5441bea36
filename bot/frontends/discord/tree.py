"""The command tree: its errors, and its registration with Discord when it changed."""

import hashlib
import json
import logging
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.frontends.discord.shared.errors import report_error
from bot.frontends.discord.shared.interactions import set_command_locale
from bot.frontends.discord.shared.permissions import keep_to_servers
from bot.frontends.discord.shared.translator import PaperbotTranslator
from bot.store.state import StateStore

log = logging.getLogger(__name__)

_AnyCommand = app_commands.Command[Any, ..., Any] | app_commands.ContextMenu | app_commands.Group
_SYNCED = "synced_commands"


class PaperbotTree(app_commands.CommandTree[commands.Bot]):
    """Slash commands whose errors all go down one ladder."""

    async def interaction_check(self, interaction: discord.Interaction[commands.Bot], /) -> bool:
        """Set the language of the answer; allow everything."""
        await set_command_locale(interaction)
        return True

    async def on_error(
        self, interaction: discord.Interaction[commands.Bot], error: app_commands.AppCommandError
    ) -> None:
        """Tell the user what went wrong."""
        await report_error(error, interaction)

    def add_command(self, command: _AnyCommand, /, **options: Any) -> None:
        """Add a command; one that is for servers alone is offered nowhere else."""
        if not isinstance(command, app_commands.ContextMenu):
            keep_to_servers(command)
        super().add_command(command, **options)

    async def sync_when_changed(self, state: StateStore) -> None:
        """Register the commands, in every language, unless just these are registered already for this application."""
        translator = PaperbotTranslator()
        await self.set_translator(translator)
        commands = [command.to_dict(self) for command in self.get_commands()]
        content = json.dumps([self.client.application_id, translator.edition, commands], sort_keys=True)
        digest = hashlib.sha256(content.encode()).hexdigest()
        if await state.get(_SYNCED) == digest:
            return
        await self.sync()
        await state.set(_SYNCED, digest)
        log.info("registered %d commands with Discord", len(commands))
