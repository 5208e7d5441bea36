"""How often a message on Discord is edited while an answer streams, against a sender that notes each edit."""

import asyncio
from itertools import pairwise
from typing import cast

import discord
from discord.ui import View
from discord.utils import MISSING

from bench.answer_table import Reached
from bot.answers.answer import Statement
from bot.frontends.discord.answers.rendering import PartialAnswer, writing_embed
from bot.frontends.discord.answers.streaming import EDIT_INTERVAL_S, StreamedMessage

_TOLERANCE_S = 0.005  # of the loop's clock
_END = "the end"


class Recorder:
    """Stands in for a channel and its message; notes when which state was shown."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.last = ""

    async def send(self, embed: discord.Embed, *, view: View = MISSING) -> discord.Message:  # noqa: ARG002
        """Show the first state."""
        self._note(embed)
        return cast("discord.Message", self)

    async def edit(self, *, embed: discord.Embed, view: View = MISSING) -> discord.Message:  # noqa: ARG002
        """Show another state."""
        self._note(embed)
        return cast("discord.Message", self)

    def _note(self, embed: discord.Embed) -> None:
        self.times.append(asyncio.get_running_loop().time())
        self.last = embed.description or ""


async def streaming_rows(*, sentences: int, seconds: float) -> list[Reached]:
    """Return the row about an answer of so many sentences within so many seconds."""
    recorder = Recorder()
    message = StreamedMessage(send=recorder.send, also=recorder.send)
    partial = PartialAnswer(question="What whistles?")
    for number in range(sentences):
        partial.statements.append(Statement(f"Sentence {number} tells of kettles.", (1,)))
        await message.update(writing_embed(partial))
        await asyncio.sleep(seconds / sentences)
    await message.finish([discord.Embed(description=_END)])
    least = min(later - earlier for earlier, later in pairwise(recorder.times))
    met = least >= EDIT_INTERVAL_S - _TOLERANCE_S and recorder.last == _END
    reached = f"{least:.2f} s at least, {len(recorder.times)} states, the last one {'stands' if met else 'is missing'}"
    what = f"time between edits, {sentences} sentences in {seconds:g} s"
    return [Reached(what, f">= {EDIT_INTERVAL_S:g} s", reached, len(recorder.times) - 1, met)]
