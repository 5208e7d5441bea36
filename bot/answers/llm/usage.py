"""What the model's calls used, and what is left of today's limits."""

from dataclasses import asdict, dataclass
from datetime import date

from bot.config import LimitsSettings
from bot.store.usage import Grouping, UsageStore

_NOBODY = {"user": "the bot itself", "guild": "outside guilds"}


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageLine:
    """One line of the table. Costs are in the currency of OPENAI_PRICE_*."""

    name: str
    calls: int
    input_tokens: int
    output_tokens: int
    cost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A limit of today: whose, in what, how much of it, and how much is used. A limit of 0 is none."""

    whose: str
    unit: str
    limit: float
    used: float

    @property
    def left(self) -> float | None:
        """What is left; None where there is no limit."""
        return max(0, self.limit - self.used) if self.limit else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """The lines since a date, grouped `by`, and what is left of today's limits."""

    since: date
    by: Grouping
    lines: tuple[UsageLine, ...]
    left: tuple[Left, ...]


async def usage_of(
    usage: UsageStore, *, limits: LimitsSettings, since: date, by: Grouping, today: date, user: str
) -> Usage:
    """Return what was used since a date, and what is left of today's limits for everybody and for a user."""
    unnamed = _NOBODY.get(by, "unknown")
    total = await usage.report(today, "day")
    users = await usage.report(today, "user")
    tokens = sum(row.input_tokens + row.output_tokens for row in total)
    own = sum(row.input_tokens + row.output_tokens for row in users if row.name == user)
    return Usage(
        since=since,
        by=by,
        lines=tuple(UsageLine(**asdict(row) | {"name": row.name or unnamed}) for row in await usage.report(since, by)),
        left=(
            Left(whose=user, unit="tokens", limit=limits.user_tokens, used=own),
            Left(whose="all users", unit="tokens", limit=limits.day_tokens, used=tokens),
            Left(whose="all users", unit="cost", limit=limits.day_cost, used=sum(row.cost for row in total)),
        ),
    )
