"""How long to wait before a request is made again."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

FIRST_WAIT_S = 1.0
LONGEST_BACKOFF_S = 30.0

# Hugging Face: RateLimit: "api";r=0;t=241 (r: requests left, t: seconds until the window ends).
_RATE_LIMIT = re.compile(r";\s*r=(?P<left>\d{1,9})\b.*?;\s*t=(?P<seconds>\d{1,6})\b", re.ASCII)


def asked_wait(headers: Mapping[str, str], *, now: datetime) -> float | None:
    """Return how many seconds a server asks to wait, or None where it doesn't say.

    Read are Retry-After (RFC 9110, section 10.2.3: seconds or a date) and Hugging Face's RateLimit.
    """
    return _retry_after(headers.get("Retry-After", "").strip(), now) or _rate_limit(headers.get("RateLimit", ""))


def backoff(attempt: int, random: Callable[[], float]) -> float:
    """Return the wait after the attempt of this number (from 1): doubled each time, and half of it by chance."""
    longest = min(FIRST_WAIT_S * 2.0 ** (attempt - 1), LONGEST_BACKOFF_S)
    return longest * (0.5 + 0.5 * random())


def _retry_after(value: str, now: datetime) -> float | None:
    if value.isascii() and value.isdigit() and len(value) < 10:
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def _rate_limit(value: str) -> float | None:
    match = _RATE_LIMIT.search(value)
    return float(match["seconds"]) if match and int(match["left"]) == 0 else None
