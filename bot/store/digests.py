"""The digests that servers set up: what each contains, where and when it is posted."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, time
from typing import Literal
from zoneinfo import ZoneInfo

from bot.store.database import SqliteStore, only_row

Period = Literal["daily", "weekly", "monthly"]

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
"""All weekdays, Monday 0."""

SETTINGS_PREFIX = "settings-"
"""What the key of a digest from DIGEST_CHANNEL_IDS begins with; its channel's id follows."""

_LISTS = ("weekdays", "topics", "excluded", "categories", "authors", "organisations")


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestDefinition:
    """One digest. Its `key` is its number in the store, or `settings-<channel>` for one of DIGEST_CHANNEL_IDS.

    Without topics, categories, authors and organisations it contains all papers, else of those that match any of
    them. `zone` is the name of a time zone. `guild` and `made_by`, ids, are None for those of the settings. `paused`
    is why nothing is posted, None when it is. `length` is how many papers it shows at the most, 1 to 25.
    """

    key: str
    guild: str | None
    channel: int
    name: str
    at: time
    zone: str = "UTC"
    weekdays: tuple[int, ...] = EVERY_DAY
    period: Period = "daily"
    topics: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    min_upvotes: int = 0
    length: int = 10
    writer: Literal["model", "extracts"] = "model"
    when_empty: Literal["tell", "silent"] = "tell"
    thread: bool = False
    made_by: str | None = None
    created_at: float = 0.0
    paused: str | None = None

    @property
    def time_zone(self) -> ZoneInfo:
        """The time zone that `zone` names."""
        return ZoneInfo(self.zone)

    def posts_on(self, day: date) -> bool:
        """Return whether it is posted on `day`, a date in its time zone.

        A daily one on each of its weekdays, a weekly one on the first of them, a monthly one on the first day of the
        month that is one of them.
        """
        if self.period == "weekly":
            return day.weekday() == min(self.weekdays)
        if self.period == "monthly":
            earlier = (day.replace(day=number).weekday() for number in range(1, day.day))
            return day.weekday() in self.weekdays and not any(weekday in self.weekdays for weekday in earlier)
        return day.weekday() in self.weekdays


_COLUMNS = tuple(field.name for field in fields(DigestDefinition) if field.name != "key")


class DigestStore(SqliteStore):
    """Definitions of digests. Names are unique within a guild, whatever their case."""

    async def add(self, definition: DigestDefinition, *, limit: int) -> DigestDefinition | None:
        """Keep a new definition, and return it with its key; None when the guild has `limit` of them already.

        Its name must be free in its guild: see `named`.
        """
        async with self._database.transaction() as connection:
            counted = await only_row(connection, "SELECT count(*) FROM digests WHERE guild = ?", (definition.guild,))
            if counted[0] >= limit:
                return None
            cursor = await connection.execute(
                f"INSERT INTO digests ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' for _ in _COLUMNS)})",
                _values(definition),
            )
            return replace(definition, key=str(cursor.lastrowid))

    async def change(self, definition: DigestDefinition) -> bool:
        """Keep a definition in place of the one with its key; return whether that is still there."""
        changed = await self._database.change(
            f"UPDATE digests SET {', '.join(f'{name} = ?' for name in _COLUMNS)} WHERE id = ?",
            (*_values(definition), int(definition.key)),
        )
        return changed > 0

    async def pause(self, key: str, reason: str | None) -> bool:
        """Note why a digest is not posted, or, with None, that it is again; return whether that changed anything."""
        if key.startswith(SETTINGS_PREFIX):
            return False
        changed = await self._database.change(
            "UPDATE digests SET paused = ?1 WHERE id = ?2 AND paused IS NOT ?1", (reason, int(key))
        )
        return changed > 0

    async def remove(self, key: str, *, guild: str) -> bool:
        """Delete a guild's definition; return whether it was there. What was posted stays in the ledger."""
        return await self._database.change("DELETE FROM digests WHERE id = ? AND guild = ?", (int(key), guild)) > 0

    async def get(self, key: str) -> DigestDefinition | None:
        """Return the definition with this key, or None."""
        found = await self._select("id = ?", int(key)) if key.isdecimal() else ()
        return found[0] if found else None

    async def named(self, name: str, *, guild: str) -> DigestDefinition | None:
        """Return a guild's definition of this name, or None."""
        found = await self._select("guild = ? AND name = ?", guild, name)
        return found[0] if found else None

    async def of_guild(self, guild: str) -> Sequence[DigestDefinition]:
        """Return a guild's definitions, oldest first."""
        return await self._select("guild = ?", guild)

    async def all(self) -> Sequence[DigestDefinition]:
        """Return every definition, oldest first."""
        return await self._select("true")

    async def of_user(self, user: str) -> Sequence[DigestDefinition]:
        """Return the definitions that a user made, oldest first."""
        return await self._select("made_by = ?", user)

    async def forget_user(self, user: str) -> int:
        """Forget who made a user's digests, which stay: they are the server's. Return how many."""
        return await self._database.change("UPDATE digests SET made_by = NULL WHERE made_by = ?", (user,))

    async def _select(self, where: str, *values: object) -> Sequence[DigestDefinition]:
        rows = await self._database.rows(f"SELECT * FROM digests WHERE {where} ORDER BY id", values)
        return [_definition(row) for row in rows]


def _values(definition: DigestDefinition) -> tuple[object, ...]:
    facts = {name: getattr(definition, name) for name in _COLUMNS}
    for name in _LISTS:
        facts[name] = json.dumps(facts[name], ensure_ascii=False)
    facts["at"] = f"{definition.at:%H:%M}"
    facts["thread"] = int(definition.thread)
    return tuple(facts.values())


def _definition(row: sqlite3.Row) -> DigestDefinition:
    facts = {name: row[name] for name in _COLUMNS}
    for name in _LISTS:
        facts[name] = tuple(json.loads(facts[name]))
    facts["at"] = time.fromisoformat(facts["at"])
    facts["thread"] = bool(facts["thread"])
    return DigestDefinition(key=str(row["id"]), **facts)
