"""`paperbot import`: papers from files into the store."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import click

from bot.answers.wording import day
from bot.app import App
from bot.commands import options
from bot.commands.opening import opened
from bot.errors.operation import SourceError, StoreEmpty
from bot.frontends.console.screen import make_console, progress_bar
from bot.ingest.imports import Checkpoints, ImportReport, Tally, import_records, import_stream
from bot.models import Paper
from bot.sources import saved_page
from bot.sources.files import RecordStream, open_stream, read_file, read_sample
from bot.sources.records import Refusal, Selection
from bot.util import utc_now


@click.command("import")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--sample", is_flag=True, help="Import the 52 bundled papers.")
@click.option(
    "--year",
    type=click.IntRange(2000, 2100),
    help="The year of a saved page, when it should not be inferred from the dates on it.",
)
@click.option(
    "--category",
    "categories",
    multiple=True,
    metavar="NAME",
    help="Of JSON Lines and Atom, only papers in this arXiv category, such as cs.CL, or archive, such as cs. Can be "
    "given several times.",
)
@options.since
def import_(
    files: tuple[Path, ...], sample: bool, year: int | None, categories: tuple[str, ...], since: datetime | None
) -> int:
    """Put the papers of FILES into the store.

    The format is found by looking at each file: the text of a saved Hugging Face Daily Papers page, the JSON of the
    Daily Papers API, arXiv's Atom, or JSON Lines: the snapshot of arXiv's metadata, or one object a line (title,
    abstract; and, where known, id, authors, authors_count, published, listed, comments, upvotes, code_url,
    project_url, organisation, keywords, categories). JSON Lines and Atom may have any length and be packed (.gz, .zip).

    Importing a file again changes nothing; an import of JSON Lines that was interrupted goes on where it was. A record
    that can't be used is refused with its line and the reason; the others are kept.

    \b
    Examples:
      paperbot import daily-papers-page.txt
      paperbot import arxiv-metadata-snapshot.zip --category cs.CL --since 2024-01-01
      paperbot import --sample

    Exit codes: 0 all taken; 65 something was refused, or a file is none of these; 66 a file can't be read;
    74 the store can't be written.
    """
    if not files and not sample:
        raise click.UsageError("Name a file, or give --sample for the bundled papers.")
    selection = Selection(categories=categories, since=since.date() if since else None)

    async def body() -> int:
        refused = 0
        async with opened(sample=False, use_model=False) as app:
            if sample:
                report = await import_records(app.papers, read_sample(), now=app.clock().timestamp())
                _tell("bundled sample", "52 papers of a Daily Papers page", _of(report))
            try:
                for path in files:
                    with open_stream(path, selection) as stream:
                        tally = await (_stream(app, path, stream, selection) if stream else _whole(app, path, year))
                    refused += tally.refused
            finally:
                await _index(app)
        return SourceError.exit_code if refused else 0

    return asyncio.run(body())


async def _stream(app: App, path: Path, stream: RecordStream, selection: Selection) -> Tally:
    """Import a file batch by batch; one that was interrupted goes on after its last whole batch."""
    checkpoints = Checkpoints(app.state)
    tally = await checkpoints.load(path, selection) if stream.resumable else Tally()
    if tally.line:
        click.echo(f"{path}: going on after line {tally.line:,}, where an import was interrupted.", err=True)
    reads = stream.reads(tally.place)
    now = app.clock().timestamp()
    with progress_bar(path.name) as show:
        while await import_stream(app.papers, reads, tally=tally, now=now):
            show(stream.fraction(), tally.line)
            if stream.resumable:
                await checkpoints.save(path, selection, tally)
    await checkpoints.done(path, selection)
    _tell(str(path), stream.format, tally)
    return tally


async def _whole(app: App, path: Path, year: int | None) -> Tally:
    """Import a file of another format, all of it or, when the store fails, nothing."""
    found = read_file(path, today=utc_now().date(), year=year)
    records = list(found.records)
    tally = _of(await import_records(app.papers, records, now=app.clock().timestamp()))
    _tell(str(path), found.format, tally)
    if year is None and (listed := _page_day(records)):
        click.echo(f"  The page is taken to be of {listed}; --year tells another year.")
    return tally


def _page_day(records: Sequence[Paper | Refusal]) -> str | None:
    days = (record.listed for record in records if isinstance(record, Paper) and record.origin == saved_page.ORIGIN)
    listed = next(days, None)
    return day(listed) if listed else None


async def _index(app: App) -> None:
    """Index what was imported, which the bot's first search would do otherwise."""
    with make_console(stderr=True).status("Indexing …"), suppress(StoreEmpty):
        await app.searcher.index()


def _of(report: ImportReport) -> Tally:
    counts, refused = report.counts, report.refused
    return Tally(
        new=counts.new,
        changed=counts.changed,
        unchanged=counts.unchanged,
        refused=len(refused),
        refusals=list(refused),
    )


def _tell(name: str, kind: str, tally: Tally) -> None:
    left_out = f", {tally.left_out} left out" if tally.left_out else ""
    click.echo(
        f"{name} ({kind}): {tally.new} new, {tally.changed} changed, {tally.unchanged} unchanged, "
        f"{tally.refused} refused{left_out}"
    )
    for refusal in tally.refusals:
        click.echo(f"  line {refusal.line}: {refusal.reason}", err=True)
    if (more := tally.refused - len(tally.refusals)) > 0:
        click.echo(f"  … and {more:,} more", err=True)
