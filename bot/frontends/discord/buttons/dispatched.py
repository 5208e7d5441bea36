"""What buttons share: errors go down the ladder, and views that only carry buttons aren't kept."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, TypeVar

import discord
from discord.ui import DynamicItem, Item, View

from bot.frontends.discord.errors import tell

_Self = TypeVar("_Self")
_Callback = Callable[[_Self, discord.Interaction[Any]], Coroutine[Any, Any, None]]


def told(callback: _Callback[_Self]) -> _Callback[_Self]:
    """Tell who pressed a button what went wrong: discord.py would log it and tell nobody."""

    @wraps(callback)
    async def telling(item: _Self, interaction: discord.Interaction[Any]) -> None:
        try:
            await callback(item, interaction)
        except Exception as error:  # noqa: BLE001 - the ladder's last rung
            await tell(error, interaction)

    return telling


def view_of(*items: Item[View] | DynamicItem[Any]) -> View:
    """Return a view that outlives the process. It needs a running event loop."""
    view = View(timeout=None)
    for item in items:
        view.add_item(item)
    # The client knows its kinds of buttons; keeping each view as well would only fill the memory.
    view.stop()
    return view
