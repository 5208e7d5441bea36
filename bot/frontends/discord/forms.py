"""Forms that outlive the process: none is kept in memory, and what is submitted comes by the listener of a cog."""

from collections.abc import Iterator, Mapping
from typing import Any

import discord


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
