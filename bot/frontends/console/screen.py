"""The terminal that everything is printed on."""

from datetime import UTC, datetime, tzinfo

from rich.console import Console

_WIDTH = 100  # longer lines are hard to read


def make_console(*, stderr: bool = False) -> Console:
    """Return a console no wider than what is comfortable to read. Nothing in a text is taken for markup."""
    console = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    if console.width > _WIDTH:
        console.width = _WIDTH
    return console


def local_zone() -> tzinfo | None:
    """Return the time zone of this machine, which is taken for that of who sits before it."""
    return datetime.now(UTC).astimezone().tzinfo
