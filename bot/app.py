"""The one place where the parts are built and closed."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.assistant.assistant import Assistant, AssistantLimits
from bot.assistant.comparisons import Comparisons
from bot.assistant.desk import Desk
from bot.assistant.digests.digest import DigestWriter
from bot.assistant.keeping.archive import AnswerArchive
from bot.assistant.keeping.conversations import Conversations
from bot.assistant.keeping.keeper import Keeper
from bot.assistant.keeping.personal_data import PersonalData
from bot.assistant.keeping.saved import SavedPapers
from bot.assistant.llm.budget import Price
from bot.assistant.llm.endpoints import endpoints, open_models
from bot.assistant.llm.health import ModelHealth
from bot.assistant.llm.metering import Meter
from bot.assistant.llm.model import TextModel
from bot.assistant.llm.tokens import TokenEstimator
from bot.assistant.named_papers import NamedPapers
from bot.assistant.planning.planner import Planner
from bot.assistant.prose import ProseAnswers
from bot.assistant.subjects import Subjects
from bot.assistant.summaries import Summaries
from bot.assistant.writing.prompts import Prompts, prompts_folder
from bot.assistant.writing.writer import Writer
from bot.config import Settings
from bot.search.searcher import Searcher
from bot.search.titles import Titles
from bot.store.answers import AnswerStore
from bot.store.database import open_database
from bot.store.documents import SqliteDocuments
from bot.store.feedback import FeedbackStore
from bot.store.ledger import DigestLedger
from bot.store.papers import SqlitePaperStore
from bot.store.saved_papers import SavedPaperStore
from bot.store.state import StateStore
from bot.store.usage import UsageStore
from bot.translation import phrase

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
    subjects: Subjects
    titles: Titles
    named_papers: NamedPapers
    archive: AnswerArchive
    saved: SavedPapers
    personal_data: PersonalData
    conversations: Conversations
    assistant: Assistant
    health: ModelHealth | None
    digests: DigestWriter
    feedback: FeedbackStore
    desk: Desk
    clock: Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writing:
    """What needs a model; None where there is none."""

    writer: Writer | None = None
    planner: Planner | None = None
    health: ModelHealth | None = None


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
        papers = SqlitePaperStore(database=database)
        answers = AnswerStore(database=database)
        usage = UsageStore(database=database)
        feedback = FeedbackStore(database=database)
        searcher = Searcher(papers=papers, documents=SqliteDocuments(database=database))
        titles = Titles(papers=papers)
        stack.push_async_callback(titles.close)
        subjects = Subjects(papers=papers, chars=settings.limits.question_chars)
        archive = AnswerArchive(
            answers=answers,
            papers=papers,
            usage=usage,
            feedback=feedback,
            clock=clock,
            answer_days=settings.store.answer_days,
        )
        conversations = Conversations(
            answers=answers, papers=papers, clock=clock, hours=settings.store.conversation_hours
        )
        saved = SavedPapers(saved=SavedPaperStore(database=database), papers=papers, clock=clock)
        writing = _Writing()
        if use_model and settings.openai.configured:
            opened = _open_writing(settings, usage=usage, prompts=prompts, clock=clock)
            writing = await stack.enter_async_context(opened)
        yield App(
            settings=settings,
            papers=papers,
            ledger=DigestLedger(database=database),
            state=StateStore(database=database),
            usage=usage,
            searcher=searcher,
            subjects=subjects,
            titles=titles,
            named_papers=NamedPapers(papers=papers, subjects=subjects, titles=titles),
            archive=archive,
            saved=saved,
            personal_data=PersonalData(archive=archive, others={"saved paper": saved}),
            conversations=conversations,
            health=writing.health,
            assistant=_assistant(
                settings,
                writing=writing,
                searcher=searcher,
                subjects=subjects,
                keeper=Keeper(archive=archive, conversations=conversations),
                conversations=conversations,
                clock=clock,
            ),
            digests=DigestWriter(papers=papers, searcher=searcher, writer=writing.writer, limit=settings.digest.papers),
            feedback=feedback,
            desk=Desk(limit=settings.limits.concurrent),
            clock=clock,
        )


@asynccontextmanager
async def _open_writing(
    settings: Settings, *, usage: UsageStore, prompts: Prompts, clock: Clock
) -> AsyncIterator[_Writing]:
    """Open the connections to the model servers, each call metered."""
    async with open_models(settings.openai, clock=clock) as models:
        prices = [Price(endpoint.price_input, endpoint.price_output) for endpoint in endpoints(settings.openai)]
        estimator = TokenEstimator()
        health = ModelHealth(clock=clock)

        def metered(model: TextModel) -> Meter:
            return Meter(
                model=model,
                usage=usage,
                limits=settings.limits,
                prices=prices,
                clock=clock,
                estimator=estimator,
                health=health,
            )

        planner = None
        if models.planning is not None:
            planner = Planner(
                model=metered(models.planning), prompts=prompts, seconds=settings.openai.plan_seconds, clock=clock
            )
        seconds = settings.openai.timeout_seconds
        writer = Writer(model=metered(models.answering), prompts=prompts, seconds=seconds, clock=clock)
        yield _Writing(writer=writer, planner=planner, health=health)


def _assistant(
    settings: Settings,
    *,
    writing: _Writing,
    searcher: Searcher,
    subjects: Subjects,
    keeper: Keeper,
    conversations: Conversations,
    clock: Clock,
) -> Assistant:
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
        limits=AssistantLimits(
            sources=settings.search.sources,
            question_chars=settings.limits.question_chars,
            conversation_hours=settings.store.conversation_hours,
        ),
        clock=clock,
    )
