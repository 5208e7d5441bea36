"""The button with which who asked has the same answered anew, in the same message."""

from contextlib import suppress
from typing import Any

import discord
from discord.ui import View
from discord.utils import MISSING

from bot.answers.answer import Answer
from bot.answers.answer_queue import Job
from bot.answers.assistant import ask_again
from bot.answers.planning.followups import needs_history
from bot.answers.request import Conversation, RequestContext
from bot.app import App
from bot.errors.requests import AnswerGone, ConversationOver, NotYours
from bot.frontends.discord.answers.buttons import REGENERATE, AnswerButton, is_private, view_below
from bot.frontends.discord.answers.rendering import answer_embeds
from bot.frontends.discord.answers.showing import show_answer
from bot.frontends.discord.answers.streaming import MessageDeleted, StreamedMessage, hand_over
from bot.frontends.discord.shared.interactions import caller_of
from bot.frontends.discord.shared.permissions import takes_threads
from bot.i18n.translation import phrase


class RegenerateButton(AnswerButton, template=REGENERATE.template):
    """Asks anew, past the answers that are kept for equal questions."""

    look = REGENERATE
    in_public = True

    async def press(self, interaction: discord.Interaction[Any], app: App) -> None:
        """Put a new answer in place of the old one.

        Raises AnswerGone, NotYours, AnswerRunning, HouseRefusal and ConversationOver.
        """
        answer, conversation = await self.answer(app), await app.archive.conversation_of(self.answer_id)
        if conversation is None:
            raise AnswerGone
        if conversation.requester.user != str(interaction.user.id):
            raise NotYours(action=phrase("regenerate this answer"))
        with app.answer_queue.job(str(interaction.user.id)) as job:
            await app.access.check(caller_of(interaction))
            await interaction.response.defer()
            await self._again(interaction, answer, conversation, job, app)

    async def _again(
        self, interaction: discord.Interaction[Any], answer: Answer, conversation: Conversation, job: Job, app: App
    ) -> None:
        history, over = await app.conversations.history(conversation, before=self.answer_id)
        if over and needs_history(answer.question):
            raise ConversationOver(hours=app.settings.store.conversation_hours)
        context = RequestContext(
            requester=conversation.requester, conversation=conversation, zone=app.settings.digest.zone, fresh=True
        )
        again = ask_again(app.assistant, answer, history=history, context=context)
        events = app.access.serve(caller_of(interaction), app.answer_queue.serve(job, again))
        private = is_private(interaction)
        threads = not private and takes_threads(interaction)
        message = _same_message(interaction, private=private)
        anew: Answer | None = None
        try:
            anew = await show_answer(events, message, archive=app.archive, job=job, threads=threads)
        finally:
            if anew is None and not message.finished:
                await self._restore(answer, message, threads=threads)
        if anew is not None and anew.id is not None:
            await _delete(await app.archive.replace(self.answer_id, by=anew.id), interaction)

    async def _restore(self, answer: Answer, message: StreamedMessage, *, threads: bool) -> None:
        """Show again what stood there: its last message is the one with the buttons."""
        with suppress(MessageDeleted):
            await message.finish(answer_embeds(answer)[-1:], view=view_below(answer, threads=threads))


def _same_message(interaction: discord.Interaction[Any], *, private: bool) -> StreamedMessage:
    async def send(embed: discord.Embed, *, view: View = MISSING) -> discord.Message:
        return await interaction.edit_original_response(embed=embed, view=view)

    async def also(embed: discord.Embed, *, view: View = MISSING) -> discord.Message:
        return await interaction.followup.send(embed=embed, view=view, wait=True, ephemeral=private)

    return StreamedMessage(send=send, also=also, handed_over=hand_over(interaction, private=private))


async def _delete(messages: tuple[str, ...], interaction: discord.Interaction[Any]) -> None:
    """Delete the other messages of an old answer that was longer than one."""
    channel = interaction.channel
    if not isinstance(channel, discord.TextChannel | discord.Thread | discord.DMChannel):
        return
    for message in messages:
        with suppress(discord.HTTPException):
            await channel.get_partial_message(int(message)).delete()
