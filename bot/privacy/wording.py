"""What is kept of people, in words: the one place that says it to them. README.md's "What it keeps" means the same."""

from collections.abc import Sequence

from bot.answers.history.archive import USAGE_DAYS
from bot.answers.wording import count
from bot.config import Settings
from bot.guilds.channel_memory import MEMORY_DAYS
from bot.i18n.translation import fill, gettext, phrase
from bot.privacy.personal_data import Forgotten

TODAY_STAYS = phrase(
    "Today's counts of tokens and answers stay until midnight UTC, or forgetting would lift the day's limits."
)


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
        gettext(
            "Where answers are limited: how many you got today and yesterday, in which server, and when the last one."
        ),
        gettext("What you think of answers (👍 👎), with your id, as long as the answer is kept."),
        gettext("The last 500 searches, for their further pages: what was searched for, not by whom."),
        gettext("Papers that you save, with your notes, until you remove them."),
        gettext(
            "Where a server has turned channel memory on: which message was the first on a paper in a channel, by the "
            "ids of the message and the channel, without its text and its author, for {days} days."
        ).format(days=MEMORY_DAYS.days),
        gettext(
            "With a digest that you set up for a server: your id, until you are forgotten; the digest stays the "
            "server's."
        ),
        gettext(
            "What you follow for yourself, until you take it off, and for 30 days which papers I told you of because "
            "of it."
        ),
        gettext(
            "Your mail address, where you gave me one with `/email start`: 15 minutes, or, once you confirmed it, "
            "until `/email stop`. For a day it is counted, without your id or the address, that a code was asked for."
        ),
    )


def sent(settings: Settings) -> str:
    """Return what leaves the bot for a model server."""
    if not settings.openai.configured:
        return gettext("No model is set up: nothing is sent to one.")
    return gettext(
        "Sent to the model server: the question, what you asked before it in the same conversation with the titles "
        "found for that, and the abstracts found. Neither your name nor your id."
    )


NOT_KEPT = phrase("Not kept: names of members, and the text of messages that don't address the bot.")


def forgotten(done: Forgotten) -> str:
    """Say what was deleted."""
    parts = [count(done.answers, "answer"), *(count(number, name) for name, number in done.others.items() if number)]
    said = gettext("Deleted: {things}, and your id in what is counted.").format(things=", ".join(parts))
    return f"{said} {TODAY_STAYS.localized()}"
