"""Work before a command's answer: refused to its asker alone, and acknowledged before Discord takes it for lost."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import discord

ACKNOWLEDGED_WITHIN_S = 0.7
"""The longest wait before a command is acknowledged; Discord takes it for lost after 3 s."""

_T = TypeVar("_T")


async def meanwhile_acknowledged(
    interaction: discord.Interaction[Any], work: Coroutine[Any, Any, _T], *, private: bool
) -> _T:
    """Return what the work returns, and raise what it raises. A command whose work takes long is acknowledged.

    What is refused at once can then be told to the asker alone; a later refusal comes in the command's place.
    """
    working = asyncio.create_task(work)
    try:
        await asyncio.wait({working}, timeout=ACKNOWLEDGED_WITHIN_S)
        if not working.done():
            await interaction.response.defer(thinking=True, ephemeral=private)
        return await working
    finally:
        working.cancel()


async def then_acknowledged(
    interaction: discord.Interaction[Any], work: Coroutine[Any, Any, _T], *, private: bool
) -> _T:
    """Do the same; the command is acknowledged in the end, whether or not the work took long."""
    done = await meanwhile_acknowledged(interaction, work, private=private)
    if not interaction.response.is_done():
        await interaction.response.defer(thinking=True, ephemeral=private)
    return done
