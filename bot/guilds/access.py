"""Who may ask now: the guild's channels and roles, the time between answers, the answers of the day."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.answers.events import Event, Waiting
from bot.errors.requests import AskedTooSoon, ChannelRefused, GuildAnswersUsed, RoleRefused, UserAnswersUsed
from bot.guilds.settings import GuildSettings, Rules
from bot.store.answer_counts import AnswerCountStore, Counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A user who wants to ask; ids as the front end gives them.

    Of a thread, `channel` is the one that it belongs to. `admin` is whether the user may change the guild's rules.
    """

    user: str
    guild: str | None = None
    channel: str | None = None
    roles: frozenset[str] = frozenset()
    admin: bool = False


class Access:
    """Lets users ask by the rules of the guild and the limits of the operator.

    A guild's rules bind everybody in it but its admins. The operator's limits bind everybody, also in private, since
    whoever opens a guild is an admin there; they count a user's answers in all places. Answers are counted only where
    a limit is set.
    """

    def __init__(
        self, *, guild_settings: GuildSettings, counts: AnswerCountStore, clock: Callable[[], datetime]
    ) -> None:
        self._guild_settings = guild_settings
        self._counts = counts
        self._clock = clock

    async def check_place(self, caller: Caller) -> None:
        """Raise ChannelRefused or RoleRefused for a caller who may never ask here, and StoreError."""
        _check_place(caller, await self._guild_settings.rules(caller.guild))

    async def check(self, caller: Caller) -> None:
        """Raise AccessRefused for a caller who may not ask now, and StoreError. Nothing is counted."""
        rules = await self._guild_settings.rules(caller.guild)
        _check_place(caller, rules)
        if self._limited(rules):
            now = self._clock()
            self._check_limits(caller, rules, await self.counted(caller), now)

    async def serve(self, caller: Caller, events: AsyncGenerator[Event]) -> AsyncGenerator[Event]:
        """Count an answer and yield its events; raises as `check` does before the first one, and what they raise.

        What was refused or given up before it began, such as an empty question, doesn't count.
        """
        async with aclosing(events):
            rules = await self._guild_settings.rules(caller.guild)
            _check_place(caller, rules)
            if not self._limited(rules):
                async for event in events:
                    yield event
                return
            now = self._clock()
            counted = await self._counts.add(
                now.astimezone(UTC).date(),
                user=caller.user,
                guild=caller.guild,
                now=now.timestamp(),
                refuse=lambda so_far: self._check_limits(caller, rules, so_far, now),
            )
            begun = False
            try:
                async for event in events:
                    begun = begun or not isinstance(event, Waiting)
                    yield event
            finally:
                if not begun:
                    await self._counts.take_back(counted)

    async def counted(self, caller: Caller) -> Counted:
        """Return how many answers the caller and guild have had today (UTC), and when the user's last ones began.

        Raises StoreError.
        """
        today = self._clock().astimezone(UTC).date()
        return await self._counts.counted(today, user=caller.user, guild=caller.guild)

    async def export(self, user: str) -> list[dict[str, Any]]:
        """Return the counts that name a user, as values of JSON. Raises StoreError."""
        return [
            {
                "what": "count of answers",
                "day": row["day"],
                "guild": row["guild"] or None,
                "answers": row["answers"],
                "last": datetime.fromtimestamp(row["last_at"], UTC).isoformat(),
            }
            for row in await self._counts.of_user(user)
        ]

    async def forget_user(self, user: str) -> int:
        """Delete a user's counts, today's when the day is over, or forgetting would lift the limit; return how many.

        Raises StoreError.
        """
        return await self._counts.forget_user(user, today=self._clock().astimezone(UTC).date())

    async def prune(self) -> None:
        """Delete the counts of days that are over. Raises StoreError."""
        await self._counts.prune(self._clock().astimezone(UTC).date())

    def _limited(self, rules: Rules) -> bool:
        return bool(rules.cooldown_seconds or rules.user_answers or rules.guild_answers)

    def _check_limits(self, caller: Caller, rules: Rules, counted: Counted, now: datetime) -> None:
        operator = self._guild_settings.operator
        _check_day(caller, operator.user_answers, counted.of_user, operator.guild_answers, counted.of_guild)
        _check_cooldown(operator.cooldown_seconds, counted.last_at, now)
        if caller.guild is not None and not caller.admin:
            _check_day(caller, rules.user_answers, counted.of_user_here, rules.guild_answers, counted.of_guild)
            _check_cooldown(rules.cooldown_seconds, counted.last_here_at, now)


def _check_place(caller: Caller, rules: Rules) -> None:
    if caller.guild is None or caller.admin:
        return
    if rules.channels and caller.channel not in rules.channels:
        raise ChannelRefused(channels=rules.channels)
    if rules.roles and caller.roles.isdisjoint(rules.roles):
        raise RoleRefused(roles=rules.roles)


def _check_day(caller: Caller, user_limit: int, of_user: int, guild_limit: int, of_guild: int) -> None:
    if 0 < user_limit <= of_user:
        raise UserAnswersUsed(limit=user_limit)
    if caller.guild is not None and 0 < guild_limit <= of_guild:
        raise GuildAnswersUsed(limit=guild_limit)


def _check_cooldown(seconds: int, last_at: float | None, now: datetime) -> None:
    # A last answer in the future is one from before the clock was set back.
    if seconds and last_at is not None and last_at <= now.timestamp() < last_at + seconds:
        again_at = datetime.fromtimestamp(last_at, UTC) + timedelta(seconds=seconds)
        raise AskedTooSoon(seconds=seconds, again_at=again_at)
