"""`paperbot ingest`: papers from the feeds into the store."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot.app import App
from bot.commands import options
from bot.commands.opening import opened
from bot.errors.operation import SourceError, StoreEmpty
from bot.errors.services import FeedError, FeedsOff
from bot.frontends.console.screen import make_console
from bot.ingest.runner import RunReport
from bot.sources.feed import Feed
from bot.store.feeds import Outcome

_REFUSALS_SHOWN = 20


@click.command()
@click.option(
    "--since",
    type=options.DAY,
    metavar="DAY",
    help="Fill the store from this day on (YYYY-MM-DD). Without it: what a poll reads, the last days.",
)
@click.option("--source", "sources", multiple=True, metavar="FEED", help="Read this feed, also when it is off.")
@click.option("--dry-run", is_flag=True, help="Read, and tell what would change, but store nothing.")
def ingest(since: datetime | None, sources: tuple[str, ...], dry_run: bool) -> int:
    """Read the feeds and store their papers.

    Reads the feeds of FEEDS_ENABLED, or those named with --source: daily-papers, and arXiv's. A run that was stopped
    keeps what it stored; the same command goes on from there. Reading again changes nothing but votes and the like.

    \b
    Examples:
      paperbot ingest
      paperbot ingest --source daily-papers --since 2026-10-01
      paperbot ingest --dry-run

    Exit codes: 0 read to the end; 65 some records were refused; 69 a feed failed; 74 the store can't be written;
    78 no feed is on, or a setting is wrong; 130 interrupted.
    """

    async def body() -> int:
        async with opened(sample=False, use_model=False) as app:
            feeds = _chosen(app, sources)
            today = app.clock().date()
            first = since.date() if since else None
            if first and first > today:
                raise click.UsageError(f"--since {first} is still to come; today is {today} in UTC.")
            reports = [await _read(app, feed, first, dry_run=dry_run) for feed in feeds]
            if not dry_run:
                await _index(app)
        return _code(reports)

    return asyncio.run(body())


def _chosen(app: App, sources: Sequence[str]) -> Sequence[Feed]:
    """Return the feeds to read. Raises UsageError for an unknown one, and FeedsOff for none at all."""
    known = app.feeds.known
    for name in sources:
        if name not in known:
            raise click.UsageError(f"There is no feed {name!r}. There are: {', '.join(known)}.")
    chosen = [known[name] for name in dict.fromkeys(sources)] or app.feeds.enabled
    if not chosen:
        raise FeedsOff
    return chosen


async def _read(app: App, feed: Feed, since: date | None, *, dry_run: bool) -> RunReport:
    """Read one feed with a bar, then tell what came."""
    read = app.feeds.runner.rehearse if dry_run else app.feeds.runner.fill
    try:
        with _bar(feed.title) as shown:
            report = await read(feed, since=since, progress=shown)
    except asyncio.CancelledError:
        click.echo(
            f"{feed.title}: interrupted. What was stored is kept; the same command goes on from there.", err=True
        )
        raise
    counts = report.counts
    would = "would be " if dry_run else ""
    click.echo(
        f"{feed.title}: {counts.new} {would}new, {counts.changed} {would}changed, {counts.unchanged} unchanged, "
        f"{len(report.refusals)} refused{'; went on where the last run stopped' if report.resumed else ''}"
    )
    for refusal in report.refusals[:_REFUSALS_SHOWN]:
        click.echo(f"  {refusal}", err=True)
    if len(report.refusals) > _REFUSALS_SHOWN:
        click.echo(f"  and {len(report.refusals) - _REFUSALS_SHOWN} more", err=True)
    if report.error is not None:
        click.echo(f"paperbot: {report.error}", err=True)
    return report


@contextmanager
def _bar(title: str) -> Iterator["_Shown"]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[part]}"))
    with Progress(*columns, TimeElapsedColumn(), console=make_console(stderr=True), transient=True) as progress:
        yield _Shown(progress, title)


class _Shown:
    """Draws the progress of one feed."""

    def __init__(self, progress: Progress, title: str) -> None:
        self._progress = progress
        self._task = progress.add_task(title, total=None, part="")

    def __call__(self, report: RunReport) -> None:
        if (batch := report.batch) is not None:
            part = f"{batch.part}: {report.counts.new} new"
            self._progress.update(self._task, completed=batch.done, total=batch.total, part=part)


async def _index(app: App) -> None:
    """Index what came, which the bot's first search would do otherwise."""
    with make_console(stderr=True).status("Indexing …"), suppress(StoreEmpty):
        await app.searcher.index()


def _code(reports: Sequence[RunReport]) -> int:
    if any(report.outcome is not Outcome.DONE for report in reports):
        return FeedError.exit_code
    return SourceError.exit_code if any(report.refusals for report in reports) else 0
