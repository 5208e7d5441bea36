"""Where a redirect may lead."""

import ipaddress

from yarl import URL


def same_family(first: URL, second: URL) -> bool:
    """Whether a redirect from `first` may lead to `second`: one site, never from https to http.

    A site is a host with its subdomains, told by the last two labels: huggingface.co and www.huggingface.co. Numeric
    addresses and single labels must be equal, with their port.
    """
    if second.scheme not in {"http", "https"} or (first.scheme == "https" and second.scheme == "http"):
        return False
    if second.user or second.password:
        return False
    one, other = (first.host or "").lower(), (second.host or "").lower()
    if one == other:
        return first.port == second.port or (first.is_default_port() and second.is_default_port())
    return _site(one) is not None and _site(one) == _site(other) and second.is_default_port()


def _site(host: str) -> str | None:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        labels = host.rstrip(".").split(".")
        return ".".join(labels[-2:]) if len(labels) > 1 else None
    return None
