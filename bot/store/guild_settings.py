"""What guilds set for themselves: a JSON object for each, whose meaning this layer doesn't know."""

import json
import logging
from collections.abc import Collection, Mapping
from typing import Any

from bot.store.database import SqliteStore, first_row

log = logging.getLogger(__name__)


class GuildSettingsStore(SqliteStore):
    """Settings by guild, and when the bot left one. Several processes may share the file."""

    async def get(self, guild: str) -> dict[str, Any]:
        """Return what a guild has set; nothing, with a line in the log, where what is stored is no object."""
        row = await self._database.row("SELECT settings FROM guild_settings WHERE guild = ?", (guild,))
        return _object(row["settings"], guild) if row else {}

    async def change(self, guild: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Set the values, remove the names with None, leave all others as they are; return the settings after that.

        Read and written in one transaction: of two changes at once, neither undoes the other's names.
        """
        async with self._database.transaction() as connection:
            row = await first_row(connection, "SELECT settings FROM guild_settings WHERE guild = ?", (guild,))
            merged = {**(_object(row["settings"], guild) if row else {}), **values}
            kept = {name: value for name, value in merged.items() if value is not None}
            await connection.execute(
                "INSERT INTO guild_settings (guild, settings) VALUES (?, ?)"
                " ON CONFLICT (guild) DO UPDATE SET settings = excluded.settings, left_at = NULL",
                (guild, json.dumps(kept, ensure_ascii=False)),
            )
            return kept

    async def left(self, guild: str, *, now: float) -> None:
        """Note that the bot was removed from a guild at `now` (Unix time), unless that is noted."""
        await self._database.change(
            "UPDATE guild_settings SET left_at = coalesce(left_at, ?) WHERE guild = ?", (now, guild)
        )

    async def joined(self, guild: str) -> None:
        """Note that the bot is in a guild, perhaps again."""
        await self._database.change("UPDATE guild_settings SET left_at = NULL WHERE guild = ?", (guild,))

    async def present(self, guilds: Collection[str], *, now: float) -> None:
        """Note that the bot is in these guilds and in no other: changes missed while it was not connected."""
        await self._database.change(
            "UPDATE guild_settings SET left_at = CASE WHEN guild IN (SELECT value FROM json_each(?1)) THEN NULL"
            " ELSE coalesce(left_at, ?2) END"
            " WHERE (left_at IS NULL) <> (guild IN (SELECT value FROM json_each(?1)))",
            (json.dumps(list(guilds)), now),
        )

    async def purge(self, before: float) -> int:
        """Delete the settings of guilds that the bot left before a time (Unix); return how many guilds."""
        return await self._database.change("DELETE FROM guild_settings WHERE left_at < ?", (before,))


def _object(text: str, guild: str) -> dict[str, Any]:
    try:
        values = json.loads(text)
    except ValueError:
        values = None
    if isinstance(values, dict):
        return values
    log.warning("the settings of server %s are malformed, so they are ignored", guild)
    return {}
