"""What is kept of answers, conversations and members."""

from dataclasses import dataclass

from bot.assistant.keeping.archive import AnswerArchive
from bot.assistant.keeping.conversations import Conversations
from bot.assistant.keeping.saved import SavedPapers
from bot.clock import Clock
from bot.config import Settings
from bot.store.answers import AnswerStore
from bot.store.database import Database
from bot.store.feedback import FeedbackStore
from bot.store.papers import SqlitePaperStore
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


def make_keeping(settings: Settings, *, database: Database, papers: SqlitePaperStore, clock: Clock) -> Keeping:
    """Put it together."""
    answers, usage, feedback = (
        AnswerStore(database=database),
        UsageStore(database=database),
        FeedbackStore(database=database),
    )
    return Keeping(
        usage=usage,
        feedback=feedback,
        archive=AnswerArchive(
            answers=answers,
            papers=papers,
            usage=usage,
            feedback=feedback,
            clock=clock,
            answer_days=settings.store.answer_days,
        ),
        conversations=Conversations(
            answers=answers, papers=papers, clock=clock, hours=settings.store.conversation_hours
        ),
        saved=SavedPapers(saved=SavedPaperStore(database=database), papers=papers, clock=clock),
    )
