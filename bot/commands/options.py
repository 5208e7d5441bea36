"""Options that several commands share."""

from datetime import datetime
from pathlib import Path

import click

from bot.search.filters import Filters

_DAY = click.DateTime(["%Y-%m-%d"])

FILE = click.Path(path_type=Path, dir_okay=False)
"""The type of an argument that names a file."""

sample = click.option("--sample", is_flag=True, help="Use the 52 bundled papers, in memory; the store stays untouched.")
since = click.option("--since", type=_DAY, help="Only papers first published on this day or later (YYYY-MM-DD).")
until = click.option("--until", type=_DAY, help="Only papers first published on this day or earlier (YYYY-MM-DD).")


def filters_of(since: datetime | None, until: datetime | None) -> Filters:
    """Return the filters that `--since` and `--until` ask for."""
    return Filters(after=since.date() if since else None, before=until.date() if until else None)
