"""The button with which anybody asks on."""

from typing import Any

import discord
from discord.ui import Label, Modal, TextInput

from bot.app import App
from bot.frontends.discord.buttons.answer_button import AnswerButton
from bot.frontends.discord.buttons.looks import FOLLOW_UP
from bot.frontends.discord.house.visiting import visit_of
from bot.translation import gettext

FOLLOW_UP_FORM = "follow-up:"
"""How the form's custom_id begins; the answer's id follows."""

QUESTION = "question"
"""The custom_id of its field."""


class FollowUpButton(AnswerButton, template=FOLLOW_UP.template):
    """Opens the form, whose question cogs/follow_up.py answers."""

    look = FOLLOW_UP

    async def press(self, interaction: discord.Interaction[Any], app: App) -> None:
        """Open the form for who may ask, unless the answer is gone. Raises AnswerGone and HouseRefusal."""
        await self.answer(app)
        await app.admission.check(visit_of(interaction))
        await interaction.response.send_modal(_form(self.answer_id, chars=app.settings.limits.question_chars))


def _form(answer_id: str, *, chars: int) -> Modal:
    form = Modal(title=gettext("Follow up"), custom_id=f"{FOLLOW_UP_FORM}{answer_id}")
    question = TextInput[Any](
        style=discord.TextStyle.paragraph,
        placeholder=gettext("For example: and what about its training cost?"),
        max_length=chars,
        custom_id=QUESTION,
    )
    form.add_item(Label(text=gettext("Your question"), component=question))
    form.stop()  # so that discord.py doesn't keep it
    return form
