"""What stands below a user's saved papers: other pages, an export, and a menu that takes one off the list."""

import asyncio
import re
from collections.abc import Callable, Sequence
from typing import Any, Self

import discord
from discord.ui import Button, DynamicItem, Item, Select, View

from bot.answers.wording import count
from bot.frontends.discord.shared import sources as source_lines
from bot.frontends.discord.shared.components import reports_errors, text_file, view_of
from bot.frontends.discord.shared.interactions import InReadersLocale, app_of
from bot.frontends.discord.shared.markdown import DESCRIPTION_LIMIT, escape
from bot.i18n.translation import Phrase, day, gettext, phrase
from bot.library import Saved, bibtex, markdown_list
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


class SavedPageButton(InReadersLocale, DynamicItem[Button[View]], template=r"saved:page:(?P<page>\d{1,3})"):
    """Shows another page in the place of this one."""

    def __init__(self, page: int, label: str = "Page") -> None:
        super().__init__(Button(label=label, custom_id=f"saved:page:{page}"))
        self._page = page

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], match: re.Match[str]) -> Self:
        """Return the button that was pressed."""
        return cls(int(match["page"]))

    @reports_errors
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Show the page, or the last one when the list has become shorter."""
        await interaction.response.defer()
        await _show_again(interaction, self._page)


class ExportSavedButton(InReadersLocale, DynamicItem[Button[View]], template=r"saved:export:(?P<format>[a-z]{1,20})"):
    """Gives the whole list as a file."""

    def __init__(self, form: str) -> None:
        super().__init__(Button(label=EXPORTS[form][0].localized(), custom_id=f"saved:export:{form}"))
        self._form = form

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], match: re.Match[str]) -> Self:
        """Return the button that was pressed."""
        return cls(match["format"])

    @reports_errors
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Send the file."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        _, name, write = EXPORTS[self._form]
        saved = await app_of(interaction).saved.of_user(str(interaction.user.id))
        text = await asyncio.to_thread(write, saved)
        file = await asyncio.to_thread(text_file, text, name, limit=interaction.filesize_limit)
        await interaction.followup.send(file=file, ephemeral=True)


class RemoveSavedSelect(InReadersLocale, DynamicItem[Select[View]], template=r"saved:remove:(?P<page>\d{1,3})"):
    """Takes the chosen paper of a page off the list."""

    def __init__(self, page: int, saved: Sequence[Saved] = ()) -> None:
        options = [
            discord.SelectOption(
                label=shorten(one_line(each.paper.title if each.paper else each.key), _OPTION_LIMIT), value=each.key
            )
            for each in saved
        ]
        super().__init__(
            Select(
                placeholder=gettext("Remove a paper from the list"), options=options, custom_id=f"saved:remove:{page}"
            )
        )
        self._page = page

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], match: re.Match[str]) -> Self:
        """Return the menu that was used."""
        return cls(int(match["page"]))

    @reports_errors
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Remove it and show what is left."""
        await interaction.response.defer()
        for key in self.item.values:
            await app_of(interaction).saved.remove(str(interaction.user.id), key)
        await _show_again(interaction, self._page)


def saved_view(saved: Sequence[Saved], page: int) -> View | None:
    """Return what stands below a page; None below an empty list. It needs a running event loop."""
    if not saved:
        return None
    items: list[DynamicItem[Any]] = []
    if page > 0:
        items.append(SavedPageButton(page - 1, gettext("Newer")))
    if page + 1 < pages(saved):
        items.append(SavedPageButton(page + 1, gettext("Older")))
    items += [ExportSavedButton(form) for form in EXPORTS]
    return view_of(*items, RemoveSavedSelect(page, page_of(saved, page)))


async def _show_again(interaction: discord.Interaction[Any], page: int) -> None:
    saved = await app_of(interaction).saved.of_user(str(interaction.user.id))
    page = min(page, pages(saved) - 1)
    await interaction.edit_original_response(embed=saved_embed(saved, page), view=saved_view(saved, page))


SAVED_BUTTONS = (SavedPageButton, ExportSavedButton, RemoveSavedSelect)
