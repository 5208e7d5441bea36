"""How the bot stands: what it holds, whether the model answers, what is left of today."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot import __version__
from bot.app import App
from bot.assistant.asker import Asker
from bot.assistant.llm.health import Outcome
from bot.frontends.usage import Left
from bot.ingest.freshness import FeedState
from bot.store.papers import Holdings
from bot.translation import phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A moment's state. `model` is None where none is set up, `last_call` None before the first call.

    `mail`: whether the daily summary can be had by mail.
    """

    holdings: Holdings
    feeds: tuple[FeedState, ...]
    model: str | None
    last_call: Outcome | None
    left: tuple[Left, ...]
    mail: bool
    version: str


async def status_of(app: App, asker: Asker) -> Status:
    """Return how things stand for an asker. No model is called for it. Raises StoreError."""
    limits = app.settings.limits
    today = app.clock().astimezone(UTC).date()
    spent = await app.usage.spent(today, user=asker.user, guild=asker.guild)
    left = [Left(whose=phrase("you"), unit="tokens", limit=limits.user_tokens, used=spent.user_tokens)]
    if asker.guild is not None:
        left.append(
            Left(whose=phrase("this server"), unit="tokens", limit=limits.guild_tokens, used=spent.guild_tokens)
        )
    left.append(Left(whose=phrase("all together"), unit="tokens", limit=limits.day_tokens, used=spent.day_tokens))
    if limits.day_cost:
        left.append(Left(whose=phrase("all together"), unit="cost", limit=limits.day_cost, used=spent.day_cost))
    return Status(
        holdings=await app.papers.holdings(),
        feeds=tuple(await app.feeds.freshness()),
        model=app.settings.openai.model if app.health else None,
        last_call=app.health.last if app.health else None,
        left=tuple(left),
        mail=app.settings.mail.configured,
        version=__version__,
    )


def newest_at(holdings: Holdings) -> datetime | None:
    """Return when the newest paper came."""
    return datetime.fromtimestamp(holdings.newest_at, UTC) if holdings.newest_at is not None else None
