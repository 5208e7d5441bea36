"""MAIL_*."""

import re
from email.utils import parseaddr
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationInfo, field_validator

from bot.addresses import parse_address

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class MailSettings(BaseModel):
    """MAIL_*: the daily summary by mail. Without MAIL_HOST and MAIL_FROM there is none."""

    model_config = ConfigDict(populate_by_name=True)

    host: str | None = Field(None, description="The server that takes mail (SMTP).")
    port: int | None = Field(
        None, description="Its port. Empty: 587 with starttls, 465 with tls, 25 with none.", ge=1, le=65535
    )
    tls: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How the connection is encrypted; the certificate must be valid for MAIL_HOST."
    )
    username: str | None = Field(None, description="The name to log in with. Empty: no login.")
    password: SecretStr | None = Field(None, description="The password to log in with.")
    sender: str | None = Field(
        None, alias="from", description="Who mails come from: an address, or name <address>. Replies go there."
    )
    timeout_seconds: float = Field(
        30.0, description="The longest wait for each answer of the server, in seconds.", gt=0, le=300
    )
    unsubscribe_url: str | None = Field(
        None,
        description="A page of yours that takes POST and ends the mails of the token in its query. Empty: by mail.",
    )

    @field_validator("sender")
    @classmethod
    def _an_address(cls, value: str | None) -> str | None:
        if value is not None and (not value.isprintable() or parse_address(parseaddr(value)[1]) is None):
            raise ValueError("must be an address such as paperbot@example.org, or name <address>")
        return value

    @field_validator("unsubscribe_url")
    @classmethod
    def _https(cls, value: str | None) -> str | None:
        # One-click unsubscribing is over HTTPS alone (RFC 8058).
        if value is not None and not re.fullmatch(r"https://[!-~]+", value):
            raise ValueError("must begin with https://")
        return value

    @field_validator("password")
    @classmethod
    def _encrypted(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        known = info.data
        if value is not None and known.get("tls") == "none" and known.get("host") not in _LOOPBACK:
            raise ValueError("MAIL_TLS=none would send it for all to read; use starttls or tls")
        return value

    @property
    def configured(self) -> bool:
        """Whether mail can be sent."""
        return self.host is not None and self.sender is not None
