"""The one place where the parts are built and closed."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from openai import AsyncOpenAI

from bot.assistant.assistant import Assistant
from bot.assistant.digest import DigestWriter
from bot.assistant.model import ChatModel
from bot.assistant.planner import Planner
from bot.assistant.prompts import Prompts, prompts_folder
from bot.config import OpenAISettings, Settings
from bot.search.searcher import Searcher
from bot.store.database import open_database
from bot.store.documents import SqliteDocuments
from bot.store.ledger import DigestLedger
from bot.store.papers import SqlitePaperStore
from bot.store.state import StateStore

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the time, with its zone."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """Everything that a front end needs."""

    settings: Settings
    papers: SqlitePaperStore
    ledger: DigestLedger
    state: StateStore
    usage: UsageStore
    searcher: Searcher
    archive: AnswerArchive
    conversations: Conversations
    assistant: Assistant
    digests: DigestWriter
    clock: Clock


@asynccontextmanager
async def open_app(
    settings: Settings, *, store_path: Path | None = None, use_model: bool = True, clock: Clock = utc_now
) -> AsyncIterator[App]:
    """Build the parts and close them in reverse.

    `store_path` stands in for the settings' store; without `use_model` answers are extracts, whatever is set.
    Raises StoreError and PromptError.
    """
    async with AsyncExitStack() as stack:
        prompts = Prompts(prompts_folder())
        database = await stack.enter_async_context(open_database(store_path or settings.store.path))
        usage = UsageStore(database=database)
        models = Models(writer=None, planner=None)
        if use_model and settings.openai.configured:
            models = await stack.enter_async_context(open_models(settings, usage=usage, prompts=prompts, clock=clock))
        papers = SqlitePaperStore(database=database)
        searcher = Searcher(papers=papers, documents=SqliteDocuments(database=database))
        answers = AnswerStore(database=database)
        archive = AnswerArchive(
            answers=answers, papers=papers, usage=usage, clock=clock, answer_days=settings.store.answer_days
        )
        conversations = Conversations(
            answers=answers, papers=papers, clock=clock, hours=settings.store.conversation_hours
        )
        yield App(
            settings=settings,
            papers=papers,
            ledger=DigestLedger(database=database),
            state=StateStore(database=database),
            usage=usage,
            searcher=searcher,
            archive=archive,
            conversations=conversations,
            assistant=_assistant(
                settings, models=models, papers=papers, searcher=searcher, archive=archive, conversations=conversations, clock=clock
            ),
            digests=DigestWriter(papers=papers, searcher=searcher, writer=models.writer, limit=settings.digest.papers),
            clock=clock,
        )


def _assistant(
    settings: Settings,
    *,
    models: Models,
    papers: SqlitePaperStore,
    searcher: Searcher,
    archive: AnswerArchive,
    conversations: Conversations,
    clock: Clock,
) -> Assistant:
    why_no_model = "extracts were asked for" if settings.openai.configured else "no model is set up"
    keeper = Keeper(archive=archive, conversations=conversations)
    subjects = Subjects(papers=papers, chars=settings.limits.question_chars)
    writer = models.writer
    return Assistant(
        searcher=searcher,
        subjects=subjects,
        prose=ProseAnswers(writer=writer, why_no_model=why_no_model, keeper=keeper),
        summaries=Summaries(searcher=searcher, writer=writer, why_no_model=why_no_model, keeper=keeper),
        comparisons=Comparisons(
            searcher=searcher, subjects=subjects, writer=writer, why_no_model=why_no_model, keeper=keeper
        ),
        keeper=keeper,
        conversations=conversations,
        planner=models.planner,
        limits=AssistantLimits(
            sources=settings.search.sources,
            question_chars=settings.limits.question_chars,
            conversation_hours=settings.store.conversation_hours,
        ),
        clock=clock,
    )
