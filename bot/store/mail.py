"""Who gets mail, the codes by which users confirm an address, and the ledger of each day's mails."""

from dataclasses import dataclass
from datetime import date

from bot.store.database import SqliteStore, first_row, only_row

_CODE = "SELECT address, salt, hash, tries, expires_at FROM mail_codes WHERE user = ?"
_SUBSCRIBERS = "SELECT user, address, token, refusals, confirmed_at FROM mail_subscribers"


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Who gets mail. `token` identifies them in mails; `refusals` are days in a row on which the address failed."""

    user: str
    address: str
    token: str
    refusals: int
    confirmed_at: float


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code that was mailed and not yet given back. `tries` counts the wrong ones; `expires_at` is Unix time."""

    address: str
    salt: str
    hash: str
    tries: int
    expires_at: float


class MailStore(SqliteStore):
    """Subscribers, and the codes that confirm their addresses."""

    async def request(self, limits: dict[str, int], *, now: float, span_s: float) -> bool:
        """Note that a code is asked for, unless one of the requesters in `limits` did so that often within `span_s`."""
        async with self._database.transaction() as connection:
            for who, limit in limits.items():
                counted = await only_row(
                    connection, "SELECT count(*) FROM mail_requests WHERE who = ? AND at > ?", (who, now - span_s)
                )
                if counted[0] >= limit:
                    return False
            await connection.executemany(
                "INSERT INTO mail_requests (who, at) VALUES (?, ?)", [(who, now) for who in limits]
            )
            return True

    async def tidy(self, *, now: float, span_s: float) -> None:
        """Delete codes that have expired, and what was asked for longer than `span_s` ago."""
        async with self._database.transaction() as connection:
            await connection.execute("DELETE FROM mail_codes WHERE expires_at <= ?", (now,))
            await connection.execute("DELETE FROM mail_requests WHERE at <= ?", (now - span_s,))

    async def keep_code(self, user: str, code: CodeRow) -> None:
        """Keep a user's code in place of an earlier one."""
        await self._database.change(
            "INSERT OR REPLACE INTO mail_codes (user, address, salt, hash, tries, expires_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (user, code.address, code.salt, code.hash, code.tries, code.expires_at),
        )

    async def try_code(self, user: str) -> CodeRow | None:
        """Count one more try and return the user's code with it, or None when there is none."""
        async with self._database.transaction() as connection:
            await connection.execute("UPDATE mail_codes SET tries = tries + 1 WHERE user = ?", (user,))
            row = await first_row(connection, _CODE, (user,))
        return CodeRow(**dict(row)) if row else None

    async def code_of(self, user: str) -> CodeRow | None:
        """Return the user's code without counting a try."""
        row = await self._database.row(_CODE, (user,))
        return CodeRow(**dict(row)) if row else None

    async def drop_code(self, user: str) -> None:
        """Delete a user's code."""
        await self._database.change("DELETE FROM mail_codes WHERE user = ?", (user,))

    async def subscribe(self, user: str, address: str, *, token: str, now: float) -> None:
        """Make a user a subscriber, at this address alone, and delete their code."""
        async with self._database.transaction() as connection:
            await connection.execute("DELETE FROM mail_codes WHERE user = ?", (user,))
            await connection.execute("DELETE FROM mail_subscribers WHERE user = ?", (user,))
            await connection.execute(
                "INSERT INTO mail_subscribers (user, address, token, confirmed_at) VALUES (?, ?, ?, ?)",
                (user, address, token, now),
            )

    async def of_user(self, user: str) -> Subscriber | None:
        """Return a user as a subscriber, or None."""
        row = await self._database.row(f"{_SUBSCRIBERS} WHERE user = ?", (user,))
        return Subscriber(**dict(row)) if row else None

    async def subscribers(self) -> list[Subscriber]:
        """Return all who get mail, those first who do so longest."""
        rows = await self._database.rows(f"{_SUBSCRIBERS} ORDER BY confirmed_at, user")
        return [Subscriber(**dict(row)) for row in rows]

    async def remove(self, user: str) -> int:
        """Delete a user's address and code; return how many of the two there were."""
        async with self._database.transaction() as connection:
            removed = 0
            for table in ("mail_codes", "mail_subscribers"):
                cursor = await connection.execute(f"DELETE FROM {table} WHERE user = ?", (user,))
                removed += cursor.rowcount
            return removed

    async def remove_token(self, token: str) -> bool:
        """Delete the subscriber with this token; return whether there was one."""
        return await self._database.change("DELETE FROM mail_subscribers WHERE token = ?", (token,)) > 0


@dataclass(frozen=True, slots=True)
class MailDay:
    """What a day's mail contains: the papers that arrived in (since, until], Unix seconds."""

    day: date
    since: float
    until: float


class MailLedger(SqliteStore):
    """Rows written before a mail is handed to the server and settled after."""

    async def open(self, day: date, *, first_since: float, now: float) -> MailDay:
        """Return a day's span, noted now unless it was before.

        It begins where the last day's ended, or at `first_since` for the first.
        """
        await self._database.change(
            "INSERT INTO mail_days (day, since, until)"
            " SELECT ?1, coalesce((SELECT max(until) FROM mail_days WHERE day < ?1), ?2), ?3"
            " WHERE true ON CONFLICT DO NOTHING",
            (day.isoformat(), first_since, now),
        )
        noted = await self.find_day(day)
        assert noted is not None, "it was written above"
        return noted

    async def find_day(self, day: date) -> MailDay | None:
        """Return a day's span, or None before it was opened."""
        row = await self._database.row("SELECT * FROM mail_days WHERE day = ?", (day.isoformat(),))
        return MailDay(day, row["since"], row["until"]) if row else None

    async def last_until(self) -> float | None:
        """Return where the last day's papers ended, in Unix seconds, or None before the first."""
        row = await self._database.row("SELECT max(until) AS until FROM mail_days")
        return row["until"] if row else None

    async def claim(self, token: str, day: date, *, now: float, unsure_before: float | None = None) -> str | None:
        """Note that a day's mail is about to be sent; return the address, or None when that is not to be done.

        None for a user who is no longer subscribed, and where the day has a row. With `unsure_before`, a row is taken
        over that has been in state sending since before that Unix time.
        """
        async with self._database.transaction() as connection:
            cursor = await connection.execute(
                "INSERT INTO mail_ledger (token, day, state, at) SELECT token, ?2, 'sending', ?3 FROM mail_subscribers"
                " WHERE token = ?1 ON CONFLICT (token, day) DO UPDATE SET at = excluded.at"
                " WHERE state = 'sending' AND at < ?4",
                (token, day.isoformat(), now, unsure_before),
            )
            if cursor.rowcount <= 0:
                return None
            row = await first_row(connection, "SELECT address FROM mail_subscribers WHERE token = ?", (token,))
        return row["address"] if row else None

    async def settle(self, token: str, day: date, *, sent: bool, now: float) -> None:
        """Note that the server took the mail, or that it refuses this address for good."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "UPDATE mail_ledger SET state = ?, at = ? WHERE token = ? AND day = ?",
                ("sent" if sent else "refused", now, token, day.isoformat()),
            )
            refusals = "0" if sent else "refusals + 1"
            await connection.execute(f"UPDATE mail_subscribers SET refusals = {refusals} WHERE token = ?", (token,))

    async def release(self, token: str, day: date) -> None:
        """Take back a claim: the mail was not handed over, and may be tried again."""
        await self._database.change(
            "DELETE FROM mail_ledger WHERE token = ? AND day = ? AND state = 'sending'", (token, day.isoformat())
        )

    async def states(self, day: date, *, unsure_before: float) -> dict[str, str]:
        """Return the state of each subscriber's mail of a day by token: sending, sent, refused, or unsure.

        A mail is unsure when it has been in state sending since before that Unix time: its process may have been killed
        after the server took it.
        """
        rows = await self._database.rows("SELECT token, state, at FROM mail_ledger WHERE day = ?", (day.isoformat(),))
        return {
            row["token"]: "unsure" if row["state"] == "sending" and row["at"] < unsure_before else row["state"]
            for row in rows
        }
