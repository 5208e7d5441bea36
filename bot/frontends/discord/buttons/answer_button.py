"""What the buttons below an answer have in common: the answer that they name, and the one ladder for errors."""

import re
from typing import Any, ClassVar, Self

import discord
from discord.ui import Button, DynamicItem, Item, View

from bot.app import App
from bot.assistant.answer import Answer
from bot.errors import AnswerGone, AnswerRunning
from bot.frontends.discord.buttons.cancel import tell_running
from bot.frontends.discord.buttons.holder import app_of
from bot.frontends.discord.buttons.looks import Look
from bot.frontends.discord.errors import tell
from bot.frontends.discord.speaking import SpeaksToReader


class AnswerButton(SpeaksToReader, DynamicItem[Button[View]], template=Look("answer").template):
    """A button that acts on the answer that its custom_id names; each kind gives its `look` and `press`."""

    look: ClassVar[Look]

    def __init__(self, answer_id: str) -> None:
        super().__init__(self.look.button(answer_id))
        self.answer_id = answer_id

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], match: re.Match[str]) -> Self:
        """Return the button that was pressed."""
        return cls(match["answer"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button is for, or tell who pressed it why not."""
        try:
            await self.press(interaction, app_of(interaction))
        except AnswerRunning as error:
            await tell_running(error, interaction)
        except Exception as error:  # noqa: BLE001 - discord.py would log it and tell nobody
            await tell(error, interaction)

    async def press(self, interaction: discord.Interaction[Any], app: App) -> None:
        """Do what the button is for. What it raises is told to who pressed it."""
        raise NotImplementedError

    async def answer(self, app: App) -> Answer:
        """Return the answer. Raises AnswerGone."""
        answer = await app.archive.get(self.answer_id)
        if answer is None:
            raise AnswerGone
        return answer


def is_private(interaction: discord.Interaction[Any]) -> bool:
    """Return whether the message with the button is seen by one member alone."""
    return interaction.message is not None and interaction.message.flags.ephemeral
