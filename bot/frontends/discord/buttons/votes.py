"""The buttons that say what a user thinks of an answer; pressing the same one again takes it back."""

from typing import Any, ClassVar

import discord

from bot.app import App
from bot.frontends.discord.buttons.answer_button import AnswerButton
from bot.frontends.discord.buttons.looks import BAD, GOOD, Look
from bot.store.feedback import Verdict
from bot.translation import phrase

NOTED = {
    Verdict.GOOD: phrase("Thank you: noted as helpful. Press it again to take it back."),
    Verdict.BAD: phrase("Thank you: noted as not helpful. Press it again to take it back."),
}
TAKEN_BACK = phrase("Taken back: nothing is noted of you for this answer.")


class _VoteButton(AnswerButton, template=Look("vote").template):
    """Notes a verdict."""

    verdict: ClassVar[Verdict]

    async def press(self, interaction: discord.Interaction[Any], app: App) -> None:
        """Note the verdict or take it back. Raises AnswerGone."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        await self.answer(app)
        now = app.clock().timestamp()
        stands = await app.feedback.toggle(self.answer_id, str(interaction.user.id), self.verdict, now=now)
        await interaction.followup.send((NOTED[stands] if stands else TAKEN_BACK).told(), ephemeral=True)


class GoodButton(_VoteButton, template=GOOD.template):
    """👍."""

    look = GOOD
    verdict = Verdict.GOOD


class BadButton(_VoteButton, template=BAD.template):
    """👎."""

    look = BAD
    verdict = Verdict.BAD
