"""Double opt-in: an address gets mail only when its owner gives back the code that was mailed to it."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from email_validator import EmailNotValidError, validate_email

from bot.errors.services import MailAddressWrong, MailCodeOver, MailCodesMany, MailCodeWrong
from bot.store.mail import CodeRow, MailStore
from bot.user_data import MAIL_ADDRESS

CODE_LIFE = timedelta(minutes=15)
TRIES = 5

REQUESTS_PER_USER = 5
REQUESTS_PER_ADDRESS = 3
REQUESTS_SPAN = timedelta(hours=24)
"""How many codes one user asks for, and one address gets, within this time: nobody's inbox is filled from here."""

MOST_REFUSALS = 3
"""After so many days in a row on which the server refused an address for good, nothing is sent to it any more."""

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0, O, 1 and I, which look alike
_LENGTH = 8

LONGEST_ADDRESS = 254
"""Characters, by RFC 5321 (4.5.3.1.3, less the angle brackets)."""


@dataclass(frozen=True, slots=True)
class MailStatus:
    """The state of a user's mail, addresses masked: confirmed, still to be confirmed, or refused by the server."""

    confirmed: str | None
    waiting: str | None
    refused: bool


class OptIn:
    """Who gets mail. Addresses leave it masked, but for their owner's export."""

    def __init__(self, *, mail: MailStore, clock: Callable[[], datetime]) -> None:
        self._mail = mail
        self._clock = clock

    async def start(self, user: str, text: str) -> tuple[str, str]:
        """Return the address in `text` and the code to be mailed to it. Raises MailAddressWrong and MailCodesMany."""
        address = parse_address(text)
        if address is None:
            raise MailAddressWrong
        now = self._clock()
        # As hashes, so that a forgotten user can't start over, and no address is kept that nobody confirmed.
        limits = {
            _hash("user", user): REQUESTS_PER_USER,
            _hash("address", address.casefold()): REQUESTS_PER_ADDRESS,
        }
        span_s = REQUESTS_SPAN.total_seconds()
        if not await self._mail.request(limits, now=now.timestamp(), span_s=span_s):
            raise MailCodesMany(hours=round(span_s / 3600))
        code = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
        salt = secrets.token_hex(16)
        expires_at = (now + CODE_LIFE).timestamp()
        await self._mail.keep_code(user, CodeRow(address, salt, _hash(salt, code), 0, expires_at))
        return address, f"{code[:4]}-{code[4:]}"

    async def withdraw(self, user: str) -> None:
        """Forget a code that could not be mailed."""
        await self._mail.drop_code(user)

    async def confirm(self, user: str, text: str) -> str:
        """Make the user a subscriber and return the masked address. Raises MailCodeWrong and MailCodeOver."""
        code = await self._mail.try_code(user)
        if code is None or code.tries > TRIES or self._clock().timestamp() >= code.expires_at:
            await self._mail.drop_code(user)
            raise MailCodeOver(minutes=round(CODE_LIFE.total_seconds() / 60))
        given = "".join(char for char in text.upper() if char in _ALPHABET)
        if not hmac.compare_digest(_hash(code.salt, given), code.hash):
            if code.tries == TRIES:
                await self._mail.drop_code(user)
            raise MailCodeWrong(left=TRIES - code.tries)
        token = secrets.token_urlsafe(16)
        await self._mail.subscribe(user, code.address, token=token, now=self._clock().timestamp())
        return masked(code.address)

    async def stop(self, user: str) -> bool:
        """Delete the user's address; return whether there was one, confirmed or not."""
        return await self._mail.remove(user) > 0

    async def unsubscribe(self, token: str) -> bool:
        """Delete the address that a token is for; return whether there was one."""
        return await self._mail.remove_token(token)

    async def status(self, user: str) -> MailStatus:
        """Return the state of a user's mail."""
        subscriber = await self._mail.of_user(user)
        code = await self._mail.code_of(user)
        waits = code is not None and code.tries < TRIES and self._clock().timestamp() < code.expires_at
        return MailStatus(
            confirmed=masked(subscriber.address) if subscriber else None,
            waiting=masked(code.address) if code and waits else None,
            refused=subscriber is not None and subscriber.refusals >= MOST_REFUSALS,
        )

    async def tidy(self) -> None:
        """Delete addresses that were not confirmed in time, and counts that no longer matter."""
        span_s = REQUESTS_SPAN.total_seconds()
        await self._mail.tidy(now=self._clock().timestamp(), span_s=span_s)

    async def export(self, user: str) -> list[dict[str, Any]]:
        """Return what is kept of a user's mail, as values of JSON."""
        addresses: list[dict[str, Any]] = []
        if subscriber := await self._mail.of_user(user):
            confirmed = datetime.fromtimestamp(subscriber.confirmed_at, UTC).isoformat()
            addresses.append({"what": MAIL_ADDRESS, "address": subscriber.address, "confirmed": confirmed})
        if code := await self._mail.code_of(user):
            addresses.append({"what": MAIL_ADDRESS, "address": code.address, "confirmed": None})
        return addresses

    async def forget_user(self, user: str) -> int:
        """Delete what is kept of a user's mail; return how many addresses."""
        return await self._mail.remove(user)


def _hash(salt: str, text: str) -> str:
    return hashlib.sha256(f"{salt}:{text}".encode()).hexdigest()


def parse_address(text: str) -> str | None:
    """Return an address with its domain in lower case and in ASCII; None when `text` is none, or has more around it.

    What precedes the @ must be ASCII. Nothing is looked up.
    """
    try:
        checked = validate_email(
            text.strip().removeprefix("mailto:"), check_deliverability=False, allow_smtputf8=False, strict=True
        )
    except EmailNotValidError:
        return None
    return checked.ascii_email


def masked(address: str) -> str:
    """Return an address so that its owner recognises it and nobody else learns it: a…@example.org."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"
