"""What the buttons below an answer have in common: the answer that they name, and the one ladder for errors."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import discord
from discord.ui import Button, DynamicItem, Item, Label, Modal, TextInput, View

from bot.answers.answer import Answer
from bot.app import App
from bot.errors.requests import AnswerGone, AnswerRunning
from bot.frontends.discord.answers.cancel import report_running
from bot.frontends.discord.answers.evidence import evidence_embeds, has_evidence
from bot.frontends.discord.papers.lists import similar_embed
from bot.frontends.discord.shared.components import view_of
from bot.frontends.discord.shared.errors import report_error
from bot.frontends.discord.shared.interactions import InReadersLocale, app_of, caller_of
from bot.i18n.translation import Phrase, gettext, phrase
from bot.store.answers import Vote


@dataclass(frozen=True, slots=True)
class Look:
    """A kind of button. `row` counts from 0; Discord has room for five buttons in each."""

    name: str
    label: Phrase | None = None
    emoji: str | None = None
    row: int = 0

    @property
    def template(self) -> str:
        """The form of the custom_id, as a regular expression."""
        return rf"{self.name}:(?P<answer>[A-Za-z0-9]{{1,40}})"

    def button(self, answer_id: str) -> Button[View]:
        """Return a button for an answer."""
        return Button(
            label=self.label.localized() if self.label else None,
            emoji=self.emoji,
            style=discord.ButtonStyle.secondary,
            custom_id=f"{self.name}:{answer_id}",
            row=self.row,
        )


EVIDENCE = Look("evidence", phrase("Evidence"))
FOLLOW_UP = Look("follow", phrase("Follow up"))
SIMILAR = Look("similar", phrase("Similar"))
REGENERATE = Look("again", phrase("Regenerate"))
THREAD = Look("thread", phrase("Thread"))
GOOD = Look("good", emoji="👍", row=1)
BAD = Look("bad", emoji="👎", row=1)


class AnswerButton(InReadersLocale, DynamicItem[Button[View]], template=Look("answer").template):
    """A button that acts on the answer that its custom_id names; each kind gives its `look` and `press`."""

    look: ClassVar[Look]

    def __init__(self, answer_id: str) -> None:
        super().__init__(self.look.button(answer_id))
        self.answer_id = answer_id

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], match: re.Match[str]) -> Self:
        """Return the button that was pressed."""
        return cls(match["answer"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button is for, or tell who pressed it why not."""
        try:
            await self.press(interaction, app_of(interaction))
        except AnswerRunning as error:
            await report_running(error, interaction)
        except Exception as error:  # noqa: BLE001 - discord.py would log it and tell nobody
            await report_error(error, interaction)

    async def press(self, interaction: discord.Interaction[Any], app: App) -> None:
        """Do what the button is for. What it raises is told to who pressed it."""
        raise NotImplementedError

    async def answer(self, app: App) -> Answer:
        """Return the answer. Raises AnswerGone."""
        answer = await app.archive.get(self.answer_id)
        if answer is None:
            raise AnswerGone
        return answer


def is_private(interaction: discord.Interaction[Any]) -> bool:
    """Return whether the message with the button is seen by one member alone."""
    return interaction.message is not None and interaction.message.flags.ephemeral


def view_below(answer: Answer, *, threads: bool = True) -> View | None:
    """Return the buttons that an answer has; None when it is not kept. It needs a running event loop.

    Without `threads` there is no button for one: a private answer, which its asker alone sees, can't hold any, nor can
    a direct message, another thread, or a server that the bot is no member of.
    """
    if answer.id is None:
        return None
    wanted = {
        EVIDENCE: has_evidence(answer),
        FOLLOW_UP: True,
        SIMILAR: bool(answer.sources),
        REGENERATE: True,
        THREAD: threads,
        GOOD: True,
        BAD: True,
    }
    return view_of(*(look.button(answer.id) for look, there in wanted.items() if there))


class EvidenceButton(AnswerButton, template=EVIDENCE.template):
    """Shows the evidence."""

    look = EVIDENCE

    async def press(self, interaction: discord.Interaction[Any], app: App) -> None:
        """Show the evidence. Raises AnswerGone."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        for embed in evidence_embeds(await self.answer(app)):
            await interaction.followup.send(embed=embed, ephemeral=True)


PAPERS = 5


class SimilarButton(AnswerButton, template=SIMILAR.template):
    """Lists papers that are like the first source."""

    look = SIMILAR

    async def press(self, interaction: discord.Interaction[Any], app: App) -> None:
        """List the papers. Raises AnswerGone and StoreEmpty."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        paper = (await self.answer(app)).sources[0].paper
        hits = await app.searcher.similar(paper, limit=PAPERS)
        embed = similar_embed(paper, [hit.paper for hit in hits])
        await interaction.followup.send(embed=embed, ephemeral=True)


NOTED = {
    Vote.GOOD: phrase("Thanks, noted as helpful. Press again to undo."),
    Vote.BAD: phrase("Thanks, noted as not helpful. Press again to undo."),
}
TAKEN_BACK = phrase("Your feedback on this answer was removed.")


class _VoteButton(AnswerButton, template=Look("vote").template):
    """Notes a verdict."""

    verdict: ClassVar[Vote]

    async def press(self, interaction: discord.Interaction[Any], app: App) -> None:
        """Note the verdict or take it back. Raises AnswerGone."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        await self.answer(app)
        now = app.clock().timestamp()
        stands = await app.feedback.toggle(self.answer_id, str(interaction.user.id), self.verdict, now=now)
        await interaction.followup.send((NOTED[stands] if stands else TAKEN_BACK).localized(), ephemeral=True)


class GoodButton(_VoteButton, template=GOOD.template):
    """👍."""

    look = GOOD
    verdict = Vote.GOOD


class BadButton(_VoteButton, template=BAD.template):
    """👎."""

    look = BAD
    verdict = Vote.BAD


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
        await app.access.check(caller_of(interaction))
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
