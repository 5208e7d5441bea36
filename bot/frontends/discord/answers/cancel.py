"""The button that ends an answer while it is written; who asked alone may press it."""

import re
from typing import Any, Self

import discord
from discord.ui import Button, DynamicItem, Item, View

from bot.errors.requests import AnswerOver, AnswerRunning, NotYours
from bot.frontends.discord.shared.components import reports_errors, view_of
from bot.frontends.discord.shared.errors import sentence_for
from bot.frontends.discord.shared.interactions import InReadersLocale, app_of, locale_for
from bot.i18n.translation import gettext, phrase, use_locale

STOPPED = phrase("Cancelled. You can ask again.")


class CancelButton(InReadersLocale, DynamicItem[Button[View]], template=r"cancel:(?P<job>[0-9a-f]{1,40})"):
    """Stops the job that its custom_id names. After a restart there is none."""

    def __init__(self, job_id: str) -> None:
        super().__init__(
            Button(label=gettext("Cancel"), style=discord.ButtonStyle.secondary, custom_id=f"cancel:{job_id}")
        )
        self._job_id = job_id

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], match: re.Match[str]) -> Self:
        """Return the button that was pressed."""
        return cls(match["job"])

    @reports_errors
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Stop the answer; its own message then shows what was checked so far."""
        job = app_of(interaction).answer_queue.find(self._job_id)
        if job is None:
            raise AnswerOver
        if job.user != str(interaction.user.id):
            raise NotYours(action=phrase("cancel this answer"))
        job.stop()
        if interaction.message is not None and interaction.message.embeds:
            await interaction.response.defer()
        else:  # the refusal of a second question
            await interaction.response.edit_message(content=STOPPED.localized(), view=None)


def cancel_view(job_id: str) -> View:
    """Return the button by itself. It needs a running event loop."""
    return view_of(CancelButton(job_id))


async def report_running(error: AnswerRunning, interaction: discord.Interaction[Any]) -> None:
    """Tell a user, alone, that another answer of theirs is being written, with the button that ends that one."""
    with use_locale(await locale_for(interaction, private=True)):
        text, view = sentence_for(error), cancel_view(str(error.facts["job"]))
    if interaction.response.is_done():
        await interaction.followup.send(text, view=view, ephemeral=True)
    else:
        await interaction.response.send_message(text, view=view, ephemeral=True)
