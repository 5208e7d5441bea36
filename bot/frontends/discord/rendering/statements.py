"""Sentences with their citations, as Discord's markdown."""

from collections.abc import Sequence

from bot.assistant.answer import Statement
from bot.assistant.comparisons import CODE_IS_PUBLIC
from bot.frontends.discord.rendering.markdown import escape
from bot.frontends.latex import readable
from bot.frontends.wording import without_stop


def prose(statements: Sequence[Statement]) -> str:
    """Return sentences one after the other, each with what leads it."""
    return "".join(f"{statement.lead}{_cited(statement)}" for statement in statements).strip()


def quotes(statements: Sequence[Statement]) -> str:
    """Return verbatim sentences, each as a quotation of its own."""
    return "\n\n".join(f"> {quoted(statement)}" for statement in statements)


def quoted(statement: Statement) -> str:
    """Return a verbatim sentence in quotation marks, with its citations after them."""
    return f"“{escape(readable(statement.text))}” {markers(statement.citations)}".rstrip()


def markers(numbers: Sequence[int]) -> str:
    """Return citations as in [1][3]."""
    return "".join(f"[{number}]" for number in numbers)


def _cited(statement: Statement) -> str:
    own = CODE_IS_PUBLIC.told() if statement.text == CODE_IS_PUBLIC else statement.text
    text, stop = without_stop(readable(own))
    cited = markers(statement.citations)
    return f"{escape(text)} {cited}{stop}" if cited else escape(f"{text}{stop}")
