"""What stands below an answer."""

from discord.ui import View

from bot.assistant.answer import Answer
from bot.frontends.discord.buttons.dispatched import view_of
from bot.frontends.discord.buttons.looks import BAD, EVIDENCE, FOLLOW_UP, GOOD, REGENERATE, SIMILAR, THREAD
from bot.frontends.discord.rendering.evidence import has_evidence


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
