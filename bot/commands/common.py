"""What commands share: opening the app, logging, and options."""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot.search.query.filters import Filters
from bot.store.database import MEMORY

if TYPE_CHECKING:
    from bot.app import App

_T = TypeVar("_T")


class _Stderr:
    """Standard error as it is at the moment: while an answer is drawn, rich puts itself there to keep lines apart."""

    def write(self, text: str) -> None:
        sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


def log_to_stderr(level_name: str) -> None:
    """Log at the level asked for; libraries never below INFO, since at DEBUG they write bodies and addresses."""
    logging.basicConfig(
        stream=_Stderr(), level=logging.INFO, format="%(asctime)s %(levelname)-7s %(name)s: %(message)s"
    )
    level = logging.getLevelNamesMapping()[level_name]
    logging.getLogger().setLevel(max(level, logging.INFO))
    logging.getLogger("bot").setLevel(level)
    for name in ("httpx2", "openai"):  # they log each request and each retry
        logging.getLogger(name).setLevel(logging.WARNING)


@asynccontextmanager
async def opened(*, sample: bool, use_model: bool = True) -> AsyncIterator["App"]:
    """Open the app on the settings' store, or on the bundled papers in memory."""
    # Here, since a search and --help do without: the whole app takes a second to load.
    from bot.app import open_app  # noqa: PLC0415
    from bot.config import load_settings  # noqa: PLC0415
    from bot.ingest.imports import import_records  # noqa: PLC0415
    from bot.sources.files import read_sample  # noqa: PLC0415

    settings = load_settings()
    log_to_stderr(settings.log.level)
    async with open_app(settings, store_path=MEMORY if sample else None, use_model=use_model) as app:
        if sample:
            await import_records(app.papers, read_sample(), now=app.clock().timestamp())
        yield app


def asynchronous(command: Callable[..., Coroutine[Any, Any, _T]]) -> Callable[..., _T]:
    """Let a coroutine function be a command: it runs in an event loop of its own."""

    @wraps(command)
    def run(*args: Any, **given: Any) -> _T:
        return asyncio.run(command(*args, **given))

    return run


DAY = click.DateTime(["%Y-%m-%d"])
"""The type of an option that names a date."""

FILE = click.Path(path_type=Path, dir_okay=False)
"""The type of an argument that names a file."""

sample = click.option("--sample", is_flag=True, help="Use the 52 bundled papers, in memory; the store isn't changed.")
since = click.option(
    "--since", type=DAY, metavar="DAY", help="Include only papers first published on or after this date (YYYY-MM-DD)."
)
until = click.option(
    "--until", type=DAY, metavar="DAY", help="Include only papers first published on or before this date (YYYY-MM-DD)."
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for scripts, and nothing else.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The options of every command that answers."""

    sample: bool
    extracts: bool
    evidence: bool
    as_json: bool
    fresh: bool
    filters: Filters


def answering(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options of all that answer, which it gets as its first argument."""

    @since
    @until
    @sample
    @click.option("--extracts", is_flag=True, help="Answer with extracts even if a model is set up.")
    @click.option("--evidence", is_flag=True, help="Print the abstract's sentence behind each citation.")
    @click.option("--fresh", is_flag=True, help="Don't reuse the answer to an earlier, identical question.")
    @as_json
    @wraps(command)
    def with_choices(*, since: datetime | None, until: datetime | None, **given: Any) -> int:
        chosen = {name: given.pop(name) for name in ("sample", "extracts", "evidence", "as_json", "fresh")}
        return command(Choices(**chosen, filters=filters_of(since, until)), **given)

    return with_choices


def past_date(since: datetime, today: date) -> date:
    """Return the date that `--since` names. Raises UsageError when it is after today, in UTC."""
    if since.date() > today:
        raise click.UsageError(f"--since {since:%Y-%m-%d} is in the future. Use {today:%Y-%m-%d} (UTC) or earlier.")
    return since.date()


def filters_of(since: datetime | None, until: datetime | None) -> Filters:
    """Return the filters that `--since` and `--until` ask for. Raises UsageError when they are exchanged."""
    if since and until and since > until:
        raise click.UsageError(f"--since {since:%Y-%m-%d} is later than --until {until:%Y-%m-%d}. Swap them.")
    return Filters(after=since.date() if since else None, before=until.date() if until else None)
