"""What concerns its author alone: small talk, and papers to save or topics to follow for them.

Nobody waits for an answer from the papers here, so that it neither counts as one nor takes a place in the queue.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing

import discord

from bot.answers.events import Action, ActionWanted, Done, Event
from bot.answers.planning.plan import clean_question
from bot.answers.request import RequestContext
from bot.answers.talking import asks_nothing
from bot.app import App
from bot.errors.requests import QuestionError
from bot.follows.follow import FollowKind, Wish, private
from bot.frontends.discord.shared.errors import sentence_for
from bot.frontends.discord.shared.following import follow_now, unfollow_now
from bot.frontends.discord.shared.interactions import caller_of, locale_for
from bot.frontends.discord.shared.markdown import escape
from bot.frontends.discord.shared.saving import save_all, unsave_all
from bot.i18n.translation import gettext, use_locale


def personal_text(text: str, *, app: App) -> str | None:
    """Return a message, cleaned, that concerns its author alone; None for any other, and one that can't be used."""
    try:
        cleaned = clean_question(text, limit=app.settings.limits.question_chars)
    except QuestionError:
        return None
    return cleaned if asks_nothing(cleaned) else None


async def personal_reply(events: AsyncGenerator[Event], *, user: str, alone: bool, app: App) -> str:
    """Do what is wanted and return what to reply, in Discord's markdown.

    `alone` is whether the user alone sees it. Raises what the events raise, and QuestionError such as SavedFull.
    """
    done: list[str] = []
    async with aclosing(events):
        async for event in events:
            match event:
                case ActionWanted():
                    done.append(await carry_out(event, user=user, alone=alone, app=app))
                case Done(answer) if not done:
                    done.append(escape(answer.notice or ""))
                case _:
                    pass
    return "\n\n".join(done)


async def carry_out(wanted: ActionWanted, *, user: str, alone: bool, app: App) -> str:
    """Do what a user wants and return what to reply, as the commands do. Raises QuestionError, such as SavedFull."""
    match wanted.action:
        case Action.SAVE if wanted.papers:
            return await save_all(wanted.papers, app.saved, user=user, private=alone)
        case Action.UNSAVE if wanted.papers:
            return await unsave_all(wanted.papers, app.saved, user=user)
        case Action.SAVE:
            return gettext("Name a paper: “save” with its id, a link or its title, or use `/save`.")
        case Action.UNSAVE | Action.SHOW_SAVED:
            return gettext("`/saved` lists your saved papers, exports them and removes some.")
        case Action.UNFOLLOW if wanted.papers or wanted.subject:
            paper = wanted.papers[0] if wanted.papers else None
            return await unfollow_now(user, wanted.subject, paper, app=app)
        case Action.FOLLOW if wanted.papers or wanted.subject:
            wish = Wish(destination=private(user))
            texts = [
                await follow_now(FollowKind(wanted.kind or FollowKind.PAPER), followed, wish, app=app)
                for followed in wanted.papers or [wanted.subject]
            ]
            return "\n".join(texts)
        case Action.FOLLOW:
            return gettext("Name a topic: “follow spiking transformers”, or use `/follow`.")
        case _:
            return gettext("`/following` lists what you follow, and unfollows.")


async def reply_in_private(interaction: discord.Interaction, text: str, *, context: RequestContext, app: App) -> None:
    """Answer a command or a form whose text concerns its user alone, as /save and /follow answer.

    Raises AccessRefused by the rules of the server, and QuestionError.
    """
    await app.access.check_place(caller_of(interaction))
    with use_locale(await locale_for(interaction, private=True)):
        await interaction.response.defer(thinking=True, ephemeral=True)
        events = app.assistant.ask(text, context=context)
        reply = await personal_reply(events, user=str(interaction.user.id), alone=True, app=app)
        await interaction.followup.send(reply, ephemeral=True, suppress_embeds=True)


async def act_beside(interaction: discord.Interaction, wanted: ActionWanted, *, app: App) -> None:
    """Do what was wanted beside an answer, and tell its user alone, also what is wrong with it."""
    with use_locale(await locale_for(interaction, private=True)):
        try:
            text = await carry_out(wanted, user=str(interaction.user.id), alone=True, app=app)
        except QuestionError as error:
            text = sentence_for(error)
        await interaction.followup.send(text, ephemeral=True, suppress_embeds=True)
