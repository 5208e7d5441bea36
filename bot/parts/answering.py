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
from bot.parts.ground import Ground
from bot.parts.writing import Writing
from bot.translation import phrase


def make_assistant(
    ground: Ground,
    *,
    writing: Writing,
    subjects: Subjects,
    archive: AnswerArchive,
    conversations: Conversations,
    house: House,
) -> Assistant:
    """Put the assistant together."""
    keeper = Keeper(archive=archive, conversations=conversations)
    why = phrase("extracts were asked for") if ground.settings.openai.configured else phrase("no model is set up")
    writer, searcher = writing.writer, ground.searcher
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
            sources=ground.settings.search.sources,
            question_chars=ground.settings.limits.question_chars,
            conversation_hours=ground.settings.store.conversation_hours,
        ),
        clock=ground.clock,
    )
