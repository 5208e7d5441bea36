"""/save and /saved: papers that a member keeps, for their eyes alone."""

from collections.abc import Sequence

import discord
from discord import app_commands
from discord.ext import commands
from discord.utils import MISSING

from bot.answers.subjects import Subject
from bot.app import App
from bot.errors.requests import PaperUnknown
from bot.frontends.discord.saved.saved_list import saved_embed, saved_view
from bot.frontends.discord.shared.autocomplete import suggest_papers
from bot.frontends.discord.shared.sources import cited_title
from bot.i18n.translation import gettext, phrase
from bot.library import NOTE_LIMIT
from bot.models import Paper
from bot.text import shorten

MOST_PAPERS = 5
"""How many papers are taken from one message or one command."""

_NAME_LIMIT = 100
_ADVICE = phrase("Use its arXiv id, a link to it or its full title; /search shows them.")


async def named_papers(text: str, *, app: App) -> list[Paper]:
    """Return the papers that a text names by ids, links or a title. Raises QuestionError, such as PaperUnknown."""
    return [_paper(subject) for subject in await app.subjects.resolve([text])]


async def save_all(papers: Sequence[Paper], *, user: str, note: str | None = None, app: App) -> str:
    """Save the first MOST_PAPERS and return what to say, as Discord's markdown. Raises SavedFull."""
    lines: list[str] = []
    for paper in papers[:MOST_PAPERS]:
        new = await app.saved.save(user, paper, note=note)
        said = gettext("Saved: {paper}") if new else _again(note)
        lines.append(said.format(paper=cited_title(paper)))
    if len(papers) > MOST_PAPERS:
        lines.append(first_of(len(papers)))
    below = gettext("Only you can see this. `/saved` lists your saved papers.")
    return "\n".join([*lines, f"-# {below}"])


def first_of(number: int) -> str:
    """Say that more papers were named than are taken."""
    return gettext("That's {number} papers; I used only the first {taken}.").format(number=number, taken=MOST_PAPERS)


def _again(note: str | None) -> str:
    return gettext("Already saved, note updated: {paper}") if note else gettext("Already saved: {paper}")


def _paper(subject: Subject) -> Paper:
    if subject.paper is None:
        raise PaperUnknown(
            name=phrase("a paper called “{text}”", text=shorten(subject.text, _NAME_LIMIT)), advice=_ADVICE
        )
    return subject.paper


class SavedCog(commands.Cog):
    """Saved papers."""

    def __init__(self, *, app: App) -> None:
        self._app = app

    @app_commands.command(description="Save a paper for yourself, with an optional note.")
    @app_commands.describe(paper="arXiv id, link or full title", note="Your own note; only you can see it")
    @app_commands.autocomplete(paper=suggest_papers)
    async def save(
        self,
        interaction: discord.Interaction[commands.Bot],
        paper: str,
        note: app_commands.Range[str, 1, NOTE_LIMIT] | None = None,
    ) -> None:
        """Save it, or the papers when several are named by id or link."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        papers = await named_papers(paper, app=self._app)
        text = await save_all(papers, user=str(interaction.user.id), note=note, app=self._app)
        await interaction.followup.send(text, ephemeral=True, suppress_embeds=True)

    @app_commands.command(description="List your saved papers; export them or remove some.")
    async def saved(self, interaction: discord.Interaction[commands.Bot]) -> None:
        """Show the first page to who asks alone."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        saved = await self._app.saved.of_user(str(interaction.user.id))
        await interaction.followup.send(
            embed=saved_embed(saved, 0), view=saved_view(saved, 0) or MISSING, ephemeral=True
        )
