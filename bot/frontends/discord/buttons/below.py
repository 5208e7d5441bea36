"""What stands below an answer."""

from discord.ui import View

from bot.assistant.answer import Answer
from bot.frontends.discord.buttons.evidence import EvidenceButton
from bot.frontends.discord.rendering.evidence import has_evidence


def view_below(answer: Answer) -> View | None:
    """Return the buttons that an answer has; None when it has none. It needs a running event loop."""
    if answer.id is None or not has_evidence(answer):
        return None
    view = View(timeout=None)
    view.add_item(EvidenceButton(answer.id))
    # The client knows its kinds of buttons; keeping each view as well would only fill the memory.
    view.stop()
    return view
