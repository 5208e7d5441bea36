"""Papers into the store: `paperbot import` from files, `paperbot ingest` from the feeds."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot.answers.wording import day
from bot.app import App
from bot.commands import common
from bot.commands.questions import write_questions
from bot.errors.operation import SourceError, StoreEmpty
from bot.errors.services import FeedError, FeedsOff
from bot.frontends.console.screen import make_console, progress_bar
from bot.ingest.imports import Checkpoints, ImportReport, Tally, import_records, import_stream
from bot.ingest.runner import RunReport
from bot.models import Paper
from bot.sources import saved_page
from bot.sources.feed import Feed
from bot.sources.files import RecordStream, open_stream, read_file, read_sample
from bot.sources.records import Refusal, Selection
from bot.store.feeds import Outcome
from bot.util import utc_now

_REFUSALS_SHOWN = 20


@click.command("import")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--sample", is_flag=True, help="Import the 52 bundled papers.")
@click.option(
    "--year",
    type=click.IntRange(2000, 2100),
    help="Set the year of a saved page. Default: inferred from the dates on it.",
)
@click.option(
    "--category",
    "categories",
    multiple=True,
    metavar="NAME",
    help="Import only papers in this arXiv category, such as cs.CL, or archive, such as cs. For JSON Lines and "
    "Atom. Can be repeated.",
)
@common.since
@common.asynchronous
async def import_(
    files: tuple[Path, ...], sample: bool, year: int | None, categories: tuple[str, ...], since: datetime | None
) -> int:
    """Import the papers in FILES into the store.

    The format of each file is detected: text copied from a Hugging Face Daily Papers page, JSON from the
    Daily Papers API, Atom from arXiv, or JSON Lines: arXiv's metadata snapshot, or one object per line (title,
    abstract and, if known, id, authors, authors_count, published, listed, comments, upvotes, code_url,
    project_url, organisation, keywords, categories). JSON Lines and Atom can be any length and compressed (.gz, .zip).

    Importing a file again changes nothing; an interrupted import of JSON Lines resumes where it stopped. A record
    that can't be used is rejected, with its line and the reason; the others are imported.

    \b
    Examples:
      paperbot import daily-papers-page.txt
      paperbot import arxiv-metadata-snapshot.zip --category cs.CL --since 2024-01-01
      paperbot import --sample

    Exit codes: 0 everything was imported; 65 a record or a file was rejected; 66 a file can't be read;
    74 the store can't be written.
    """
    if not files and not sample:
        raise click.UsageError("Name a file to import, or use --sample for the bundled papers.")
    selection = Selection(categories=categories, since=since.date() if since else None)

    refused = 0
    async with common.opened(sample=False, use_model=False) as app:
        if sample:
            report = await import_records(app.papers, read_sample(), now=app.clock().timestamp())
            _print_tally("bundled sample", "52 papers from a Daily Papers page", _tally(report))
        try:
            for path in files:
                with open_stream(path, selection) as stream:
                    tally = await (_stream(app, path, stream, selection) if stream else _whole(app, path, year))
                refused += tally.refused
        finally:
            await _index(app)
    return SourceError.exit_code if refused else 0


async def _stream(app: App, path: Path, stream: RecordStream, selection: Selection) -> Tally:
    """Import a file batch by batch; one that was interrupted goes on after its last whole batch."""
    checkpoints = Checkpoints(app.key_values)
    tally = await checkpoints.load(path, selection) if stream.resumable else Tally()
    if tally.line:
        click.echo(f"{path}: resuming after line {tally.line:,}, where an import was interrupted.", err=True)
    reads = stream.reads(tally.place)
    now = app.clock().timestamp()
    with progress_bar(path.name) as show:
        while await import_stream(app.papers, reads, tally=tally, now=now):
            show(stream.fraction(), tally.line)
            if stream.resumable:
                await checkpoints.save(path, selection, tally)
    await checkpoints.done(path, selection)
    _print_tally(str(path), stream.format, tally)
    return tally


async def _whole(app: App, path: Path, year: int | None) -> Tally:
    """Import a file of another format, all of it or, when the store fails, nothing."""
    found = read_file(path, today=utc_now().date(), year=year)
    records = list(found.records)
    tally = _tally(await import_records(app.papers, records, now=app.clock().timestamp()))
    _print_tally(str(path), found.format, tally)
    if year is None and (listed := _page_day(records)):
        click.echo(f"  The page appears to be from {listed}; use --year if the year is wrong.")
    return tally


def _page_day(records: Sequence[Paper | Refusal]) -> str | None:
    days = (record.listed for record in records if isinstance(record, Paper) and record.origin == saved_page.ORIGIN)
    listed = next(days, None)
    return day(listed) if listed else None


async def _index(app: App) -> None:
    """Index what came, which the bot's first search would do otherwise."""
    with make_console(stderr=True).status("Indexing…"), suppress(StoreEmpty):
        await app.searcher.index()


def _tally(report: ImportReport) -> Tally:
    counts, refused = report.counts, list(report.refused)
    return Tally(
        new=counts.new, changed=counts.changed, unchanged=counts.unchanged, refused=len(refused), refusals=refused
    )


def _print_tally(name: str, kind: str, tally: Tally) -> None:
    left_out = f", {tally.left_out} skipped" if tally.left_out else ""
    click.echo(
        f"{name} ({kind}): {tally.new} new, {tally.changed} changed, {tally.unchanged} unchanged, "
        f"{tally.refused} rejected{left_out}"
    )
    for refusal in tally.refusals:
        click.echo(f"  line {refusal.line}: {refusal.reason}", err=True)
    if (more := tally.refused - len(tally.refusals)) > 0:
        click.echo(f"  … and {more:,} more", err=True)


@click.command()
@click.option(
    "--since",
    type=common.DAY,
    metavar="DAY",
    help="Read papers from this date on (YYYY-MM-DD). Default: the last few days, as in a regular poll.",
)
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="FEED",
    help="Read this feed, even if it isn't enabled. Can be repeated.",
)
@click.option("--dry-run", is_flag=True, help="Show what would change, without storing anything.")
@click.option(
    "--questions", is_flag=True, help="Read no feed; let the model write questions for the papers that have none."
)
@common.asynchronous
async def ingest(since: datetime | None, sources: tuple[str, ...], dry_run: bool, questions: bool) -> int:
    """Read the feeds and store their papers.

    Reads the feeds in FEEDS_ENABLED, or those named with --source: daily-papers, arxiv, arxiv-rss. If a run is stopped,
    stored papers are kept and the same command resumes from there. Reading again only updates votes and the like.

    \b
    Examples:
      paperbot ingest
      paperbot ingest --source daily-papers --since 2026-10-01
      paperbot ingest --dry-run

    Exit codes: 0 everything was read; 65 some records were rejected; 69 a feed or the model failed; 74 the store can't
    be written; 78 no feed is enabled, no model is set up, or a setting is wrong; 130 interrupted.
    """
    if questions:
        if since or sources or dry_run:
            raise click.UsageError("--questions is for the papers that are stored; use it alone.")
        return await write_questions()
    async with common.opened(sample=False, use_model=False) as app:
        feeds = _chosen(app, sources)
        first = common.past_date(since, app.clock().date()) if since else None
        reports = [await _read(app, feed, first, dry_run=dry_run) for feed in feeds]
        if not dry_run:
            await _index(app)
    return _code(reports)


def _chosen(app: App, sources: Sequence[str]) -> Sequence[Feed]:
    """Return the feeds to read. Raises UsageError for an unknown one, and FeedsOff for none at all."""
    known = app.feeds.known
    for name in sources:
        if name not in known:
            raise click.UsageError(f"There's no feed {name!r}. Choose from: {', '.join(known)}.")
    chosen = [known[name] for name in dict.fromkeys(sources)] or app.feeds.enabled
    if not chosen:
        raise FeedsOff
    return chosen


async def _read(app: App, feed: Feed, since: date | None, *, dry_run: bool) -> RunReport:
    """Read one feed with a progress bar, then print what came."""
    read = app.feeds.runner.rehearse if dry_run else app.feeds.runner.fill
    try:
        with _bar(feed.title) as shown:
            report = await read(feed, since=since, progress=shown)
    except asyncio.CancelledError:
        click.echo(
            f"{feed.title}: interrupted. Stored papers are kept; run the same command again to resume.", err=True
        )
        raise
    counts = report.counts
    would = "would be " if dry_run else ""
    click.echo(
        f"{feed.title}: {counts.new} {would}new, {counts.changed} {would}changed, {counts.unchanged} unchanged, "
        f"{len(report.refusals)} rejected{'; resumed where the last run stopped' if report.resumed else ''}"
    )
    for refusal in report.refusals[:_REFUSALS_SHOWN]:
        click.echo(f"  {refusal}", err=True)
    if len(report.refusals) > _REFUSALS_SHOWN:
        click.echo(f"  and {len(report.refusals) - _REFUSALS_SHOWN} more", err=True)
    if report.error is not None:
        click.echo(f"paperbot: {report.error}", err=True)
    return report


@contextmanager
def _bar(title: str) -> Iterator[Callable[[RunReport], None]]:
    """Draw the progress of one feed on standard error; what is yielded takes each report."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[part]}"))
    with Progress(*columns, TimeElapsedColumn(), console=make_console(stderr=True), transient=True) as progress:
        task = progress.add_task(title, total=None, part="")

        def show(report: RunReport) -> None:
            if (batch := report.batch) is not None:
                part = f"{batch.part}: {report.counts.new} new"
                progress.update(task, completed=batch.done, total=batch.total, part=part)

        yield show


def _code(reports: Sequence[RunReport]) -> int:
    if any(report.outcome is not Outcome.DONE for report in reports):
        return FeedError.exit_code
    return SourceError.exit_code if any(report.refusals for report in reports) else 0
