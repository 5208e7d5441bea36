"""/ask, /summarise, /compare and /explain, and the form for a follow-up question."""

from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.answers.request import Level
from bot.app import App
from bot.frontends.discord.answers.buttons import FOLLOW_UP_FORM, QUESTION
from bot.frontends.discord.answers.personal import personal_text, reply_in_private
from bot.frontends.discord.answers.responding import respond
from bot.frontends.discord.shared.autocomplete import suggest_subjects, suggest_topics
from bot.frontends.discord.shared.components import form_id, form_texts, is_private
from bot.frontends.discord.shared.errors import report_error
from bot.frontends.discord.shared.interactions import AppClient, locale_for
from bot.frontends.discord.shared.requests import command_context, follow_up_context
from bot.i18n.translation import use_locale

_SIDES = ("first", "second", "third", "fourth", "fifth")
_PRIVATE = "Only you can see the answer"


class AnswersCog(commands.Cog):
    """The commands that are answered by the assistant."""

    def __init__(self, *, app: App) -> None:
        self._app = app

    @app_commands.command(description="Ask about the papers. Answers come from their abstracts, with sources.")
    @app_commands.describe(question="For example: what is Stormer?", private=_PRIVATE)
    async def ask(self, interaction: discord.Interaction, question: str, private: bool = False) -> None:
        """Answer the question in a new conversation; with `private`, only the asker sees it."""
        context = command_context(interaction, app=self._app)
        if personal_text(question, app=self._app) is not None:
            await reply_in_private(interaction, question, context=context, app=self._app)
            return
        await respond(interaction, self._app.assistant.ask(question, context=context), app=self._app, private=private)

    @app_commands.command(description="Summarise papers, or what's new on a topic, from abstracts.")
    @app_commands.describe(
        subject="arXiv ids, links or titles, separated by semicolons; or a topic, optionally with a period",
        private=_PRIVATE,
    )
    @app_commands.autocomplete(subject=suggest_subjects)
    async def summarise(self, interaction: discord.Interaction, subject: str, private: bool = False) -> None:
        """Summarise the subjects, separated by semicolons, in a new conversation."""
        subjects = [part for part in map(str.strip, subject.split(";")) if part] or [subject]
        context = command_context(interaction, app=self._app)
        await respond(
            interaction, self._app.assistant.summarise(subjects, context=context), app=self._app, private=private
        )

    @app_commands.command(description="Compare two to five papers or topics side by side, from their abstracts.")
    @app_commands.describe(
        **dict.fromkeys(_SIDES, "arXiv id, link, title or topic"),
        aspects="Extra aspects besides problem, method, data, result, cost and code, separated by commas",
        private=_PRIVATE,
    )
    @app_commands.autocomplete(**dict.fromkeys(_SIDES, suggest_subjects))
    async def compare(
        self,
        interaction: discord.Interaction,
        first: str,
        second: str,
        third: str | None = None,
        fourth: str | None = None,
        fifth: str | None = None,
        aspects: str | None = None,
        private: bool = False,
    ) -> None:
        """Compare the sides in a new conversation; `aspects` are extra rows, separated by commas."""
        sides = [side for side in (first, second, third, fourth, fifth) if side]
        context = command_context(interaction, app=self._app)
        events = self._app.assistant.compare(sides, aspects=(aspects or "").split(","), context=context)
        await respond(interaction, events, app=self._app, private=private)

    @app_commands.command(description="Explain a term, based on the papers' abstracts.")
    @app_commands.describe(
        term="For example: spiking neural network",
        level="Who it's for; default: practitioner",
        private=_PRIVATE,
    )
    @app_commands.autocomplete(term=suggest_topics)
    async def explain(
        self,
        interaction: discord.Interaction,
        term: str,
        level: Literal["newcomer", "practitioner", "expert"] = "practitioner",
        private: bool = False,
    ) -> None:
        """Explain the term for a reader of this `level`, in a new conversation."""
        context = command_context(interaction, app=self._app)
        events = self._app.assistant.explain(term, level=Level(level), context=context)
        await respond(interaction, events, app=self._app, private=private)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Answer as a reply to the message with the button, in the requester's own conversation."""
        prefix, _, answer_id = form_id(interaction).partition(":")
        if f"{prefix}:" != FOLLOW_UP_FORM:
            return
        private = is_private(interaction)
        with use_locale(await locale_for(interaction, private=private)):
            try:
                question = form_texts(interaction).get(QUESTION, "")
                context = await follow_up_context(interaction, answer_id, question, app=self._app)
                if personal_text(question, app=self._app) is not None:
                    await reply_in_private(interaction, question, context=context, app=self._app)
                    return
                events = self._app.assistant.ask(question, context=context)
                await respond(interaction, events, app=self._app, private=private)
            except Exception as error:  # noqa: BLE001 - top-level error boundary
                await report_error(error, interaction)


async def setup(client: AppClient) -> None:
    """Add the cog."""
    await client.add_cog(AnswersCog(app=client.app))
