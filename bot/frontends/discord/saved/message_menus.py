"""The entries under Apps in a message's menu: explain the papers that it links to, or save them."""

from collections.abc import Sequence
from dataclasses import dataclass

import discord
from discord import app_commands
from discord.ext import commands

from bot.answers.subjects import unknown
from bot.app import App
from bot.errors.requests import NoPaperNamed
from bot.frontends.discord.answers.responding import respond
from bot.frontends.discord.channel_memory.remembering import (
    MOST_TOLD,
    discussed_before,
    linked_papers,
    note,
    texts,
    told,
)
from bot.frontends.discord.saved.commands import MOST_PAPERS, first_of, named_papers, save_all
from bot.frontends.discord.shared.acknowledging import meanwhile_acknowledged
from bot.frontends.discord.shared.interactions import PUBLIC, locale_for
from bot.frontends.discord.shared.markdown import escape
from bot.frontends.discord.shared.requests import command_context
from bot.i18n.translation import use_locale
from bot.search.query.ids import arxiv_ids


@dataclass(frozen=True, slots=True)
class Linked:
    """The arXiv ids in a message: those that the store holds, at most MOST_PAPERS, and what to say of the others."""

    held: tuple[str, ...]
    said: str


class MessageMenusCog(commands.Cog):
    """Message menus; discord.py has no decorator for them within a cog."""

    def __init__(self, *, client: commands.Bot, app: App) -> None:
        self._client = client
        self._app = app
        self._menus = (
            app_commands.ContextMenu(name="Explain these papers", callback=self._explain, extras={PUBLIC: True}),
            app_commands.ContextMenu(name="Save these papers", callback=self._save),
        )
        for menu in self._menus:
            client.tree.add_command(menu)

    async def cog_unload(self) -> None:
        """Take the entries out."""
        for menu in self._menus:
            self._client.tree.remove_command(menu.name, type=menu.type)

    async def _explain(self, interaction: discord.Interaction[commands.Bot], message: discord.Message) -> None:
        with use_locale(await locale_for(interaction, private=True)):  # what is said of it is told to who asked alone
            # A feed may be asked for a paper that the store lacks.
            linked = await meanwhile_acknowledged(interaction, self._linked(interaction, message), private=False)
        context = command_context(interaction, app=self._app)
        await respond(interaction, self._app.assistant.summarise(linked.held, context=context), app=self._app)
        if linked.said:
            await interaction.followup.send(linked.said, ephemeral=True)

    async def _save(self, interaction: discord.Interaction[commands.Bot], message: discord.Message) -> None:
        await interaction.response.defer(thinking=True, ephemeral=True)
        linked = await self._linked(interaction, message)
        papers = [paper for key in linked.held for paper in await named_papers(key, app=self._app)]
        text = await save_all(papers, user=str(interaction.user.id), app=self._app)
        told = "\n".join(filter(None, [text, linked.said]))
        await interaction.followup.send(told, ephemeral=True, suppress_embeds=True)

    async def _linked(self, interaction: discord.Interaction[commands.Bot], message: discord.Message) -> Linked:
        """Return the papers of a message. Raises NoPaperNamed, and PaperUnknown when the store holds none of them."""
        ids = arxiv_ids("\n".join(texts(message)))
        if not ids:
            raise NoPaperNamed
        looked_at = ids[:MOST_PAPERS]
        missing = await self._app.subjects.missing("\n".join(looked_at))
        held = tuple(key for key in looked_at if key not in missing)
        if not held:
            raise unknown(missing)
        said = [escape(unknown(missing).localized())] if missing else []
        if len(ids) > MOST_PAPERS:
            said.append(first_of(len(ids)))
        said += await self._remembered(interaction, message)
        return Linked(held, "\n".join(said))

    async def _remembered(
        self, interaction: discord.Interaction[commands.Bot], message: discord.Message
    ) -> Sequence[str]:
        """Return where the papers that a message links to were discussed before; remember it where they were not."""
        guild = interaction.client.get_guild(interaction.guild_id) if interaction.guild_id else None
        keys = linked_papers(texts(message))
        if guild is None or not keys:
            return ()
        found = await discussed_before(message, guild, keys, app=self._app)
        if not message.author.bot:
            await note(message, guild.id, message.channel.id, keys, app=self._app)
        return (told(found[:MOST_TOLD], guild.id),) if found else ()
