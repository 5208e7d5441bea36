"""/save and /saved, and the entries under Apps in a message's menu, which explain or save the papers that it links."""

from collections.abc import Sequence
from dataclasses import dataclass

import discord
from discord import app_commands
from discord.ext import commands

from bot.answers.subjects import Subject, Subjects, unknown
from bot.app import App
from bot.errors.requests import NoPaperNamed, PaperUnknown
from bot.frontends.discord import channel_memory
from bot.frontends.discord.answers.responding import respond
from bot.frontends.discord.saved.saved_list import saved_embed, saved_view
from bot.frontends.discord.shared.autocomplete import suggest_papers
from bot.frontends.discord.shared.interactions import PUBLIC, AppClient, locale_for, meanwhile_acknowledged
from bot.frontends.discord.shared.markdown import escape
from bot.frontends.discord.shared.requests import command_context
from bot.frontends.discord.shared.sources import cited_title
from bot.i18n.translation import gettext, phrase, use_locale
from bot.library.saved_papers import NOTE_LIMIT, SavedPapers
from bot.models import Paper
from bot.search.query.ids import arxiv_ids
from bot.text import shorten

_MOST_PAPERS = 5
"""The most papers that one message or one command can name."""

_NAME_LIMIT = 100
_ADVICE = phrase("Use its arXiv id, a link to it or its full title; /search shows them.")


async def _named_papers(text: str, subjects: Subjects) -> list[Paper]:
    """Return the papers that a text names by ids, links or a title. Raises QuestionError, such as PaperUnknown."""
    return [_paper(subject) for subject in await subjects.resolve([text])]


async def _save_all(papers: Sequence[Paper], saved: SavedPapers, *, user: str, note: str | None = None) -> str:
    """Save the first _MOST_PAPERS and return what to reply, in Discord's markdown. Raises SavedFull."""
    lines: list[str] = []
    for paper in papers[:_MOST_PAPERS]:
        new = await saved.save(user, paper, note=note)
        text = gettext("Already saved, note updated: {paper}") if note else gettext("Already saved: {paper}")
        lines.append((gettext("Saved: {paper}") if new else text).format(paper=cited_title(paper)))
    if len(papers) > _MOST_PAPERS:
        lines.append(_first_of(len(papers)))
    below = gettext("Only you can see this. `/saved` lists your saved papers.")
    return "\n".join([*lines, f"-# {below}"])


def _first_of(number: int) -> str:
    """Say that more papers were named than are taken."""
    return gettext("That's {number} papers; I used only the first {taken}.").format(number=number, taken=_MOST_PAPERS)


def _paper(subject: Subject) -> Paper:
    if subject.paper is None:
        raise PaperUnknown(
            name=phrase("a paper called “{text}”", text=shorten(subject.text, _NAME_LIMIT)), advice=_ADVICE
        )
    return subject.paper


class SavedCog(commands.Cog):
    """Saved papers."""

    def __init__(self, *, app: App) -> None:
        self._app = app

    @app_commands.command(description="Save a paper for yourself, with an optional note.")
    @app_commands.describe(paper="arXiv id, link or full title", note="Your own note; only you can see it")
    @app_commands.autocomplete(paper=suggest_papers)
    async def save(
        self,
        interaction: discord.Interaction[commands.Bot],
        paper: str,
        note: app_commands.Range[str, 1, NOTE_LIMIT] | None = None,
    ) -> None:
        """Save it, or the papers when several are named by id or link."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        papers = await _named_papers(paper, self._app.subjects)
        text = await _save_all(papers, self._app.saved, user=str(interaction.user.id), note=note)
        await interaction.followup.send(text, ephemeral=True, suppress_embeds=True)

    @app_commands.command(description="List your saved papers; export them or remove some.")
    async def saved(self, interaction: discord.Interaction[commands.Bot]) -> None:
        """Show the first page to the user alone."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        saved = await self._app.saved.of_user(str(interaction.user.id))
        await interaction.followup.send(
            embed=saved_embed(saved, 0), view=saved_view(saved, 0) or discord.utils.MISSING, ephemeral=True
        )


@dataclass(frozen=True, slots=True)
class _Linked:
    """The arXiv ids in a message: those that the store holds, at most _MOST_PAPERS, and a text on the others."""

    held: tuple[str, ...]
    text: str


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
        with use_locale(await locale_for(interaction, private=True)):  # a refusal is for the user alone
            # A feed may be asked for a paper that the store lacks.
            linked = await meanwhile_acknowledged(interaction, self._linked(interaction, message), private=False)
        context = command_context(interaction, app=self._app)
        await respond(interaction, self._app.assistant.summarise(linked.held, context=context), app=self._app)
        if linked.text:
            await interaction.followup.send(linked.text, ephemeral=True)

    async def _save(self, interaction: discord.Interaction[commands.Bot], message: discord.Message) -> None:
        await interaction.response.defer(thinking=True, ephemeral=True)
        linked = await self._linked(interaction, message)
        papers = [paper for key in linked.held for paper in await _named_papers(key, self._app.subjects)]
        text = await _save_all(papers, self._app.saved, user=str(interaction.user.id))
        shown = "\n".join(filter(None, [text, linked.text]))
        await interaction.followup.send(shown, ephemeral=True, suppress_embeds=True)

    async def _linked(self, interaction: discord.Interaction[commands.Bot], message: discord.Message) -> _Linked:
        """Return the papers of a message. Raises NoPaperNamed, and PaperUnknown when the store holds none of them."""
        ids = arxiv_ids("\n".join(channel_memory.texts(message)))
        if not ids:
            raise NoPaperNamed
        looked_at = ids[:_MOST_PAPERS]
        missing = await self._app.subjects.missing("\n".join(looked_at))
        held = tuple(key for key in looked_at if key not in missing)
        if not held:
            raise unknown(missing)
        notes = [escape(unknown(missing).localized())] if missing else []
        if len(ids) > _MOST_PAPERS:
            notes.append(_first_of(len(ids)))
        notes += await self._remembered(interaction, message)
        return _Linked(held, "\n".join(notes))

    async def _remembered(
        self, interaction: discord.Interaction[commands.Bot], message: discord.Message
    ) -> Sequence[str]:
        """Return where the papers that a message links to were discussed before; remember it where they were not."""
        guild = interaction.client.get_guild(interaction.guild_id) if interaction.guild_id else None
        keys = channel_memory.linked_papers(channel_memory.texts(message))
        if guild is None or not keys:
            return ()
        memory = self._app.channel_memory
        found = await channel_memory.discussed_before(memory, message, guild, keys)
        if not message.author.bot:
            await channel_memory.note(memory, message, guild.id, message.channel.id, keys)
        return (channel_memory.discussions_text(found[: channel_memory.MOST_SHOWN], guild.id),) if found else ()


async def setup(client: AppClient) -> None:
    """Add the cogs."""
    await client.add_cog(SavedCog(app=client.app))
    await client.add_cog(MessageMenusCog(client=client, app=client.app))
