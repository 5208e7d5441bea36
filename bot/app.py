"""The one place where the parts are built and closed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.answers.answer_queue import AnswerQueue
from bot.answers.assistant import Assistant, AssistantLimits
from bot.answers.generation import AnswerGenerator
from bot.answers.history.archive import AnswerArchive, AnswerCache
from bot.answers.history.conversations import Conversations
from bot.answers.llm.metering import Meter, ModelHealth, Price
from bot.answers.llm.prompts import Prompts, prompts_folder
from bot.answers.llm.text_model import TextModel, TokenEstimator
from bot.answers.planning.planner import Planner
from bot.answers.subjects import NamedPapers, Subjects
from bot.answers.writing.writer import Writer
from bot.config import Settings
from bot.digests.definitions import DigestDefinitions
from bot.digests.writer import DigestSentences, DigestWriter
from bot.follows.collector import Collector
from bot.follows.follow import Follows
from bot.guilds.access import Access
from bot.guilds.channel_memory import ChannelMemory
from bot.guilds.settings import GuildSettings
from bot.i18n.translation import phrase
from bot.ingest.feeds import Feeds, enabled_feeds, known_feeds
from bot.ingest.on_demand import OnDemand
from bot.ingest.runner import FeedRunner
from bot.library import SavedPapers
from bot.mail.delivery import MailDelivery
from bot.mail.opt_in import OptIn
from bot.mail.smtp import Mailer
from bot.privacy import PersonalData
from bot.search.completion import KnownNames, Titles
from bot.search.searcher import Searcher
from bot.sources.feed import PaperFeed, TopicFeed
from bot.sources.fetching.client import Sleep, open_feed_client
from bot.store.answer_counts import AnswerCountStore
from bot.store.answers import AnswerStore, FeedbackStore
from bot.store.channel_memory import ChannelMemoryStore
from bot.store.database import Database, open_database
from bot.store.digest_ledger import DigestContents, DigestLedger
from bot.store.digests import DigestStore
from bot.store.documents import SqliteDocuments
from bot.store.feeds import FeedMemory, FeedRunStore
from bot.store.follows import FollowStore, NotificationStore
from bot.store.guild_settings import GuildSettingsStore
from bot.store.leases import Lease
from bot.store.mail import MailLedger, MailStore
from bot.store.papers import Arrivals, SqlitePaperStore
from bot.store.saved_papers import SavedPaperStore
from bot.store.state import StateStore
from bot.store.usage import UsageStore
from bot.trends.counts import Trends
from bot.util import Clock, utc_now


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """Everything that a front end or a job may need."""

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
    follows: Follows
    follow_collector: Collector
    follow_store: FollowStore
    notifications: NotificationStore
    mail_opt_in: OptIn
    mail_delivery: MailDelivery
    mailer: Mailer
    conversations: Conversations
    assistant: Assistant
    health: ModelHealth | None
    digests: DigestWriter
    digest_store: DigestStore
    digest_contents: DigestContents
    digest_definitions: DigestDefinitions
    feedback: FeedbackStore
    feeds: Feeds
    answer_queue: AnswerQueue
    guild_settings: GuildSettings
    access: Access
    clock: Clock


@asynccontextmanager
async def open_app(
    settings: Settings,
    *,
    store_path: Path | None = None,
    use_model: bool = True,
    clock: Clock = utc_now,
    sleep: Sleep = asyncio.sleep,
) -> AsyncIterator[App]:
    """Build the parts and close them in reverse.

    `store_path` stands in for the settings' store; without `use_model` answers are extracts, whatever is set.
    `sleep` is how the client of the feeds waits.
    Raises StoreError, PromptError, and SettingsError for a feed that doesn't exist.
    """
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_database(store_path or settings.store.path))
        yield await _build(stack, settings, database=database, use_model=use_model, clock=clock, sleep=sleep)


async def _build(
    stack: AsyncExitStack, settings: Settings, *, database: Database, use_model: bool, clock: Clock, sleep: Sleep
) -> App:
    papers = SqlitePaperStore(database=database)
    searcher = Searcher(papers=papers, documents=SqliteDocuments(database=database))
    titles, names = Titles(papers=papers), KnownNames(papers=papers)
    stack.push_async_callback(titles.close)
    stack.push_async_callback(names.close)
    feeds = await stack.enter_async_context(_feeds(settings, database, papers=papers, clock=clock, sleep=sleep))
    subjects = Subjects(papers=papers, chars=settings.limits.question_chars, finder=feeds.on_demand)

    answers, usage, feedback = (
        AnswerStore(database=database),
        UsageStore(database=database),
        FeedbackStore(database=database),
    )
    archive = AnswerArchive(
        answers=answers,
        papers=papers,
        usage=usage,
        feedback=feedback,
        clock=clock,
        answer_days=settings.store.answer_days,
    )
    conversations = Conversations(answers=answers, papers=papers, clock=clock, hours=settings.store.conversation_hours)
    guild_settings = GuildSettings(
        settings=GuildSettingsStore(database=database), operator=settings.limits, clock=clock
    )
    access = Access(guild_settings=guild_settings, counts=AnswerCountStore(database=database), clock=clock)

    model = await stack.enter_async_context(_model(settings, usage=usage, use_model=use_model, clock=clock))
    answer_cache = AnswerCache(archive=archive, conversations=conversations)
    why = phrase("extracts were requested") if settings.openai.configured else phrase("no model is set up")
    assistant = Assistant(
        searcher=searcher,
        subjects=subjects,
        generator=AnswerGenerator(writer=model.writer, why_no_model=why, answer_cache=answer_cache),
        conversations=conversations,
        planner=model.planner,
        fixed_language=guild_settings.answer_language,
        limits=AssistantLimits(
            sources=settings.search.sources,
            question_chars=settings.limits.question_chars,
            conversation_hours=settings.store.conversation_hours,
        ),
        clock=clock,
    )

    digest_store, digest_contents = DigestStore(database=database), DigestContents(database=database)
    digest_definitions = DigestDefinitions(store=digest_store, defaults=settings.digest)
    digest_lease = Lease(database=database, name="digests", clock=clock)
    digests = DigestWriter(
        papers=papers,
        searcher=searcher,
        sentences=DigestSentences(writer=model.writer) if model.writer else None,
        contents=digest_contents,
        feedback=feedback,
        feeds=feeds,
    )

    follow_store, notifications = FollowStore(database=database), NotificationStore(database=database)
    follows = Follows(follows=follow_store, clock=clock)
    mail_store, mailer = MailStore(database=database), Mailer(settings.mail)
    mail_opt_in = OptIn(mail=mail_store, clock=clock)
    saved = SavedPapers(saved=SavedPaperStore(database=database), papers=papers, clock=clock)
    return App(
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
            others={
                "saved paper": saved,
                "digest signature": digest_definitions,
                "subscription": follows,
                "mail address": mail_opt_in,
            },
            counts=[access],
        ),
        channel_memory=ChannelMemory(
            discussed=ChannelMemoryStore(database=database), guild_settings=guild_settings, clock=clock
        ),
        follows=follows,
        follow_collector=Collector(
            arrivals=Arrivals(database=database),
            papers=papers,
            follows=follow_store,
            notices=notifications,
            clock=clock,
            daily_at=settings.digest.time,
            zone=settings.digest.zone,
        ),
        follow_store=follow_store,
        notifications=notifications,
        mail_opt_in=mail_opt_in,
        mail_delivery=MailDelivery(
            mail=mail_store,
            ledger=MailLedger(database=database),
            writer=digests,
            definition=digest_definitions.default,
            feeds=feeds,
            mailer=mailer,
            clock=clock,
        ),
        mailer=mailer,
        conversations=conversations,
        assistant=assistant,
        health=model.health,
        digests=digests,
        digest_store=digest_store,
        digest_contents=digest_contents,
        digest_definitions=digest_definitions,
        feedback=feedback,
        feeds=feeds,
        answer_queue=AnswerQueue(limit=settings.limits.concurrent),
        guild_settings=guild_settings,
        access=access,
        clock=clock,
    )


@asynccontextmanager
async def _feeds(
    settings: Settings, database: Database, *, papers: SqlitePaperStore, clock: Clock, sleep: Sleep
) -> AsyncIterator[Feeds]:
    """Open the feeds' client. Nothing is fetched before something is wanted. Raises SettingsError."""
    chosen = settings.feeds
    async with open_feed_client(
        request_seconds=chosen.request_seconds,
        contact=chosen.contact,
        memory=FeedMemory(database=database),
        clock=clock,
        sleep=sleep,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Model:
    """What needs a model; None where there is no model."""

    writer: Writer | None = None
    planner: Planner | None = None
    health: ModelHealth | None = None


@asynccontextmanager
async def _model(settings: Settings, *, usage: UsageStore, use_model: bool, clock: Clock) -> AsyncIterator[_Model]:
    """Open the connections to the model servers, each call metered, unless there is none or it isn't to be used.

    Raises PromptError.
    """
    prompts = Prompts(prompts_folder())
    if not use_model or not settings.openai.configured:
        yield _Model()
        return
    # The client library takes longer to import than everything else, and extracts do without it.
    from bot.answers.llm.endpoints import endpoints, open_models  # noqa: PLC0415

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
        writer = Writer(
            model=metered(models.answering), prompts=prompts, seconds=settings.openai.timeout_seconds, clock=clock
        )
        yield _Model(writer=writer, planner=planner, health=health)
