"""How the buttons below an answer look, and the custom_id by which each is known again: `name:answer`."""

from dataclasses import dataclass

import discord
from discord.ui import Button, View

from bot.translation import Phrase, phrase


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
            label=self.label.told() if self.label else None,
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
