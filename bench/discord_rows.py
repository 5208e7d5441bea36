"""The table of `python -m bench.discord`."""

from collections import Counter
from collections.abc import Sequence

from bench.answer_table import Reached
from bench.discord_bot import Blocked
from bench.discord_edits import Edit, gaps
from bench.discord_members import Request, heading
from bot.frontends.discord.answers.streaming import EDIT_INTERVAL_S
from tests.fakes.discord_server import FakeDiscord

ACKNOWLEDGED_S = 1.0  # Discord takes a command for lost after 3 s
BLOCKED_MS = 50.0
GROWTH = 1.1
_EARLIER_S = 0.1
"""How much closer two edits may arrive than the bot sent them: the first may have waited for a new connection."""


def asking_rows(discord: FakeDiscord, requests: Sequence[Request]) -> list[Reached]:
    """Return the rows about questions: acknowledged, answered."""
    asked = [request.interaction for request in requests if request.interaction is not None]
    known = sorted(one.acknowledged_after for one in asked if one.acknowledged_after is not None)
    middle, late, latest = (_at(known, share) for share in (0.5, 0.99, 1.0))
    unfinished = sum(not request.finished for request in requests)
    kinds = Counter(heading(message) or "an error" for request in requests if (message := request.shown()))
    waited = {message_id for _, message_id, body in discord.edits if heading(body).startswith("Waiting")}
    errors = kinds["an error"]
    return [
        Reached(
            "acknowledged, p99",
            f"< {ACKNOWLEDGED_S:g} s",
            f"{late:.3f} s (p50 {middle:.3f} s, longest {latest:.3f} s)",
            len(known),
            bool(known) and late < ACKNOWLEDGED_S,
        ),
        Reached("interactions lost", "0", f"{len(asked) - len(known)}", len(asked), len(asked) == len(known) > 0),
        Reached("questions without an end", "0", f"{unfinished}", len(requests), not unfinished),
        Reached("questions that ended in an error", "0", f"{errors}", len(requests), not errors),
        Reached("what was answered", "", ", ".join(f"{kind} {n}" for kind, n in kinds.most_common()), len(requests)),
        Reached("had to wait in the queue", "", f"{len(waited)}", len(requests)),
    ]


def edit_rows(discord: FakeDiscord) -> list[Reached]:
    """Return the rows about edits: how far apart, and how many were refused."""
    edits: list[Edit] = [(when, message_id) for when, message_id, _ in discord.edits]
    apart = gaps(edits)
    least = min(apart, default=0.0)
    return [
        Reached(
            "least time between two edits of a message",
            f">= {EDIT_INTERVAL_S:g} s",
            f"{least:.2f} s",
            len(apart),
            least >= EDIT_INTERVAL_S - _EARLIER_S,
        ),
        Reached("429s: edits beyond five in five seconds", "0", f"{discord.limited}", len(edits), not discord.limited),
    ]


def loop_row(what: str, blocked: Blocked, count: int) -> Reached:
    """Return the row about the event loop while members did `what`, so many times."""
    reached = f"{blocked.waited_ms:.0f} ms (the bot's own work within one wait: {blocked.worked_ms:.0f} ms)"
    return Reached(
        f"event loop blocked, {what}", f"<= {BLOCKED_MS:g} ms", reached, count, blocked.waited_ms <= BLOCKED_MS
    )


def memory_row(early_mb: float, late_mb: float, *, early: int, late: int) -> Reached:
    """Return the row about memory after so many searches, early and late."""
    ratio = late_mb / early_mb
    reached = f"{ratio:.2f} ({early_mb:.0f} MB after {early:,}, {late_mb:.0f} MB after {late:,})"
    return Reached("memory, late by early", f"<= {GROWTH:g}", reached, late, ratio <= GROWTH)


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
