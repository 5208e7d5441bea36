"""What is kept of people, in words: the one place that says it to them. README.md's "What it keeps" means the same."""

from collections.abc import Sequence

from bot.answers.history.archive import USAGE_DAYS
from bot.answers.wording import count
from bot.config import Settings
from bot.guilds.channel_memory import MEMORY_DAYS
from bot.i18n.translation import fill, gettext, phrase
from bot.privacy.personal_data import Forgotten

TODAY_STAYS = phrase(
    "Today's token and answer counts stay until midnight UTC; otherwise, deleting them would lift today's limits."
)


def kept(settings: Settings) -> Sequence[str]:
    """Return what is kept and for how long, a sentence or two for each kind of thing."""
    return (
        fill(
            gettext(
                "Answers: your question, the answer, its sources, your id and where you asked, for {days:g} "
                "days. You can continue a conversation for up to {hours:g} hours after its last question."
            ),
            {"days": settings.store.answer_days, "hours": settings.store.conversation_hours},
        ),
        gettext("Model calls: the date, your id, the server, the model and its tokens, for {days} days.").format(
            days=USAGE_DAYS.days
        ),
        gettext(
            "Where answers are limited: how many you got today and yesterday, on which server, and when you "
            "got the last one."
        ),
        gettext("Your feedback on answers (👍 👎), with your id, for as long as the answer is kept."),
        gettext("The last 500 searches, so that their further pages work: what was searched for, not by whom."),
        gettext("Papers you save, with your notes, until you remove them."),
        gettext(
            "Where a server has turned on channel memory: which message was the first about a paper in a "
            "channel, by message and channel id, without its text or author, for {days} days."
        ).format(days=MEMORY_DAYS.days),
        gettext(
            "With each digest you set up for a server: your id, until you have your data deleted; the digest "
            "stays with the server."
        ),
        gettext(
            "What you follow for yourself, until you unfollow it; and for 30 days, which papers I told you "
            "about because of it."
        ),
        gettext(
            "Your email address, if you gave me one with `/email start`: for 15 minutes or, once you confirm "
            "it, until `/email stop`. Requests for a code are counted for a day, under hashes of your id and "
            "the address."
        ),
    )


def sent(settings: Settings) -> str:
    """Return what leaves the bot for a model server."""
    if not settings.openai.configured:
        return gettext("No model is set up, so nothing is sent to one.")
    return gettext(
        "Sent to the model server: your question, what you asked earlier in the same conversation with the "
        "titles found for it, and the abstracts found. Neither your name nor your id is sent."
    )


NOT_KEPT = phrase("Not kept: members' names, and the text of messages that aren't addressed to me.")


def forgotten(done: Forgotten) -> str:
    """Say what was deleted."""
    parts = [count(done.answers, "answer"), *(count(number, name) for name, number in done.others.items() if number)]
    said = gettext("Deleted: {things}, and your id in the usage counts.").format(things=", ".join(parts))
    return f"{said} {TODAY_STAYS.localized()}"
