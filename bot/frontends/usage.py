"""What the model's calls used, and what is left of the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol, cast

from bot.app import App
from bot.config import LimitsSettings

Grouping = Literal["day", "user", "guild", "model", "purpose"]

_NOBODY = {"user": "the bot itself", "guild": "outside guilds"}


class UsageRow(Protocol):
    """What one day, user, guild, model or purpose used; no name stands for nobody in particular."""

    @property
    def name(self) -> str | None: ...  # noqa: D102
    @property
    def calls(self) -> int: ...  # noqa: D102
    @property
    def input_tokens(self) -> int: ...  # noqa: D102
    @property
    def output_tokens(self) -> int: ...  # noqa: D102
    @property
    def cost(self) -> float: ...  # noqa: D102


class UsageReports(Protocol):
    """Where calls are counted."""

    async def report(self, since: date, by: Grouping) -> Sequence[UsageRow]:
        """Return what was used since a day, that day included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
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
    lines: tuple[Line, ...]
    left: tuple[Left, ...]


def reports_of(app: App) -> UsageReports:
    """Return where the app counts calls."""
    return cast("UsageReports", getattr(app, "usage", None))


async def usage_of(
    reports: UsageReports, *, limits: LimitsSettings, since: date, by: Grouping, today: date, user: str
) -> Usage:
    """Return what was used since a day, and what is left of today's limits for everybody and for a user."""
    total = await reports.report(today, "day")
    users = await reports.report(today, "user")
    tokens = sum(row.input_tokens + row.output_tokens for row in total)
    own = sum(row.input_tokens + row.output_tokens for row in users if row.name == user)
    return Usage(
        since=since,
        by=by,
        lines=tuple(_line(row, by) for row in await reports.report(since, by)),
        left=(
            Left(whose=user, unit="tokens", limit=limits.user_tokens, used=own),
            Left(whose="all together", unit="tokens", limit=limits.day_tokens, used=tokens),
            Left(whose="all together", unit="cost", limit=limits.day_cost, used=sum(row.cost for row in total)),
        ),
    )


def _line(row: UsageRow, by: Grouping) -> Line:
    return Line(
        name=row.name or _NOBODY.get(by, "unknown"),
        calls=row.calls,
        input_tokens=row.input_tokens,
        output_tokens=row.output_tokens,
        cost=row.cost,
    )
