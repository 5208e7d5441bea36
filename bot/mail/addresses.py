"""Mail addresses: checked before anything is sent to one, and masked where one is shown."""

import re

LONGEST_ADDRESS = 254
"""Characters, by RFC 5321 (4.5.3.1.3, less the angle brackets)."""

# The dot-atom of RFC 5322, without what no public server takes: quoted parts, comments, addresses of machines.
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?P<local>{_LOCAL})@(?P<domain>(?:{_LABEL}\.)+[A-Za-z][A-Za-z0-9-]{{0,61}}[A-Za-z0-9])")
_LONGEST_LOCAL = 64


def parse_address(text: str) -> str | None:
    """Return an address with its domain in lower case and in ASCII; None when `text` is none, or has more around it.

    An international domain is written in its ASCII form; what stands before the @ must be ASCII.
    """
    text = text.strip().removeprefix("mailto:")
    local, at, domain = text.rpartition("@")
    if at and not domain.isascii():
        try:
            domain = domain.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    match = _ADDRESS.fullmatch(f"{local}@{domain}")
    if match is None or len(local) > _LONGEST_LOCAL or len(match.group()) > LONGEST_ADDRESS:
        return None
    return f"{local}@{domain.lower()}"


def masked(address: str) -> str:
    """Return an address so that its owner knows it and nobody else learns it: a…@example.org."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"
