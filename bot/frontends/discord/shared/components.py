"""What buttons share: errors go down the ladder, and views that only carry buttons aren't kept."""

import gzip
import io
import json
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from functools import wraps
from typing import Any, TypeVar

import discord
from discord.ui import DynamicItem, Item, View

from bot.frontends.discord.shared.errors import report_error

_Self = TypeVar("_Self")
_Callback = Callable[[_Self, discord.Interaction[Any]], Coroutine[Any, Any, None]]


def reports_errors(callback: _Callback[_Self]) -> _Callback[_Self]:
    """Tell who pressed a button what went wrong: discord.py would log it and tell nobody."""

    @wraps(callback)
    async def telling(item: _Self, interaction: discord.Interaction[Any]) -> None:
        try:
            await callback(item, interaction)
        except Exception as error:  # noqa: BLE001 - the ladder's last rung
            await report_error(error, interaction)

    return telling


def view_of(*items: Item[View] | DynamicItem[Any]) -> View:
    """Return a view that outlives the process. It needs a running event loop."""
    view = View(timeout=None)
    for item in items:
        view.add_item(item)
    # The client knows its kinds of buttons; keeping each view as well would only fill the memory.
    view.stop()
    return view


def form_id(interaction: discord.Interaction[Any]) -> str:
    """Return the custom_id of the form that was submitted; nothing where something else was done."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return ""
    return str(_data(interaction).get("custom_id", ""))


def form_texts(interaction: discord.Interaction[Any]) -> dict[str, str]:
    """Return what was written into a form's fields, by their custom_ids."""
    return dict(_texts(_data(interaction)))


def _data(interaction: discord.Interaction[Any]) -> Mapping[str, Any]:
    return interaction.data or {}


def _texts(part: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the values of text fields, wherever within a form they stand."""
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
