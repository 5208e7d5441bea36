"""What buttons, menus and forms share: they outlive the process, and their errors are reported to the user."""

import gzip
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Self, TypeVar

import discord
from discord.ui import Button, DynamicItem, Item, View

from bot.app import App
from bot.frontends.discord.shared.errors import report_error
from bot.frontends.discord.shared.interactions import app_of, locale_for
from bot.i18n.translation import Phrase, phrase, set_locale

_ItemT = TypeVar("_ItemT", bound=Item[Any])
_GROUP = re.compile(r"\(\?P<(\w+)>[^()]*\)")
_NONE = "(?!)"
"""The template of a base class: it matches no custom_id."""


class PersistentItem(DynamicItem[_ItemT], template=_NONE):
    """A button or menu that works as long as its message exists: it is made again from its custom_id.

    A subclass gives the `template` of its custom_id, a constructor whose keywords are the template's groups, and `act`.
    Replies are ephemeral and in the user's language. Set `in_public` if `act` edits or answers the message itself; the
    server's language is then used.
    """

    in_public: ClassVar[bool] = False

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction, __: Item[Any], match: re.Match[str], /) -> Self:
        """Return the item that was used."""
        make: Callable[..., Self] = cls
        return make(**match.groupdict())

    async def callback(self, interaction: discord.Interaction) -> None:
        """Act, and report to the user what went wrong: discord.py would only log it."""
        try:
            private = is_private(interaction) or not self.in_public
            set_locale(await locale_for(interaction, private=private))
            await self.act(interaction, app_of(interaction))
        except Exception as error:  # noqa: BLE001 - top-level error boundary
            await report_error(error, interaction)

    async def act(self, interaction: discord.Interaction, app: App, /) -> None:
        """Do what the item is for. What it raises is reported to the user."""
        raise NotImplementedError

    def id_with(self, **values: str | int) -> str:
        """Return the custom_id: the template with a value in the place of each of its groups."""
        return _GROUP.sub(lambda group: str(values[group[1]]), self.template.pattern)


class PersistentButton(PersistentItem[Button[View]], template=_NONE):
    """A button. `values` are those of the groups in its custom_id; a `label` replaces the `name` of its class."""

    name: ClassVar[Phrase | None] = None
    emoji: ClassVar[str | None] = None
    style: ClassVar[discord.ButtonStyle] = discord.ButtonStyle.secondary
    at_row: ClassVar[int | None] = None

    def __init__(self, label: str | None = None, *, disabled: bool = False, **values: str | int) -> None:
        self.values = {name: str(value) for name, value in values.items()}
        super().__init__(
            Button(
                label=label or (self.name.localized() if self.name else None),
                emoji=self.emoji,
                style=self.style,
                disabled=disabled,
                custom_id=self.id_with(**values),
                row=self.at_row,
            )
        )


class KeepButton(PersistentButton, template=_NONE):
    """The "Keep" button of a deletion prompt; `kept` is shown in the prompt's place."""

    name = phrase("Keep")
    kept: ClassVar[Phrase]

    async def act(self, interaction: discord.Interaction, _: App, /) -> None:
        """Say that nothing was deleted."""
        await interaction.response.edit_message(content=self.kept.localized(), embeds=[], view=None)


def is_private(interaction: discord.Interaction) -> bool:
    """Return whether the message with the button is seen by one member alone."""
    return interaction.message is not None and interaction.message.flags.ephemeral


def view_of(*items: DynamicItem[Any]) -> View:
    """Return a view that outlives the process. It needs a running event loop."""
    view = View(timeout=None)
    for item in items:
        view.add_item(item)
    # The client knows its kinds of buttons; keeping each view as well would only fill the memory.
    view.stop()
    return view


def form_id(interaction: discord.Interaction) -> str:
    """Return the custom_id of the form that was submitted; nothing where something else was done."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return ""
    data: Mapping[str, Any] = interaction.data or {}
    return str(data.get("custom_id", ""))


def form_texts(interaction: discord.Interaction) -> dict[str, str]:
    """Return what was written into a form's fields, by their custom_ids."""
    return dict(_texts(interaction.data or {}))


def _texts(part: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the values of text fields, wherever they are within a form."""
    if isinstance(part.get("value"), str) and isinstance(part.get("custom_id"), str):
        yield part["custom_id"], part["value"]
    for inner in (*part.get("components", ()), part.get("component")):
        if isinstance(inner, Mapping):
            yield from _texts(inner)


def text_file(text: str, name: str, *, limit: int) -> discord.File:
    """Return a file in UTF-8; packed with gzip when it would be larger than `limit` bytes, Discord's for a message."""
    data = text.encode(errors="replace")
    if len(data) <= limit:
        return discord.File(io.BytesIO(data), name)
    return discord.File(io.BytesIO(gzip.compress(data)), f"{name}.gz")


def json_file(values: Sequence[dict[str, Any]], name: str, *, limit: int) -> discord.File:
    """Return a JSON list as a file, readable by people too."""
    return text_file(json.dumps(list(values), ensure_ascii=False, indent=2) + "\n", name, limit=limit)
