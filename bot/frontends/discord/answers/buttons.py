"""The buttons below an answer. Each acts on the answer that its custom_id names."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any, ClassVar

import discord
from discord.ui import Label, Modal, TextInput, View

from bot.answers.again import ask_again
from bot.answers.answer import Answer
from bot.answers.answer_queue import AnswerJob
from bot.answers.planning.followups import needs_history
from bot.answers.request import Conversation, RequestContext
from bot.app import App
from bot.errors.requests import AnswerGone, AnswerRunning, ConversationOver, NotYours
from bot.errors.services import ThreadRefused
from bot.frontends.discord.answers import streaming
from bot.frontends.discord.answers.rendering import answer_embeds, evidence_embeds, has_evidence
from bot.frontends.discord.papers.pages import Results, first_page, similar_embed, turning
from bot.frontends.discord.shared.components import PersistentButton, is_private, view_of
from bot.frontends.discord.shared.interactions import AppClient, caller_of, locale_for
from bot.frontends.discord.shared.permissions import is_member, missing_for, missing_for_thread, takes_threads
from bot.i18n.translation import gettext, phrase, use_locale
from bot.latex import readable
from bot.store.answers import Vote
from bot.text import one_line, shorten

FOLLOW_UP_FORM = "follow-up:"
"""How the custom_id of the form for a follow-up question begins; the answer's id follows."""

QUESTION = "question"
"""The custom_id of the form's field."""

_ANSWER = r"(?P<answer>[A-Za-z0-9]{1,40})"
_SIMILAR_PAPERS = 5
_NAME_LIMIT = 100  # https://discord.com/developers/docs/resources/channel#start-thread-from-message
_THREAD_EXISTS = 160004


class AnswerButton(PersistentButton, template=_ANSWER):
    """A button that acts on an answer."""

    @property
    def answer_id(self) -> str:
        """The id of the answer."""
        return self.values["answer"]

    async def answer(self, app: App) -> Answer:
        """Load the answer that the button's custom_id names. Raises AnswerGone."""
        answer = await app.archive.get(self.answer_id)
        if answer is None:
            raise AnswerGone
        return answer


def view_below(answer: Answer, *, threads: bool = True) -> View | None:
    """Return the buttons that an answer has; None when it is not kept. It needs a running event loop.

    Without `threads` there is no button for one: a private answer, which its user alone sees, can't hold any, nor can
    a direct message, another thread, or a server that the bot is no member of.
    """
    if answer.id is None:
        return None
    wanted: dict[type[AnswerButton], bool] = {
        EvidenceButton: has_evidence(answer),
        ListButton: bool(answer.list_keys),
        FollowUpButton: True,
        SimilarButton: bool(answer.sources),
        RegenerateButton: True,
        ThreadButton: threads,
        GoodButton: True,
        BadButton: True,
    }
    return view_of(*(button(answer=answer.id) for button, there in wanted.items() if there))


class EvidenceButton(AnswerButton, template=f"evidence:{_ANSWER}"):
    """Shows what supports the answer's sentences."""

    name = phrase("Evidence")

    async def act(self, interaction: discord.Interaction, app: App) -> None:
        """Show the evidence. Raises AnswerGone."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        for embed in evidence_embeds(await self.answer(app)):
            await interaction.followup.send(embed=embed, ephemeral=True)


class ListButton(AnswerButton, template=f"list:{_ANSWER}"):
    """Opens the whole list of which the answer shows the first papers, page by page, for the one who presses it."""

    name = phrase("All papers")

    async def act(self, interaction: discord.Interaction, app: App) -> None:
        """Show the first page. Raises AnswerGone and StoreError."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        answer = await self.answer(app)
        results = Results(
            query=answer.question, keys=answer.list_keys, searched=answer.searched, notice=answer.notice or ""
        )
        page = await first_page(results, app=app)
        view = turning(page) or discord.utils.MISSING
        await interaction.followup.send(embed=page.embed, view=view, ephemeral=True)


class SimilarButton(AnswerButton, template=f"similar:{_ANSWER}"):
    """Lists papers that are like the first source."""

    name = phrase("Similar")

    async def act(self, interaction: discord.Interaction, app: App) -> None:
        """List the papers. Raises AnswerGone and StoreEmpty."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        paper = (await self.answer(app)).sources[0].paper
        hits = await app.searcher.similar(paper, limit=_SIMILAR_PAPERS)
        embed = similar_embed(paper, [hit.paper for hit in hits])
        await interaction.followup.send(embed=embed, ephemeral=True)


_VOTED = {
    Vote.GOOD: phrase("Thanks, noted as helpful. Press again to undo."),
    Vote.BAD: phrase("Thanks, noted as not helpful. Press again to undo."),
}
_VOTE_REMOVED = phrase("Your feedback on this answer was removed.")


class VoteButton(AnswerButton, template=_ANSWER):
    """Notes whether the answer was helpful."""

    at_row = 1  # Discord has room for five buttons in each row
    vote: ClassVar[Vote]

    async def act(self, interaction: discord.Interaction, app: App) -> None:
        """Note the vote, or remove it where the same was noted before. Raises AnswerGone."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        await self.answer(app)
        now = app.clock().timestamp()
        noted = await app.feedback.toggle(self.answer_id, str(interaction.user.id), self.vote, now=now)
        await interaction.followup.send((_VOTED[noted] if noted else _VOTE_REMOVED).localized(), ephemeral=True)


class GoodButton(VoteButton, template=f"good:{_ANSWER}"):
    """👍: records that the answer was helpful."""

    emoji = "👍"
    vote = Vote.GOOD


class BadButton(VoteButton, template=f"bad:{_ANSWER}"):
    """👎: records that the answer was not helpful."""

    emoji = "👎"
    vote = Vote.BAD


class FollowUpButton(AnswerButton, template=f"follow:{_ANSWER}"):
    """Opens the form for a question, which AnswersCog answers."""

    name = phrase("Follow up")

    async def act(self, interaction: discord.Interaction, app: App) -> None:
        """Open the form for who may ask, unless the answer is gone. Raises AnswerGone and AccessRefused."""
        await self.answer(app)
        await app.access.check(caller_of(interaction))
        form = Modal(title=gettext("Follow up"), custom_id=f"{FOLLOW_UP_FORM}{self.answer_id}")
        question = TextInput[Any](
            style=discord.TextStyle.paragraph,
            placeholder=gettext("For example: and what about its training cost?"),
            max_length=app.settings.limits.question_chars,
            custom_id=QUESTION,
        )
        form.add_item(Label(text=gettext("Your question"), component=question))
        form.stop()  # so that discord.py doesn't keep it
        await interaction.response.send_modal(form)


class ThreadButton(AnswerButton, template=f"thread:{_ANSWER}"):
    """Opens a thread at the message, named after the question."""

    name = phrase("Thread")

    async def act(self, interaction: discord.Interaction, app: App) -> None:
        """Open the thread and say how to go on there. Raises AnswerGone and ThreadRefused."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        answer = await self.answer(app)
        message = interaction.message
        if message is None or interaction.guild_id is None:
            raise ThreadRefused(reason=phrase("direct messages don't have threads"))
        if not is_member(interaction):
            raise ThreadRefused(reason=phrase("I'm not in this server; an admin can add me"))
        if isinstance(interaction.channel, discord.Thread):
            raise ThreadRefused(reason=phrase("this is already a thread"))
        if lacking := missing_for_thread(interaction.app_permissions):
            raise _lacking(lacking)
        try:
            thread = await message.create_thread(name=shorten(readable(one_line(answer.question)), _NAME_LIMIT))
        except discord.Forbidden:
            raise _lacking(missing_for(interaction) or ["Create Public Threads"]) from None
        except (discord.HTTPException, ValueError) as error:
            if isinstance(error, discord.HTTPException) and error.code == _THREAD_EXISTS:
                raise ThreadRefused(reason=phrase("there's already one below the message")) from None
            raise ThreadRefused(reason=phrase("this kind of channel doesn't have threads")) from error
        await app.archive.attach(self.answer_id, str(message.id))  # the thread has the id of its message
        with use_locale(await locale_for(interaction, private=False)):
            go_on = _GO_ON_UNMENTIONED if interaction.client.intents.message_content else _GO_ON
            await thread.send(go_on.localized())
        text = gettext("The conversation continues in {thread}.").format(thread=f"<#{thread.id}>")
        await interaction.followup.send(text, ephemeral=True)


def _lacking(permissions: Sequence[str]) -> ThreadRefused:
    named = gettext("I need {permissions}, which an admin can grant").format(permissions=" and ".join(permissions))
    return ThreadRefused(reason=named)


_GO_ON = phrase(
    "Continue here: mention me with your next question, or reply to one of my answers with the ping left on. I "
    "know what we talked about; everyone else starts their own conversation."
)
_GO_ON_UNMENTIONED = phrase(
    "Continue here: just write your next question, no mention needed. I know what we talked about; "
    "everyone else starts their own conversation. I answer messages that mention or reply to someone else "
    "only if they mention me too."
)


class RegenerateButton(AnswerButton, template=f"again:{_ANSWER}"):
    """Answers the same question again in the same message, past the answers kept for equal questions; for its user."""

    name = phrase("Regenerate")
    in_public = True

    async def act(self, interaction: discord.Interaction, app: App) -> None:
        """Put a new answer in place of the old one. Raises AnswerGone, NotYours, AccessRefused and ConversationOver."""
        answer, conversation = await self.answer(app), await app.archive.conversation_of(self.answer_id)
        if conversation is None:
            raise AnswerGone
        if conversation.requester.user != str(interaction.user.id):
            raise NotYours(action=phrase("regenerate this answer"))
        try:
            with app.answer_queue.job(str(interaction.user.id)) as job:
                await app.access.check(caller_of(interaction))
                await interaction.response.defer()
                await self._again(interaction, answer, conversation, job, app)
        except AnswerRunning as error:
            await streaming.report_running(error, interaction)

    async def _again(
        self, interaction: discord.Interaction, answer: Answer, conversation: Conversation, job: AnswerJob, app: App
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
        below = partial(view_below, threads=not private and takes_threads(interaction))
        message = streaming.streamed_response(interaction, private=private)
        written: Answer | None = None
        try:
            written = await streaming.show_answer(events, message, archive=app.archive, job=job, below=below)
        finally:
            if written is None and not message.finished:
                # The old answer's last message is the one with the buttons.
                with suppress(streaming.MessageDeleted):
                    await message.finish(answer_embeds(answer)[-1:], view=below(answer))
        if written is not None and written.id is not None:
            await _delete(await app.archive.replace(self.answer_id, by=written.id), interaction)


async def _delete(messages: tuple[str, ...], interaction: discord.Interaction) -> None:
    """Delete the other messages of an old answer that was longer than one."""
    channel = interaction.channel
    if not isinstance(channel, discord.TextChannel | discord.Thread | discord.DMChannel):
        return
    for message in messages:
        with suppress(discord.HTTPException):
            await channel.get_partial_message(int(message)).delete()


async def setup(client: AppClient) -> None:
    """Add the buttons."""
    client.add_dynamic_items(
        streaming.CancelButton,
        EvidenceButton,
        ListButton,
        FollowUpButton,
        SimilarButton,
        RegenerateButton,
        ThreadButton,
        GoodButton,
        BadButton,
    )
