"""The root of all errors that a user can meet."""

from typing import ClassVar

from bot.translation import fill, gettext


class PaperbotError(Exception):
    """The root. `facts` fill the placeholders of `sentence`."""

    sentence: ClassVar[str] = "Something went wrong inside paperbot. The log holds the details."
    exit_code: ClassVar[int] = 1

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.sentence.format(**facts))

    def told(self) -> str:
        """Return the sentence in the reader's language, with those facts that are phrases or errors."""
        return fill(gettext(self.sentence), self.facts)
