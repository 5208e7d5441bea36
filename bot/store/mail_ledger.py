"""The mail ledger: which day's summary went to whom."""

from dataclasses import dataclass
from datetime import date

from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class MailDay:
    """What a day's mail tells of: the papers that arrived in (since, until], Unix seconds."""

    day: date
    since: float
    until: float


class MailLedger:
    """Rows written before a mail is handed to the server and settled after."""

    def __init__(self, *, database: Database) -> None:
        self._database = database

    async def open(self, day: date, *, first_since: float, now: float) -> MailDay:
        """Return a day's span, noted now unless it was before.

        It begins where the last day's ended, or at `first_since` for the first.
        """
        async with self._database.transaction() as connection:
            await connection.execute(
                "INSERT INTO mail_days (day, since, until)"
                " SELECT ?1, coalesce((SELECT max(until) FROM mail_days WHERE day < ?1), ?2), ?3"
                " WHERE true ON CONFLICT DO NOTHING",
                (day.isoformat(), first_since, now),
            )
        noted = await self.noted(day)
        assert noted is not None, "it was written above"
        return noted

    async def noted(self, day: date) -> MailDay | None:
        """Return a day's span, or None before it was opened."""
        row = await self._database.row("SELECT * FROM mail_days WHERE day = ?", (day.isoformat(),))
        return MailDay(day, row["since"], row["until"]) if row else None

    async def last_until(self) -> float | None:
        """Return where the last day's papers ended, in Unix seconds, or None before the first."""
        row = await self._database.row("SELECT max(until) AS until FROM mail_days")
        return row["until"] if row else None

    async def claim(self, token: str, day: date, *, now: float, unsure_before: float | None = None) -> str | None:
        """Note that a day's mail is about to be sent; return the address, or None when that is not to be done.

        It is not for who is no subscriber any more, nor where the day's row is there. With `unsure_before` a row is
        taken over that stands as being sent since before that Unix time.
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
            cursor = await connection.execute("SELECT address FROM mail_subscribers WHERE token = ?", (token,))
            row = await cursor.fetchone()
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
        async with self._database.transaction() as connection:
            await connection.execute(
                "DELETE FROM mail_ledger WHERE token = ? AND day = ? AND state = 'sending'", (token, day.isoformat())
            )

    async def states(self, day: date, *, unsure_before: float) -> dict[str, str]:
        """Return the state of each subscriber's mail of a day by token: sending, sent, refused, or unsure.

        One is unsure that stands as being sent since before that Unix time: its process may have been killed after the
        server took it.
        """
        rows = await self._database.rows("SELECT token, state, at FROM mail_ledger WHERE day = ?", (day.isoformat(),))
        return {
            row["token"]: "unsure" if row["state"] == "sending" and row["at"] < unsure_before else row["state"]
            for row in rows
        }
