"""What is kept of answers, conversations and members."""

from dataclasses import dataclass

from bot.assistant.house.admission import Admission
from bot.assistant.keeping.archive import AnswerArchive
from bot.assistant.keeping.conversations import Conversations
from bot.assistant.keeping.made_digests import NOUN, MadeDigests
from bot.assistant.keeping.personal_data import PersonalData
from bot.assistant.keeping.saved import SavedPapers
from bot.assistant.mailing.optin import OptIn
from bot.assistant.subscriptions.following import Following
from bot.parts.ground import Ground
from bot.store.answers import AnswerStore
from bot.store.digests import DigestStore
from bot.store.feedback import FeedbackStore
from bot.store.saved_papers import SavedPaperStore
from bot.store.usage import UsageStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """All of it."""

    usage: UsageStore
    feedback: FeedbackStore
    archive: AnswerArchive
    conversations: Conversations
    saved: SavedPapers


def make_keeping(ground: Ground) -> Keeping:
    """Put it together."""
    answers, usage, feedback = (
        AnswerStore(database=ground.database),
        UsageStore(database=ground.database),
        FeedbackStore(database=ground.database),
    )
    return Keeping(
        usage=usage,
        feedback=feedback,
        archive=AnswerArchive(
            answers=answers,
            papers=ground.papers,
            usage=usage,
            feedback=feedback,
            clock=ground.clock,
            answer_days=ground.settings.store.answer_days,
        ),
        conversations=Conversations(
            answers=answers, papers=ground.papers, clock=ground.clock, hours=ground.settings.store.conversation_hours
        ),
        saved=SavedPapers(saved=SavedPaperStore(database=ground.database), papers=ground.papers, clock=ground.clock),
    )


def make_personal_data(
    kept: Keeping, *, digests: DigestStore, following: Following, mail: OptIn, admission: Admission
) -> PersonalData:
    """Gather all that is kept of members, to be exported and forgotten."""
    return PersonalData(
        archive=kept.archive,
        others={
            "saved paper": kept.saved,
            NOUN: MadeDigests(store=digests),
            "subscription": following,
            "mail address": mail,
        },
        counts=[admission],
    )
