"""A message that mentions the bot, or comes by DM, is a question; the answer is a reply.

With the intent Message Content, so is one in a thread that the bot opened.

shared/requests.py finds the conversation that it continues, and names the replies that Discord lets the bot read.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

import discord
from cachetools import TTLCache
from discord.ext import commands

from bot.answers.events import ActionWanted
from bot.answers.planning.actions import order_language
from bot.app import App
from bot.errors.requests import AccessRefused, AnswerRunning, ChannelRefused, QuestionError, ReplyUnreadable
from bot.frontends.discord.answers.buttons import view_below
from bot.frontends.discord.answers.personal import carry_out, personal_reply, personal_text
from bot.frontends.discord.answers.streaming import MISSING, StreamedMessage, cancel_view, show_answer
from bot.frontends.discord.channel_memory import remember_answer
from bot.frontends.discord.shared.errors import report_error_by, sentence_for
from bot.frontends.discord.shared.interactions import AppClient, caller_by_message, locale_for_guild
from bot.frontends.discord.shared.permissions import is_own_thread, message_takes_thread, missing_at
from bot.frontends.discord.shared.requests import message_context
from bot.guilds.access import Caller
from bot.i18n.translation import set_locale

IN_A_CHANNEL = timedelta(hours=1)
"""The least time between two messages in a channel that questions go elsewhere."""

TO_A_USER = timedelta(minutes=1)
"""The least time between two refusals of the same kind to a user in a channel."""

_REMEMBERED = 10_000


class RefusalThrottle:
    """Decides whether a refusal is to be posted, which it remembers for as long as the process lives."""

    def __init__(self, *, clock: Callable[[], datetime]) -> None:
        def seconds() -> float:
            return clock().timestamp()

        self._channels: TTLCache[object, bool] = TTLCache(_REMEMBERED, IN_A_CHANNEL.total_seconds(), timer=seconds)
        self._users: TTLCache[object, bool] = TTLCache(_REMEMBERED, TO_A_USER.total_seconds(), timer=seconds)

    def now(self, error: AccessRefused, caller: Caller) -> bool:
        """Return whether a refusal is to be posted now, and count it as posted."""
        by_channel = isinstance(error, ChannelRefused)
        posted = self._channels if by_channel else self._users
        key = caller.channel if by_channel else (caller.channel, caller.user, type(error))
        first = key not in posted
        if first:
            posted[key] = True
        return first


class MentionsCog(commands.Cog):
    """Questions by message. Discord gives the text of such messages without a privileged intent."""

    def __init__(self, *, client: commands.Bot, app: App) -> None:
        self._client = client
        self._app = app
        self._refusals = RefusalThrottle(clock=app.clock)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a member's question."""
        if message.author.bot or not self._addressed(message):
            return
        set_locale(await locale_for_guild(message.guild, app=self._app))

        async def send(embed: discord.Embed, *, view: discord.ui.View = MISSING) -> discord.Message:
            return await message.reply(embed=embed, view=view, mention_author=False)

        async def also(embed: discord.Embed, *, view: discord.ui.View = MISSING) -> discord.Message:
            return await message.channel.send(embed=embed, view=view)

        async def say(text: str, *, view: discord.ui.View = MISSING) -> discord.Message:
            return await message.reply(text, view=view, mention_author=False, suppress_embeds=True)

        caller = caller_by_message(message)
        try:
            await self._app.access.check_place(caller)
            self._check_readable(message)
            if (text := personal_text(message.content, app=self._app)) is not None:
                await say(await self._personal_reply(message, text))
                return
            question = await self._app.assistant.check(message.content)
            with self._app.answer_queue.job(str(message.author.id)) as job:
                await self._app.access.check(caller)
                async with message.channel.typing():
                    context = await message_context(message, question, app=self._app)
                    served = self._app.answer_queue.serve(job, self._app.assistant.ask(question, context=context))
                    events = self._app.access.serve(caller, served)
                    shown = StreamedMessage(send=send, also=also)
                    below = partial(view_below, threads=message_takes_thread(message))
                    act = partial(self._act_beside, message, say)
                    answer = await show_answer(events, shown, archive=self._app.archive, job=job, below=below, act=act)
                    guild_id, channel_id = message.guild.id if message.guild else None, message.channel.id
                    memory = self._app.channel_memory
                    await remember_answer(memory, answer, shown.first, guild_id=guild_id, channel_id=channel_id)
        except AnswerRunning as error:
            with suppress(discord.HTTPException):
                await say(sentence_for(error), view=cancel_view(str(error.facts["job"])))
        except AccessRefused as error:
            if self._refusals.now(error, caller):
                await report_error_by(error, say, lacking=missing_at(message))
        except Exception as error:  # noqa: BLE001 - top-level error boundary: whatever it is, the user gets a sentence
            await report_error_by(error, say, lacking=missing_at(message))

    async def _act_beside(
        self, message: discord.Message, say: Callable[[str], Awaitable[object]], wanted: ActionWanted
    ) -> None:
        """Do what was wanted beside an answer, and say so, or what is wrong with it."""
        try:
            await say(await carry_out(wanted, user=str(message.author.id), alone=not message.guild, app=self._app))
        except QuestionError as error:
            await say(sentence_for(error))

    async def _personal_reply(self, message: discord.Message, text: str) -> str:
        """Do what a message wants for its author, and return what to reply."""
        context = await message_context(message, text, app=self._app)
        events = self._app.assistant.ask(text, context=context)
        user, alone = str(message.author.id), message.guild is None
        if alone and (spoken := order_language(text)):  # Discord doesn't give the language of a direct message
            set_locale(spoken)
        return await personal_reply(events, user=user, alone=alone, app=self._app)

    def _check_readable(self, message: discord.Message) -> None:
        """Raise ReplyUnreadable for a reply without any text: a mention alone would be text."""
        empty = not message.content and not message.attachments
        if empty and message.guild is not None and message.reference is not None and self._client.user:
            raise ReplyUnreadable(mention=f"@{self._client.user.name}")

    def _addressed(self, message: discord.Message) -> bool:
        if message.guild is None or (self._client.user is not None and self._client.user in message.mentions):
            return True
        return self._client.intents.message_content and self._goes_on(message)

    def _goes_on(self, message: discord.Message) -> bool:
        """Return whether a message in a thread that the bot opened is meant for it: it names and replies to nobody."""
        to_nobody = not message.mentions and not message.role_mentions and message.reference is None
        return to_nobody and bool(message.content) and is_own_thread(message.channel, self._client)


async def setup(client: AppClient) -> None:
    """Add the cog."""
    await client.add_cog(MentionsCog(client=client, app=client.app))
