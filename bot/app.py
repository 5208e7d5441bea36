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
from bot.assistant.prompts import Prompts, prompts_folder
from bot.config import OpenAISettings, Settings
from bot.search.searcher import Searcher
from bot.store.database import open_database
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
        if use_model and settings.openai.configured:
            model = await stack.enter_async_context(open_model(settings.openai))
        papers = SqlitePaperStore(database=database)
        searcher = Searcher(papers=papers)
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


@asynccontextmanager
async def open_model(settings: OpenAISettings) -> AsyncIterator[ChatModel]:
    """Open the client of the model's server."""
    # Local servers ask for no key, but the client refuses to be without one.
    key = settings.api_key.get_secret_value() if settings.api_key else "none"
    async with AsyncOpenAI(
        api_key=key, base_url=settings.base_url, timeout=settings.timeout_seconds, max_retries=2
    ) as client:
        yield ChatModel(client=client, name=settings.model)
