"""The composition root: the one place where the parts are built, opened and closed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from bot.answers.answer_queue import AnswerQueue
from bot.answers.assistant import Assistant, AssistantLimits
from bot.answers.cards import Cards
from bot.answers.expansion import DocumentExpander
from bot.answers.generation import AnswerGenerator
from bot.answers.history.archive import AnswerArchive, AnswerCache
from bot.answers.history.conversations import Conversations
from bot.answers.llm.memory import ServerMemory
from bot.answers.llm.metering import Meter, ModelHealth, Price
from bot.answers.llm.prompts import Prompts, prompts_folder
from bot.answers.llm.text_model import TokenEstimator
from bot.answers.planning.planner import Planner
from bot.answers.subjects import NamedPapers, Subjects
from bot.answers.talking import Talking
from bot.answers.wishes import Wishes
from bot.answers.writing.fitness import Fitness
from bot.answers.writing.reading import ReadingLimits, SecondReader
from bot.answers.writing.writer import Writer
from bot.config import FeedsSettings, Settings
from bot.digests.definitions import DigestDefinitions
from bot.digests.writer import DigestSentences, DigestWriter
from bot.follows.collector import Collector
from bot.follows.follow import Follows
from bot.guilds.access import Access
from bot.guilds.channel_memory import ChannelMemory
from bot.guilds.settings import GuildSettings
from bot.i18n.translation import phrase
from bot.ingest.feeds import Feeds, enabled_feeds, known_feeds
from bot.ingest.hub_links import CardLinks
from bot.ingest.on_demand import OnDemand
from bot.ingest.runner import FeedRunner
from bot.mail.delivery import MailDelivery
from bot.mail.opt_in import OptIn
from bot.mail.smtp import Mailer
from bot.privacy import PersonalData
from bot.saved_papers import SavedPapers
from bot.search.completion import KnownNames, Titles
from bot.search.searcher import Searcher
from bot.sources.feed import LinkingFeed, PaperFeed, TopicFeed
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
from bot.store.key_values import KeyValueStore
from bot.store.leases import Lease
from bot.store.mail import MailLedger, MailStore
from bot.store.papers import Arrivals, SqlitePaperStore
from bot.store.questions import PaperQuestionStore
from bot.store.saved_papers import SavedPaperStore
from bot.store.usage import UsageStore
from bot.trends.counts import Trends
from bot.user_data import DIGEST_SIGNATURE, MAIL_ADDRESS, SAVED_PAPER, SUBSCRIPTION
from bot.util import Clock, utc_now


@dataclass(frozen=True, slots=True, kw_only=True)
class _ModelParts:
    """What needs a model; None where there is no model."""

    writer: Writer | None = None
    planner: Planner | None = None
    reader: SecondReader | None = None
    expander: DocumentExpander | None = None
    health: ModelHealth | None = None


class App:
    """The parts that a front end or a job may need, on an open store. `open_app` opens and closes them."""

    def __init__(
        self,
        settings: Settings,
        *,
        database: Database,
        papers: SqlitePaperStore,
        usage: UsageStore,
        feeds: Feeds,
        model: _ModelParts,
        clock: Clock,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.papers = papers
        self.usage = usage
        self.feeds = feeds
        self.health = model.health
        self.key_values = KeyValueStore(database=database)
        self.planner, self.reader = model.planner, model.reader
        self.expander, self.questions = model.expander, PaperQuestionStore(database=database)
        self.expansion_lease = Lease(database=database, name="questions for papers", clock=clock)

        self.searcher = Searcher(papers=papers, documents=SqliteDocuments(database=database))
        self.trends = Trends(searcher=self.searcher)
        self.titles, self.names = Titles(papers=papers), KnownNames(papers=papers)
        self.subjects = Subjects(papers=papers, chars=settings.limits.question_chars, finder=feeds.on_demand)
        self.named_papers = NamedPapers(
            papers=papers, subjects=self.subjects, titles=self.titles, searcher=self.searcher
        )
        linking = next((feed for feed in feeds.enabled if isinstance(feed, LinkingFeed)), None)
        self.cards = Cards(
            searcher=self.searcher,
            links=CardLinks(place=linking, clock=clock),
            has_model=settings.openai.configured,
        )

        self.guild_settings = GuildSettings(
            settings=GuildSettingsStore(database=database), operator=settings.limits, clock=clock
        )
        counts = AnswerCountStore(database=database)
        self.access = Access(guild_settings=self.guild_settings, counts=counts, clock=clock)
        self.channel_memory = ChannelMemory(
            discussed=ChannelMemoryStore(database=database), guild_settings=self.guild_settings, clock=clock
        )

        answers = AnswerStore(database=database)
        self.feedback = FeedbackStore(database=database)
        self.archive = AnswerArchive(
            answers=answers,
            papers=papers,
            usage=usage,
            feedback=self.feedback,
            clock=clock,
            answer_days=settings.store.answer_days,
        )
        self.conversations = Conversations(
            answers=answers, papers=papers, clock=clock, hours=settings.store.conversation_hours
        )
        self.answer_queue = AnswerQueue(limit=settings.limits.concurrent)
        self.assistant = self._assistant(model)

        self.digest_store, self.digest_contents = DigestStore(database=database), DigestContents(database=database)
        self.digest_definitions = DigestDefinitions(store=self.digest_store, defaults=settings.digest)
        self.digest_lease = Lease(database=database, name="digests", clock=clock)
        self.digest_ledger = DigestLedger(database=database, lease=self.digest_lease)
        self.digest_writer = DigestWriter(
            papers=papers,
            searcher=self.searcher,
            sentences=DigestSentences(writer=model.writer) if model.writer else None,
            contents=self.digest_contents,
            feedback=self.feedback,
            feeds=feeds,
        )

        self.follow_store, self.notifications = FollowStore(database=database), NotificationStore(database=database)
        self.follows = Follows(follows=self.follow_store, clock=clock)
        self.follow_collector = Collector(
            arrivals=Arrivals(database=database),
            papers=papers,
            follows=self.follow_store,
            notices=self.notifications,
            clock=clock,
            daily_at=settings.digest.time,
            zone=settings.digest.zone,
        )

        mail = MailStore(database=database)
        self.mailer = Mailer(settings.mail)
        self.mail_opt_in = OptIn(mail=mail, clock=clock)
        self.mail_delivery = MailDelivery(
            mail=mail,
            ledger=MailLedger(database=database),
            writer=self.digest_writer,
            definition=self.digest_definitions.default,
            feeds=feeds,
            mailer=self.mailer,
            clock=clock,
        )

        self.saved = SavedPapers(saved=SavedPaperStore(database=database), papers=papers, clock=clock)
        self.personal_data = PersonalData(
            archive=self.archive,
            others={
                SAVED_PAPER: self.saved,
                DIGEST_SIGNATURE: self.digest_definitions,
                SUBSCRIPTION: self.follows,
                MAIL_ADDRESS: self.mail_opt_in,
            },
            counts=[self.access],
        )

    def _assistant(self, model: _ModelParts) -> Assistant:
        settings = self.settings
        why = phrase("extracts were requested") if settings.openai.configured else phrase("no model is set up")
        cache = AnswerCache(archive=self.archive, conversations=self.conversations)
        return Assistant(
            searcher=self.searcher,
            subjects=self.subjects,
            talking=Talking(papers=self.papers, searcher=self.searcher, named=self.named_papers),
            generator=AnswerGenerator(writer=model.writer, why_no_model=why, answer_cache=cache),
            answer_queue=self.answer_queue,
            conversations=self.conversations,
            planner=model.planner,
            wishes=Wishes(searcher=self.searcher, papers=self.papers, subjects=self.subjects),
            fixed_language=self.guild_settings.answer_language,
            limits=AssistantLimits(
                sources=settings.search.sources,
                question_chars=settings.limits.question_chars,
                conversation_hours=settings.store.conversation_hours,
            ),
            clock=self.clock,
        )


@asynccontextmanager
async def open_app(
    settings: Settings,
    *,
    store_path: Path | None = None,
    use_model: bool = True,
    clock: Clock = utc_now,
    sleep: Sleep = asyncio.sleep,
) -> AsyncIterator[App]:
    """Open the store, the feeds' client and the models, build the parts on them, and close all in reverse.

    `store_path` stands in for the settings' store; without `use_model` answers are extracts, whatever is set.
    `sleep` is how the client of the feeds waits.
    Raises StoreError, PromptError, and SettingsError for a feed that doesn't exist.
    """
    async with open_database(store_path or settings.store.path) as database:
        papers, usage = SqlitePaperStore(database=database), UsageStore(database=database)
        async with (
            _feeds(settings.feeds, database, papers=papers, clock=clock, sleep=sleep) as feeds,
            _open_model_parts(settings, database=database, usage=usage, use_model=use_model, clock=clock) as model,
        ):
            app = App(settings, database=database, papers=papers, usage=usage, feeds=feeds, model=model, clock=clock)
            try:
                yield app
            finally:
                await app.titles.close()
                await app.names.close()


@asynccontextmanager
async def _feeds(
    chosen: FeedsSettings, database: Database, *, papers: SqlitePaperStore, clock: Clock, sleep: Sleep
) -> AsyncIterator[Feeds]:
    """Open the feeds' client. Nothing is fetched before something is wanted. Raises SettingsError."""
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


@asynccontextmanager
async def _open_model_parts(
    settings: Settings, *, database: Database, usage: UsageStore, use_model: bool, clock: Clock
) -> AsyncIterator[_ModelParts]:
    """Open the connections to the model servers, each call metered, unless there is none or it isn't to be used.

    Raises PromptError.
    """
    prompts = Prompts(prompts_folder())
    if not use_model or not settings.openai.configured:
        yield _ModelParts()
        return
    # The client library takes longer to import than everything else, and extracts do without it.
    from bot.answers.llm.endpoints import endpoints, open_models  # noqa: PLC0415

    server_memory = ServerMemory(key_values=KeyValueStore(database=database), clock=clock)
    async with open_models(settings.openai, clock=clock, server_memory=server_memory) as models:
        health = ModelHealth(clock=clock, learnt=models.learnt)
        metered = partial(
            Meter,
            usage=usage,
            limits=settings.limits,
            prices=[Price(endpoint.price_input, endpoint.price_output) for endpoint in endpoints(settings.openai)],
            clock=clock,
            estimator=TokenEstimator(),
            health=health,
        )
        openai, planner, reader = settings.openai, None, None
        if models.planning is not None:
            planner = Planner(
                model=metered(model=models.planning, learnt=models.learnt[openai.planner]),
                prompts=prompts,
                seconds=openai.plan_seconds,
                clock=clock,
            )
        if models.reading is not None:
            reader = SecondReader(
                model=metered(model=models.reading, learnt=models.learnt[openai.reader]),
                prompts=prompts,
                limits=ReadingLimits(
                    seconds=openai.reading_seconds,
                    sentences=openai.reading_sentences,
                    prompt_tokens=openai.prompt_tokens,
                ),
                fitness=Fitness(
                    key_values=KeyValueStore(database=database),
                    name=f"{openai.base_url} {openai.reader} {prompts.hash}",
                ),
                clock=clock,
            )
        writer = Writer(
            model=metered(model=models.answering, learnt=models.learnt[openai.model]),
            prompts=prompts,
            seconds=openai.timeout_seconds,
            prompt_tokens=openai.prompt_tokens,
            clock=clock,
            reader=reader,
            learnt=models.learnt[openai.model],
        )
        expander = DocumentExpander(
            model=metered(model=models.answering),
            prompts=prompts,
            questions=PaperQuestionStore(database=database),
            usage=usage,
            day_tokens=settings.search.questions_tokens,
            prompt_tokens=openai.prompt_tokens,
            clock=clock,
        )
        yield _ModelParts(writer=writer, planner=planner, reader=reader, expander=expander, health=health)
