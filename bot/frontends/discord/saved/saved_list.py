"""A user's saved papers, page by page, with an export and a menu that removes one."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import discord
from discord.ui import DynamicItem, Select, View

from bot.answers.wording import count
from bot.app import App
from bot.frontends.discord.shared import sources as source_lines
from bot.frontends.discord.shared.components import PersistentButton, PersistentItem, text_file, view_of
from bot.frontends.discord.shared.interactions import AppClient
from bot.frontends.discord.shared.markdown import DESCRIPTION_LIMIT, escape
from bot.i18n.translation import Phrase, day, gettext, phrase
from bot.library.export import bibtex, markdown_list
from bot.library.saved_papers import Saved, SavedPapers
from bot.text import one_line, shorten

PAGE = 8
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
    said = gettext("{papers}, newest first · only you can see this").format(papers=count(len(saved), "paper"))
    where = gettext("page {number} of {pages}").format(number=number + 1, pages=pages(saved))
    return embed.set_footer(text=f"{said} · {where}" if pages(saved) > 1 else said)


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

    async def act(self, interaction: discord.Interaction[Any], app: App) -> None:
        """Show the page, or the last one when the list has become shorter."""
        await interaction.response.defer()
        await _show_again(interaction, app.saved, int(self.values["page"]))


class ExportSavedButton(PersistentButton, template=r"saved:export:(?P<format>[a-z]{1,20})"):
    """Sends the whole list as a file."""

    async def act(self, interaction: discord.Interaction[Any], app: App) -> None:
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

    async def act(self, interaction: discord.Interaction[Any], app: App) -> None:
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


async def _show_again(interaction: discord.Interaction[Any], papers: SavedPapers, page: int) -> None:
    saved = await papers.of_user(str(interaction.user.id))
    page = min(page, pages(saved) - 1)
    await interaction.edit_original_response(embed=saved_embed(saved, page), view=saved_view(saved, page))


async def setup(client: AppClient) -> None:
    """Add the buttons and the menu."""
    client.add_dynamic_items(SavedPageButton, ExportSavedButton, RemoveSavedSelect)
