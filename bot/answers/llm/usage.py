"""What the model's calls used, and what is left of the day."""

from dataclasses import dataclass
from datetime import date

from bot.config import LimitsSettings
from bot.store.usage import Grouping, UsageRow, UsageStore

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
    """The lines since a day, and what is left of today."""

    since: date
    by: Grouping
    lines: tuple[UsageLine, ...]
    left: tuple[Left, ...]


async def usage_of(
    usage: UsageStore, *, limits: LimitsSettings, since: date, by: Grouping, today: date, user: str
) -> Usage:
    """Return what was used since a day, and what is left of today's limits for everybody and for a user."""
    total = await usage.report(today, "day")
    users = await usage.report(today, "user")
    tokens = sum(row.input_tokens + row.output_tokens for row in total)
    own = sum(row.input_tokens + row.output_tokens for row in users if row.name == user)
    return Usage(
        since=since,
        by=by,
        lines=tuple(_line(row, by) for row in await usage.report(since, by)),
        left=(
            Left(whose=user, unit="tokens", limit=limits.user_tokens, used=own),
            Left(whose="all users", unit="tokens", limit=limits.day_tokens, used=tokens),
            Left(whose="all users", unit="cost", limit=limits.day_cost, used=sum(row.cost for row in total)),
        ),
    )


def _line(row: UsageRow, by: Grouping) -> UsageLine:
    return UsageLine(
        name=row.name or _NOBODY.get(by, "unknown"),
        calls=row.calls,
        input_tokens=row.input_tokens,
        output_tokens=row.output_tokens,
        cost=row.cost,
    )
