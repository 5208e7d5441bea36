"""`paperbot import`: papers from files into the store."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import click
from rich.progress import track

from bot.app import App, utc_now
from bot.commands.opening import opened
from bot.errors import SourceError, StoreEmpty
from bot.frontends.console.screen import make_console
from bot.frontends.wording import day
from bot.importer import ImportReport, import_records
from bot.models import Paper
from bot.sources import saved_page
from bot.sources.files import read_file
from bot.sources.refusal import Refusal
from bot.sources.sample import read_sample

_LONG_IMPORT = 1000


@click.command("import")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--sample", is_flag=True, help="Import the 52 bundled papers.")
@click.option(
    "--year",
    type=click.IntRange(2000, 2100),
    help="The year of a saved page, when it should not be inferred from the dates on it.",
)
def import_(files: tuple[Path, ...], sample: bool, year: int | None) -> int:
    """Put the papers of FILES into the store.

    The format is found by looking at each file: the text of a saved Hugging Face Daily Papers page, the JSON of the
    Daily Papers API, or JSON Lines (one object a line: title, abstract; and, where known, id, authors, authors_count,
    published, listed, comments, upvotes, code_url, project_url, organisation, keywords, categories).

    Importing a file again changes nothing. A record that can't be used is refused with its line and the reason; the
    others are kept.

    \b
    Examples:
      paperbot import daily-papers-page.txt
      paperbot import --sample

    Exit codes: 0 all taken; 65 something was refused, or a file is none of these; 66 a file can't be read;
    74 the store can't be written.
    """
    if not files and not sample:
        raise click.UsageError("Name a file, or give --sample for the bundled papers.")

    async def body() -> int:
        code = 0
        async with opened(sample=False, use_model=False) as app:
            if sample:
                report = await _import(app, read_sample())
                _tell("bundled sample", "52 papers of a Daily Papers page", report)
            for path in files:
                found = read_file(path, today=utc_now().date(), year=year)
                records = list(found.records)
                report = await _import(app, records)
                _tell(str(path), found.format, report)
                days = (r.listed for r in records if isinstance(r, Paper) and r.origin == saved_page.ORIGIN)
                listed = next(days, None)
                if listed and year is None:
                    click.echo(f"  The page is taken to be of {day(listed)}; --year tells another year.")
                if report.refused:
                    code = SourceError.exit_code
            await _index(app)
        return code

    return asyncio.run(body())


async def _import(app: App, records: list[Paper] | list[Paper | Refusal]) -> ImportReport:
    shown: Iterable[Paper | Refusal] = records
    if len(records) >= _LONG_IMPORT:
        shown = track(records, description="Importing", console=make_console(stderr=True), transient=True)
    return await import_records(app.papers, shown, now=app.clock().timestamp())


async def _index(app: App) -> None:
    """Index what was imported, which the bot's first search would do otherwise."""
    with make_console(stderr=True).status("Indexing …"), suppress(StoreEmpty):
        await app.searcher.index()


def _tell(name: str, kind: str, report: ImportReport) -> None:
    counts = report.counts
    click.echo(
        f"{name} ({kind}): {counts.new} new, {counts.changed} changed, {counts.unchanged} unchanged, "
        f"{len(report.refused)} refused"
    )
    for refusal in report.refused:
        click.echo(f"  line {refusal.line}: {refusal.reason}", err=True)
