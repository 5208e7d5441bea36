"""Sentences with their citations."""

from collections.abc import Sequence

from rich.text import Text

from bot.assistant.answer import Statement
from bot.frontends.latex import readable
from bot.frontends.wording import without_stop


def prose(statements: Sequence[Statement], *, quoting: bool = False) -> Text:
    """Return sentences as one text, each with its citations before its full stop.

    `quoting` puts those that are verbatim into quotation marks, with the citations after them.
    """
    text = Text()
    for statement in statements:
        text.append(statement.lead if text else statement.lead.lstrip())
        said, stop = (
            (f"“{readable(statement.text)}”", "")
            if quoting and statement.verbatim
            else without_stop(readable(statement.text))
        )
        text.append(said)
        if statement.citations:
            text.append(f" {markers(statement.citations)}", style="cyan")
        text.append(stop)
    return text


def markers(numbers: Sequence[int]) -> str:
    """Return citations as in [1][2]."""
    return "".join(f"[{number}]" for number in numbers)
