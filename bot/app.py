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
    searcher: Searcher
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
        model: ChatModel | None = None
        planner: Planner | None = None
        if use_model and settings.openai.configured:
            client = await stack.enter_async_context(open_client(settings.openai))
            model = ChatModel(client=client, name=settings.openai.model)
            planner = make_planner(settings.openai, client=client, prompts=prompts, clock=clock)
        papers = SqlitePaperStore(database=database)
        searcher = Searcher(papers=papers, documents=SqliteDocuments(database=database))
        timeout_seconds = settings.openai.timeout_seconds
        yield App(
            settings=settings,
            papers=papers,
            ledger=DigestLedger(database=database),
            state=StateStore(database=database),
            searcher=searcher,
            assistant=Assistant(
                searcher=searcher,
                prompts=prompts,
                model=model,
                planner=planner,
                why_no_model="extracts were asked for" if settings.openai.configured else "no model is set up",
                sources=settings.search.sources,
                question_chars=settings.limits.question_chars,
                timeout_seconds=timeout_seconds,
                clock=clock,
            ),
            digests=DigestWriter(
                papers=papers,
                searcher=searcher,
                prompts=prompts,
                model=model,
                limit=settings.digest.papers,
                timeout_seconds=timeout_seconds,
                clock=clock,
            ),
            clock=clock,
        )


def make_planner(settings: OpenAISettings, *, client: AsyncOpenAI, prompts: Prompts, clock: Clock) -> Planner | None:
    """Return the planner, or None where the settings give it no time."""
    if not settings.plan_seconds:
        return None
    # A second try would only use up the time in which the plan made in code could be searched for.
    model = ChatModel(client=client.with_options(max_retries=0), name=settings.planner)
    return Planner(model=model, prompts=prompts, seconds=settings.plan_seconds, clock=clock)


@asynccontextmanager
async def open_client(settings: OpenAISettings) -> AsyncIterator[AsyncOpenAI]:
    """Open the client of the model's server."""
    # Local servers ask for no key, but the client refuses to be without one.
    key = settings.api_key.get_secret_value() if settings.api_key else "none"
    async with AsyncOpenAI(
        api_key=key, base_url=settings.base_url, timeout=settings.timeout_seconds, max_retries=2
    ) as client:
        yield client
