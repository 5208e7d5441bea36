"""The one place where the parts are built and closed; bot/parts/ says how groups of them are put together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.assistant.assistant import Assistant
from bot.assistant.desk import Desk
from bot.assistant.digests.definitions import DigestDefinitions
from bot.assistant.digests.writer import DigestWriter
from bot.assistant.house.admission import Admission
from bot.assistant.house.house import House
from bot.assistant.keeping.archive import AnswerArchive
from bot.assistant.keeping.channel_memory import ChannelMemory
from bot.assistant.keeping.conversations import Conversations
from bot.assistant.keeping.personal_data import PersonalData
from bot.assistant.keeping.saved import SavedPapers
from bot.assistant.llm.health import ModelHealth
from bot.assistant.named_papers import NamedPapers
from bot.assistant.subjects import Subjects
from bot.assistant.trends import Trends
from bot.clock import Clock, utc_now
from bot.config import Settings
from bot.ingest.feeds import Feeds
from bot.parts.answering import make_assistant
from bot.parts.digesting import make_digests
from bot.parts.feeds import open_feeds
from bot.parts.ground import Ground
from bot.parts.keeping import make_keeping, make_personal_data
from bot.parts.mailing import Mail, make_mail
from bot.parts.subscribing import Subscriptions, make_subscriptions
from bot.parts.writing import open_writing
from bot.search.known_names import KnownNames
from bot.search.searcher import Searcher
from bot.search.titles import Titles
from bot.sources.fetching.client import Sleep
from bot.store.answer_counts import AnswerCountStore
from bot.store.database import Database, open_database
from bot.store.digest_contents import DigestContents
from bot.store.digests import DigestStore
from bot.store.discussed_papers import DiscussedPaperStore
from bot.store.documents import SqliteDocuments
from bot.store.feedback import FeedbackStore
from bot.store.guild_settings import GuildSettingsStore
from bot.store.leases import Lease
from bot.store.ledger import DigestLedger
from bot.store.papers import SqlitePaperStore
from bot.store.state import StateStore
from bot.store.usage import UsageStore


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
    subscriptions: Subscriptions
    mail: Mail
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
    ground = Ground(settings=settings, database=database, papers=papers, searcher=searcher, clock=clock)
    titles, names = Titles(papers=papers), KnownNames(papers=papers)
    stack.push_async_callback(titles.close)
    stack.push_async_callback(names.close)
    feeds = await stack.enter_async_context(open_feeds(ground, sleep=sleep))
    subjects = Subjects(papers=papers, chars=settings.limits.question_chars, finder=feeds.on_demand)
    kept = make_keeping(ground)
    writing = await stack.enter_async_context(open_writing(ground, usage=kept.usage, use_model=use_model))
    house = House(settings=GuildSettingsStore(database=database), operator=settings.limits, clock=clock)
    admission = Admission(house=house, counts=AnswerCountStore(database=database), clock=clock)
    digests = make_digests(ground, writer=writing.writer, feedback=kept.feedback, feeds=feeds)
    mail = make_mail(ground, write=partial(digests.writer.write, digests.definitions.default), feeds=feeds)
    subscriptions = make_subscriptions(ground)
    return App(
        settings=settings,
        papers=papers,
        ledger=digests.ledger,
        digest_lease=digests.lease,
        state=StateStore(database=database),
        usage=kept.usage,
        searcher=searcher,
        subjects=subjects,
        titles=titles,
        names=names,
        trends=Trends(searcher=searcher),
        named_papers=NamedPapers(papers=papers, subjects=subjects, titles=titles),
        archive=kept.archive,
        saved=kept.saved,
        personal_data=make_personal_data(
            kept, digests=digests.store, following=subscriptions.following, mail=mail.opt_in, admission=admission
        ),
        channel_memory=ChannelMemory(discussed=DiscussedPaperStore(database=database), house=house, clock=clock),
        subscriptions=subscriptions,
        mail=mail,
        conversations=kept.conversations,
        health=writing.health,
        assistant=make_assistant(
            ground,
            writing=writing,
            subjects=subjects,
            archive=kept.archive,
            conversations=kept.conversations,
            house=house,
        ),
        digests=digests.writer,
        digest_store=digests.store,
        digest_contents=digests.contents,
        digest_definitions=digests.definitions,
        feedback=kept.feedback,
        feeds=feeds,
        desk=Desk(limit=settings.limits.concurrent),
        house=house,
        admission=admission,
        clock=clock,
    )
