"""The one place where the parts are built and closed."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.assistant.assistant import Assistant, AssistantLimits
from bot.assistant.comparisons import Comparisons
from bot.assistant.desk import Desk
from bot.assistant.digests.definitions import DigestDefinitions
from bot.assistant.digests.sentences import DigestSentences
from bot.assistant.digests.stored_changes import StoredChanges
from bot.assistant.digests.writer import DigestParts, DigestWriter
from bot.assistant.house.admission import Admission
from bot.assistant.house.house import House
from bot.assistant.keeping.archive import AnswerArchive
from bot.assistant.keeping.channel_memory import ChannelMemory
from bot.assistant.keeping.conversations import Conversations
from bot.assistant.keeping.keeper import Keeper
from bot.assistant.keeping.made_digests import NOUN, MadeDigests
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
from bot.assistant.trends import Trends
from bot.assistant.writing.prompts import Prompts, prompts_folder
from bot.assistant.writing.writer import Writer
from bot.config import Settings
from bot.ingest.feeds import Feeds
from bot.ingest.on_demand import OnDemand
from bot.ingest.registry import enabled_feeds, known_feeds
from bot.ingest.runner import FeedRunner
from bot.search.known_names import KnownNames
from bot.search.searcher import Searcher
from bot.search.titles import Titles
from bot.sources.feed import PaperFeed, TopicFeed
from bot.sources.fetching.client import open_feed_client
from bot.store.answer_counts import AnswerCountStore
from bot.store.answers import AnswerStore
from bot.store.database import Database, open_database
from bot.store.digest_contents import DigestContents
from bot.store.digests import DigestStore
from bot.store.discussed_papers import DiscussedPaperStore
from bot.store.documents import SqliteDocuments
from bot.store.feed_memory import FeedMemory
from bot.store.feed_runs import FeedRunStore
from bot.store.feedback import FeedbackStore
from bot.store.guild_settings import GuildSettingsStore
from bot.store.leases import Lease
from bot.store.ledger import DigestLedger
from bot.store.papers import SqlitePaperStore
from bot.store.saved_papers import SavedPaperStore
from bot.store.state import StateStore
from bot.store.usage import UsageStore

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
    digest_lease: Lease
    state: StateStore
    usage: UsageStore
    searcher: Searcher
    subjects: Subjects
    titles: Titles
    names: KnownNames
    trends: Trends
    named_papers: NamedPapers
    archive: AnswerArchive
    saved: SavedPapers
    personal_data: PersonalData
    channel_memory: ChannelMemory
    conversations: Conversations
    assistant: Assistant
    health: ModelHealth | None
    digests: DigestWriter
    digest_store: DigestStore
    digest_contents: DigestContents
    digest_definitions: DigestDefinitions
    feedback: FeedbackStore
    feeds: Feeds
    desk: Desk
    house: House
    admission: Admission
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
    Raises StoreError, PromptError, and SettingsError for a feed that doesn't exist.
    """
    async with AsyncExitStack() as stack:
        prompts = Prompts(prompts_folder())
        database = await stack.enter_async_context(open_database(store_path or settings.store.path))
        papers = SqlitePaperStore(database=database)
        answers = AnswerStore(database=database)
        usage = UsageStore(database=database)
        feedback = FeedbackStore(database=database)
        digest_store = DigestStore(database=database)
        digest_lease = Lease(database=database, name="digests", clock=clock)
        contents = DigestContents(database=database)
        searcher = Searcher(papers=papers, documents=SqliteDocuments(database=database))
        titles = Titles(papers=papers)
        stack.push_async_callback(titles.close)
        names = KnownNames(papers=papers)
        stack.push_async_callback(names.close)
        feeds = await stack.enter_async_context(_open_feeds(settings, database=database, papers=papers, clock=clock))
        subjects = Subjects(papers=papers, chars=settings.limits.question_chars, finder=feeds.on_demand)
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
        house = House(settings=GuildSettingsStore(database=database), operator=settings.limits, clock=clock)
        admission = Admission(house=house, counts=AnswerCountStore(database=database), clock=clock)
        writing = _Writing()
        if use_model and settings.openai.configured:
            opened = _open_writing(settings, usage=usage, prompts=prompts, clock=clock)
            writing = await stack.enter_async_context(opened)
        yield App(
            settings=settings,
            papers=papers,
            ledger=DigestLedger(database=database, lease=digest_lease),
            digest_lease=digest_lease,
            state=StateStore(database=database),
            usage=usage,
            searcher=searcher,
            subjects=subjects,
            titles=titles,
            names=names,
            trends=Trends(searcher=searcher),
            named_papers=NamedPapers(papers=papers, subjects=subjects, titles=titles),
            archive=archive,
            saved=saved,
            personal_data=PersonalData(
                archive=archive,
                others={"saved paper": saved, NOUN: MadeDigests(store=digest_store)},
                counts=[admission],
            ),
            channel_memory=ChannelMemory(discussed=DiscussedPaperStore(database=database), house=house, clock=clock),
            conversations=conversations,
            health=writing.health,
            assistant=_assistant(
                settings,
                writing=writing,
                searcher=searcher,
                subjects=subjects,
                keeper=Keeper(archive=archive, conversations=conversations),
                conversations=conversations,
                house=house,
                clock=clock,
            ),
            digests=_digests(papers, searcher, writing.writer, contents, feedback, feeds),
            digest_contents=contents,
            digest_store=digest_store,
            digest_definitions=DigestDefinitions(store=digest_store, defaults=settings.digest),
            feedback=feedback,
            feeds=feeds,
            desk=Desk(limit=settings.limits.concurrent),
            house=house,
            admission=admission,
            clock=clock,
        )


@asynccontextmanager
async def _open_feeds(
    settings: Settings, *, database: Database, papers: SqlitePaperStore, clock: Clock
) -> AsyncIterator[Feeds]:
    """Open the client of the feeds. Nothing is asked of them before something is wanted."""
    chosen = settings.feeds
    async with open_feed_client(
        request_seconds=chosen.request_seconds,
        contact=chosen.contact,
        memory=FeedMemory(database=database),
        clock=clock,
    ) as client:
        known = known_feeds(chosen, client)
        enabled = enabled_feeds(chosen, known)
        runs = FeedRunStore(database=database)
        places = [feed for feed in enabled if isinstance(feed, PaperFeed)]
        searched = [feed for feed in enabled if chosen.search and isinstance(feed, TopicFeed)]
        on_demand = OnDemand(places=places, searched=searched, papers=papers, clock=clock)
        try:
            yield Feeds(
                known=known,
                enabled=enabled,
                runner=FeedRunner(papers=papers, runs=runs, clock=clock, run_seconds=60 * chosen.run_minutes),
                on_demand=on_demand,
                runs=runs,
                clock=clock,
                poll=timedelta(minutes=chosen.poll_minutes),
            )
        finally:
            await on_demand.close()


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


def _digests(
    papers: SqlitePaperStore,
    searcher: Searcher,
    writer: Writer | None,
    contents: DigestContents,
    feedback: FeedbackStore,
    feeds: Feeds,
) -> DigestWriter:
    return DigestWriter(
        papers=papers,
        searcher=searcher,
        sentences=DigestSentences(writer=writer) if writer else None,
        parts=DigestParts(told=contents, thumbs=feedback, feeds=feeds, changes=StoredChanges(papers=papers)),
    )


def _assistant(
    settings: Settings,
    *,
    writing: _Writing,
    searcher: Searcher,
    subjects: Subjects,
    keeper: Keeper,
    conversations: Conversations,
    house: House,
    clock: Clock,
) -> Assistant:
    why = "extracts were asked for" if settings.openai.configured else "no model is set up"
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
