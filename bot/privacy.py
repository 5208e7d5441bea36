"""All that is kept of a user: exported, deleted, and described in words; README.md's "What it keeps" agrees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.answers.history.archive import USAGE_DAYS, AnswerArchive
from bot.answers.wording import count
from bot.config import Settings
from bot.guilds.channel_memory import MEMORY_DAYS
from bot.i18n.translation import fill, gettext, phrase

TODAY_STAYS = phrase(
    "Today's token and answer counts stay until midnight UTC; otherwise, deleting them would lift today's limits."
)

NOT_KEPT = phrase("Not kept: members' names, and the text of messages that aren't addressed to me.")


class HoldsUserData(Protocol):
    """Something that stores data about users, and can export and delete one user's."""

    async def export(self, user: str) -> list[dict[str, Any]]:
        """Return what is kept of a user, as values of JSON."""
        ...

    async def forget_user(self, user: str) -> int:
        """Delete what is kept of a user; return how many things."""
        ...


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many answers were deleted, and how many things of each other part, by its name."""

    answers: int
    others: Mapping[str, int]


class PersonalData:
    """What the archive and `others`, each under the noun for one of its things, keep of users.

    `counts` keep what is only counted, which is exported and deleted as well, but not named with its number.
    """

    def __init__(
        self,
        *,
        archive: AnswerArchive,
        others: Mapping[str, HoldsUserData],
        counts: Sequence[HoldsUserData] = (),
    ) -> None:
        self._archive = archive
        self._others = others
        self._counts = counts

    async def export(self, user: str) -> list[dict[str, Any]]:
        """Return all that is stored of a user, as values of JSON."""
        exported = await self._archive.export(user)
        for part in (*self._others.values(), *self._counts):
            exported += await part.export(user)
        return exported

    async def forget_user(self, user: str) -> Forgotten:
        """Delete all that is stored of a user, but for today's counts: see AnswerArchive.forget_user."""
        for part in self._counts:
            await part.forget_user(user)
        answers = await self._archive.forget_user(user)
        return Forgotten(answers, {name: await part.forget_user(user) for name, part in self._others.items()})


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


def forgotten(done: Forgotten) -> str:
    """Return the sentence that lists how many things of each kind were deleted."""
    parts = [count(done.answers, "answer"), *(count(number, name) for name, number in done.others.items() if number)]
    said = gettext("Deleted: {things}, and your id in the usage counts.").format(things=", ".join(parts))
    return f"{said} {TODAY_STAYS.localized()}"
