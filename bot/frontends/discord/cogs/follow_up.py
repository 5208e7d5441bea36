"""Questions by the form of the button Follow up."""

import discord
from discord.ext import commands

from bot.app import App
from bot.frontends.discord.buttons.answer_button import is_private
from bot.frontends.discord.buttons.follow_up import FOLLOW_UP_FORM, QUESTION
from bot.frontends.discord.commanding import respond
from bot.frontends.discord.conversing import follow_up_inquiry
from bot.frontends.discord.errors import tell
from bot.frontends.discord.forms import form_id, form_texts
from bot.frontends.discord.speaking import locale_for
from bot.translation import speaking


class FollowUpCog(commands.Cog):
    """Answers, also when the form was opened before a restart."""

    def __init__(self, *, app: App) -> None:
        self._app = app

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction[commands.Bot]) -> None:
        """Answer as a reply to the message with the button, in the conversation of who asks."""
        prefix, _, answer_id = form_id(interaction).partition(":")
        if f"{prefix}:" != FOLLOW_UP_FORM:
            return
        private = is_private(interaction)
        with speaking(await locale_for(interaction, private=private)):
            try:
                question = form_texts(interaction).get(QUESTION, "")
                inquiry = await follow_up_inquiry(interaction, answer_id, question, app=self._app)
                events = self._app.assistant.respond(question, inquiry=inquiry)
                await respond(interaction, events, app=self._app, private=private)
            except Exception as error:  # noqa: BLE001 - the ladder's last rung
                await tell(error, interaction)
