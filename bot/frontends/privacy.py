"""What is kept of people, in words: the one place that says it to them. README.md's "What it keeps" means the same."""

from collections.abc import Sequence

from bot.assistant.keeping.archive import USAGE_DAYS
from bot.assistant.keeping.personal_data import Forgotten
from bot.config import Settings
from bot.frontends.wording import count
from bot.translation import fill, gettext, phrase

TODAY_STAYS = phrase("Today's count of tokens stays until midnight UTC, or forgetting would lift the day's limit.")


def kept(settings: Settings) -> Sequence[str]:
    """Return what is kept and for how long, a sentence or two for each kind of thing."""
    return (
        fill(
            gettext(
                "Answers: your question, the answer, its sources, your id and where you asked, for {days:g} days. "
                "{hours:g} hours after its last question a conversation can't be gone on with."
            ),
            {"days": settings.store.answer_days, "hours": settings.store.conversation_hours},
        ),
        gettext("Calls of a model: the day, your id, the server, the model and its tokens, for {days} days.").format(
            days=USAGE_DAYS.days
        ),
        gettext("What you think of answers (👍 👎), with your id, as long as the answer is kept."),
        gettext("The last 500 searches, for their further pages: what was searched for, not by whom."),
        gettext("Papers that you save, with your notes, until you remove them."),
    )


def sent(settings: Settings) -> str:
    """Return what leaves the bot for a model server."""
    if not settings.openai.configured:
        return gettext("No model is set up: nothing is sent to one.")
    return gettext(
        "Sent to the model server: the question, what you asked before it in the same conversation with the titles "
        "found for that, and the abstracts found. Neither your name nor your id."
    )


NOT_KEPT = phrase("Not kept: names of members, and messages that don't address the bot.")


def forgotten(done: Forgotten) -> str:
    """Say what was deleted."""
    parts = [count(done.answers, "answer"), *(count(number, name) for name, number in done.others.items())]
    said = gettext("Deleted: {things}, and your id in what is counted.").format(things=", ".join(parts))
    return f"{said} {TODAY_STAYS.told()}"
