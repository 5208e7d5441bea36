"""/save, /saved with its list, and the entries in a message's menu, which explain or save the papers that it links."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands
from discord.ui import DynamicItem, Select, View

from bot.answers.subjects import NamedPapers, unknown
from bot.answers.talking import MOST_PAPERS, unknown_paper
from bot.answers.wording import count
from bot.app import App
from bot.errors.requests import NoPaperNamed, PaperUnknown
from bot.frontends.discord import channel_memory
from bot.frontends.discord.answers.responding import respond
from bot.frontends.discord.shared import sources as source_lines
from bot.frontends.discord.shared.autocomplete import suggest_papers
from bot.frontends.discord.shared.components import PersistentButton, PersistentItem, text_file, view_of
from bot.frontends.discord.shared.interactions import PUBLIC, AppClient, locale_for, meanwhile_acknowledged
from bot.frontends.discord.shared.markdown import DESCRIPTION_LIMIT, escape
from bot.frontends.discord.shared.requests import command_context
from bot.frontends.discord.shared.saving import first_of, save_all
from bot.i18n.translation import Phrase, day, gettext, phrase, use_locale
from bot.models import Paper
from bot.saved_papers import NOTE_LIMIT, Saved, SavedPapers, bibtex, markdown_list
from bot.search.query.ids import arxiv_ids
from bot.text import one_line, shorten

PAGE = 8
"""How many saved papers a page shows."""

_NONE_YET = phrase(
    "You haven't saved any papers yet. Use `/save` with an arXiv id, link or title, or **Save these papers** "
    "in a message's menu, under Apps."
)


def pages(saved: Sequence[Saved]) -> int:
    """Return how many pages a list has, at least one."""
    return max(1, -(-len(saved) // PAGE))


def page_of(saved: Sequence[Saved], number: int) -> Sequence[Saved]:
    """Return a page; numbers begin at 0."""
    return saved[number * PAGE : (number + 1) * PAGE]


def saved_embed(saved: Sequence[Saved], number: int) -> discord.Embed:
    """Return a page of the list, newest first, or what to do when it is empty. Numbers of pages begin at 0."""
    embed = discord.Embed(
        title=gettext("Saved papers"), description=_NONE_YET.localized(), colour=discord.Colour.blurple()
    )
    if not saved:
        return embed
    lines = [_line(place, each) for place, each in enumerate(page_of(saved, number), start=number * PAGE + 1)]
    while len("\n\n".join(lines)) > DESCRIPTION_LIMIT:
        lines.pop()
    embed.description = "\n\n".join(lines)
    text = gettext("{papers}, newest first · only you can see this").format(papers=count(len(saved), "paper"))
    where = gettext("page {number} of {pages}").format(number=number + 1, pages=pages(saved))
    return embed.set_footer(text=f"{text} · {where}" if pages(saved) > 1 else text)


def _line(place: int, saved: Saved) -> str:
    when = gettext("saved on {day}").format(day=day(saved.saved_at.date()))
    if saved.paper is None:
        head = f"{place}\\. {escape(saved.key)}\n-# {gettext('no longer in the store')} · {when}"
    else:
        details = source_lines.details(saved.paper)
        head = f"{place}\\. {source_lines.title(saved.paper)}\n-# {f'{details} · ' if details else ''}{when}"
    return f"{head}\n> {escape(saved.note)}" if saved.note else head


_OPTION_LIMIT = 100  # Discord's, for an option's label and value
EXPORTS: dict[str, tuple[Phrase, str, Callable[[Sequence[Saved]], str]]] = {
    "bibtex": (
        phrase("BibTeX"),
        "saved-papers.bib",
        lambda saved: "\n\n".join(bibtex(one.paper) for one in saved if one.paper),
    ),
    "markdown": (phrase("Markdown"), "saved-papers.md", markdown_list),
}
"""The formats of an export: its button's label, the file's name, and what writes it."""


class SavedPageButton(PersistentButton, template=r"saved:page:(?P<page>\d{1,3})"):
    """Shows another page in the place of this one."""

    async def act(self, interaction: discord.Interaction, app: App) -> None:
        """Show the page, or the last one when the list has become shorter."""
        await interaction.response.defer()
        await _show_again(interaction, app.saved, int(self.values["page"]))


class ExportSavedButton(PersistentButton, template=r"saved:export:(?P<format>[a-z]{1,20})"):
    """Sends the whole list as a file."""

    async def act(self, interaction: discord.Interaction, app: App) -> None:
        """Send the file to the user alone."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        _, name, write = EXPORTS[self.values["format"]]
        saved = await app.saved.of_user(str(interaction.user.id))
        text = await asyncio.to_thread(write, saved)
        file = await asyncio.to_thread(text_file, text, name, limit=interaction.filesize_limit)
        await interaction.followup.send(file=file, ephemeral=True)


class RemoveSavedSelect(PersistentItem[Select[View]], template=r"saved:remove:(?P<page>\d{1,3})"):
    """Removes the chosen paper of a page from the list."""

    def __init__(self, page: int | str, saved: Sequence[Saved] = ()) -> None:
        options = [
            discord.SelectOption(
                label=shorten(one_line(each.paper.title if each.paper else each.key), _OPTION_LIMIT), value=each.key
            )
            for each in saved
        ]
        placeholder = gettext("Remove a paper from the list")
        super().__init__(Select(placeholder=placeholder, options=options, custom_id=self.id_with(page=page)))
        self._page = int(page)

    async def act(self, interaction: discord.Interaction, app: App) -> None:
        """Remove the paper and show what is left."""
        await interaction.response.defer()
        for key in self.item.values:
            await app.saved.remove(str(interaction.user.id), key)
        await _show_again(interaction, app.saved, self._page)


def saved_view(saved: Sequence[Saved], page: int) -> View | None:
    """Return the buttons and the menu below a page; None below an empty list. It needs a running event loop."""
    if not saved:
        return None
    items: list[DynamicItem[Any]] = []
    if page > 0:
        items.append(SavedPageButton(gettext("Newer"), page=page - 1))
    if page + 1 < pages(saved):
        items.append(SavedPageButton(gettext("Older"), page=page + 1))
    items += [ExportSavedButton(label.localized(), format=name) for name, (label, _, _) in EXPORTS.items()]
    return view_of(*items, RemoveSavedSelect(page, page_of(saved, page)))


async def _show_again(interaction: discord.Interaction, papers: SavedPapers, page: int) -> None:
    saved = await papers.of_user(str(interaction.user.id))
    page = min(page, pages(saved) - 1)
    await interaction.edit_original_response(embed=saved_embed(saved, page), view=saved_view(saved, page))


async def _named_papers(text: str, named: NamedPapers) -> list[Paper]:
    """Return the papers that a text names by ids, links, a title or a name. Raises QuestionError: PaperUnknown, …."""
    try:
        return await named.all_of_text(text)
    except PaperUnknown:
        if arxiv_ids(text):
            raise
        raise unknown_paper(text) from None


class SavedCog(commands.Cog):
    """The commands for saved papers, whose replies only the user sees."""

    def __init__(self, *, app: App) -> None:
        self._app = app

    @app_commands.command(description="Save a paper for yourself, with an optional note.")
    @app_commands.describe(paper="arXiv id, link or full title", note="Your own note; only you can see it")
    @app_commands.autocomplete(paper=suggest_papers)
    async def save(
        self,
        interaction: discord.Interaction,
        paper: str,
        note: app_commands.Range[str, 1, NOTE_LIMIT] | None = None,
    ) -> None:
        """Save it, or the papers when several are named by id or link."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        papers = await _named_papers(paper, self._app.named_papers)
        text = await save_all(papers, self._app.saved, user=str(interaction.user.id), note=note)
        await interaction.followup.send(text, ephemeral=True, suppress_embeds=True)

    @app_commands.command(description="List your saved papers; export them or remove some.")
    async def saved(self, interaction: discord.Interaction) -> None:
        """Show the first page to the user alone."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        saved = await self._app.saved.of_user(str(interaction.user.id))
        await interaction.followup.send(
            embed=saved_embed(saved, 0), view=saved_view(saved, 0) or discord.utils.MISSING, ephemeral=True
        )


@dataclass(frozen=True, slots=True)
class _Linked:
    """The arXiv ids in a message: those that the store holds, at most MOST_PAPERS, and a text on the others."""

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
        """Remove the entries from the menus."""
        for menu in self._menus:
            self._client.tree.remove_command(menu.name, type=menu.type)

    async def _explain(self, interaction: discord.Interaction, message: discord.Message) -> None:
        with use_locale(await locale_for(interaction, private=True)):  # a refusal is for the user alone
            # A feed may be asked for a paper that the store lacks.
            linked = await meanwhile_acknowledged(
                interaction, self._find_linked_papers(interaction, message), private=False
            )
        context = command_context(interaction, app=self._app)
        await respond(interaction, self._app.assistant.summarise(linked.held, context=context), app=self._app)
        if linked.text:
            await interaction.followup.send(linked.text, ephemeral=True)

    async def _save(self, interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.defer(thinking=True, ephemeral=True)
        linked = await self._find_linked_papers(interaction, message)
        papers = [await self._app.named_papers.of_text(key) for key in linked.held]
        text = await save_all(papers, self._app.saved, user=str(interaction.user.id))
        shown = "\n".join(filter(None, [text, linked.text]))
        await interaction.followup.send(shown, ephemeral=True, suppress_embeds=True)

    async def _find_linked_papers(self, interaction: discord.Interaction, message: discord.Message) -> _Linked:
        """Return the papers of a message. Raises NoPaperNamed, and PaperUnknown when the store holds none of them."""
        ids = arxiv_ids("\n".join(channel_memory.texts(message)))
        if not ids:
            raise NoPaperNamed
        looked_at = ids[:MOST_PAPERS]
        missing = await self._app.subjects.missing("\n".join(looked_at))
        held = tuple(key for key in looked_at if key not in missing)
        if not held:
            raise unknown(missing)
        notes = [escape(unknown(missing).localized())] if missing else []
        if len(ids) > MOST_PAPERS:
            notes.append(first_of(len(ids)))
        notes += await self._find_and_note_discussions(interaction, message)
        return _Linked(held, "\n".join(notes))

    async def _find_and_note_discussions(
        self, interaction: discord.Interaction, message: discord.Message
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
    """Add the cogs, the buttons and the menu."""
    await client.add_cog(SavedCog(app=client.app))
    await client.add_cog(MessageMenusCog(client=client, app=client.app))
    client.add_dynamic_items(SavedPageButton, ExportSavedButton, RemoveSavedSelect)
