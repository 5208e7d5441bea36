"""The button with which anybody asks on; the answer is a reply in their own conversation."""

from typing import Any

import discord
from discord.ui import Label, Modal, TextInput

from bot.app import App
from bot.frontends.discord.buttons.answer_button import AnswerButton, is_private
from bot.frontends.discord.buttons.looks import FOLLOW_UP
from bot.frontends.discord.commanding import respond
from bot.frontends.discord.conversing import follow_up_inquiry
from bot.frontends.discord.errors import tell
from bot.frontends.discord.house.visiting import visit_of
from bot.frontends.discord.speaking import SpeaksToReader
from bot.translation import gettext

FORM_LIFETIME_S = 900.0
"""How long a form is waited for; Discord doesn't tell when it is closed without an answer."""


class FollowUpButton(AnswerButton, template=FOLLOW_UP.template):
    """Opens the form."""

    look = FOLLOW_UP

    async def press(self, interaction: discord.Interaction[Any], app: App) -> None:
        """Open the form for who may ask, unless the answer is gone. Raises AnswerGone and HouseRefusal."""
        await self.answer(app)
        await app.admission.check(visit_of(interaction))
        await interaction.response.send_modal(FollowUpForm(self.answer_id, app=app, private=is_private(interaction)))


class FollowUpForm(SpeaksToReader, Modal):
    """One field for the next question; its answer is seen by all who see the one before it."""

    in_public = True

    def __init__(self, answer_id: str, *, app: App, private: bool) -> None:
        super().__init__(title=gettext("Follow up"), timeout=FORM_LIFETIME_S)
        self._answer_id = answer_id
        self._app = app
        self._private = private
        self._question = TextInput[Any](
            style=discord.TextStyle.paragraph,
            placeholder=gettext("For example: and what about its training cost?"),
            max_length=app.settings.limits.question_chars,
            custom_id="question",
        )
        self.add_item(Label(text=gettext("Your question"), component=self._question))

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        """Answer, as a reply to the message with the button."""
        question = self._question.value
        inquiry = await follow_up_inquiry(interaction, self._answer_id, question, app=self._app)
        events = self._app.assistant.respond(question, inquiry=inquiry)
        await respond(interaction, events, app=self._app, private=self._private)

    async def on_error(  # type: ignore[override]  # a form's has no item, unlike a view's
        self, interaction: discord.Interaction[Any], error: Exception
    ) -> None:
        """Tell who asked what went wrong."""
        await tell(error, interaction)
