"""The assistant."""

from bot.assistant.assistant import Assistant, AssistantLimits
from bot.assistant.comparisons import Comparisons
from bot.assistant.house.house import House
from bot.assistant.keeping.archive import AnswerArchive
from bot.assistant.keeping.conversations import Conversations
from bot.assistant.keeping.keeper import Keeper
from bot.assistant.prose import ProseAnswers
from bot.assistant.subjects import Subjects
from bot.assistant.summaries import Summaries
from bot.clock import Clock
from bot.config import Settings
from bot.parts.writing import Writing
from bot.search.searcher import Searcher
from bot.translation import phrase


def make_assistant(
    settings: Settings,
    *,
    writing: Writing,
    searcher: Searcher,
    subjects: Subjects,
    archive: AnswerArchive,
    conversations: Conversations,
    house: House,
    clock: Clock,
) -> Assistant:
    """Put the assistant together."""
    keeper = Keeper(archive=archive, conversations=conversations)
    why = phrase("extracts were asked for") if settings.openai.configured else phrase("no model is set up")
    writer = writing.writer
    return Assistant(
        searcher=searcher,
        subjects=subjects,
        prose=ProseAnswers(writer=writer, why_no_model=why, keeper=keeper),
        summaries=Summaries(searcher=searcher, writer=writer, why_no_model=why, keeper=keeper),
        comparisons=Comparisons(searcher=searcher, subjects=subjects, writer=writer, why_no_model=why, keeper=keeper),
        keeper=keeper,
        conversations=conversations,
        planner=writing.planner,
        house=house,
        limits=AssistantLimits(
            sources=settings.search.sources,
            question_chars=settings.limits.question_chars,
            conversation_hours=settings.store.conversation_hours,
        ),
        clock=clock,
    )
