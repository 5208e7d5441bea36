"""The command line: `paperbot` and `python -m bot`."""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import click
from rich.progress import track
from rich.text import Text

from bot import __version__
from bot.app import App, open_app, utc_now
from bot.assistant.delivery import FIRST_SPAN
from bot.assistant.inquiry import Inquiry
from bot.config import LogSettings, load_settings
from bot.doctor import Verdict, examine
from bot.errors import PaperbotError, QuestionEmpty, SourceError, StoreEmpty, TokenMissing
from bot.evaluation import evaluate
from bot.frontends import console as terminal
from bot.frontends.discord.run import run_bot
from bot.frontends.wording import count, day, nothing_found, searched_for
from bot.importer import ImportReport, import_records
from bot.models import Paper
from bot.search.filters import Filters
from bot.sources import saved_page
from bot.sources.files import read_file
from bot.sources.refusal import Refusal
from bot.sources.sample import read_sample
from bot.store.database import MEMORY

_LONG_IMPORT = 1000
_INTERRUPTED = 130  # as shells report SIGINT

_DAY = click.DateTime(["%Y-%m-%d"])
_sample = click.option(
    "--sample", is_flag=True, help="Use the 52 bundled papers, in memory; the store stays untouched."
)
_file = click.Path(path_type=Path, dir_okay=False)
_since = click.option("--since", type=_DAY, help="Only papers first published on this day or later (YYYY-MM-DD).")
_until = click.option("--until", type=_DAY, help="Only papers first published on this day or earlier (YYYY-MM-DD).")


def main() -> None:
    """Run a command and exit with its code. Errors are one sentence on standard error."""
    try:
        code = cli.main(prog_name="paperbot", standalone_mode=False)
    except click.Abort:
        code = _INTERRUPTED
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except PaperbotError as error:
        click.echo(f"paperbot: {error}", err=True)
        code = error.exit_code
    except Exception:
        logging.getLogger(__name__).debug("this command failed", exc_info=True)
        click.echo(
            "paperbot: this is a bug in paperbot. Run the command again with LOG_LEVEL=DEBUG and report what it says.",
            err=True,
        )
        code = PaperbotError.exit_code
    sys.exit(code if isinstance(code, int) else 0)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="paperbot")
def cli() -> None:
    """Ask about recent papers, in a terminal or in Discord.

    Answers are made from the abstracts in a local store: by a model, each sentence checked against its sources, or,
    without a model, of extracts. Settings come from the environment and from .env; .env.example lists them.

    \b
    First steps:
      paperbot ask --sample "what is Stormer?"   try it on 52 bundled papers
      paperbot import FILE                       fill the store
      paperbot doctor                            see what is missing
      paperbot run                               serve Discord
    """


@cli.command()
def run() -> None:
    """Serve Discord until told to stop (Ctrl-C or SIGTERM).

    Needs DISCORD_TOKEN. Registers the commands, answers /ask, /search and mentions, and posts the daily summary in
    DIGEST_CHANNEL_IDS at DIGEST_TIME in DIGEST_TIME_ZONE. A model is used when OPENAI_API_KEY or OPENAI_BASE_URL is
    set; otherwise answers are extracts.

    \b
    Exit codes: 0 stopped, 69 Discord can't be reached, 74 the store failed, 77 the token is refused,
    78 a setting or the token is missing or wrong.
    """

    async def body() -> None:
        settings = load_settings()
        _log_to_stderr(settings.log)
        if settings.discord.token is None:
            raise TokenMissing
        async with open_app(settings) as app:
            await run_bot(app)

    asyncio.run(body())


@cli.command()
@click.argument("question", nargs=-1)
@_sample
@click.option("--extracts", is_flag=True, help="Answer with extracts even when a model is set up.")
@click.option("-i", "--interactive", is_flag=True, help="Go on asking afterwards, when a terminal is attached.")
@_since
@_until
def ask(
    question: tuple[str, ...],
    sample: bool,
    extracts: bool,
    interactive: bool,
    since: datetime | None,
    until: datetime | None,
) -> int:
    """Answer a QUESTION about the papers, with sources.

    Without a QUESTION, and with a terminal attached, offers a prompt.

    \b
    Examples:
      paperbot ask what is Stormer?
      paperbot ask --since 2025-01-01 "which papers use EEG?"
      paperbot ask --sample --extracts

    \b
    Exit codes: 0 answered, or said that there is no answer; 2 the question can't be used; 66 no papers yet;
    69 the model failed and extracts were shown instead.
    """
    text = " ".join(question)
    filters = _filters(since, until)
    prompt = sys.stdin.isatty() and (interactive or not question)
    if not text and not prompt:
        raise QuestionEmpty

    async def body() -> int:
        console = terminal.make_console()
        code = 0
        async with _opened(sample=sample, use_model=not extracts) as app:
            if sample:
                console.print(Text("52 bundled papers, their abstracts retold in paperbot's own words", style="dim"))
            if text:
                console.print(Text(f"\n› {text}\n", style="dim"))
                answer = await terminal.ask(console, app.assistant, text, filters=filters)
                if answer.failure:
                    click.echo(f"paperbot: {answer.failure}", err=True)
                    code = answer.failure.exit_code
            if prompt:
                console.print()
                await terminal.converse(console, app.assistant, filters=filters)
        return code

    return asyncio.run(body())


@cli.command()
@click.argument("query", nargs=-1, required=True)
@click.option("-n", "--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="How many papers.")
@click.option("--explain", is_flag=True, help="Tell for each paper what its score is made of.")
@_sample
@_since
@_until
def search(
    query: tuple[str, ...], limit: int, explain: bool, sample: bool, since: datetime | None, until: datetime | None
) -> None:
    """List the papers that match QUERY, best first.

    QUERY is words from titles and abstracts, an arXiv id, or a question. A question is turned into search terms by the
    model, when one is set up.

    \b
    Examples:
      paperbot search spiking transformer
      paperbot search -n 3 --until 2020-12-31 speech
    """

    async def body() -> None:
        console = terminal.make_console()
        async with _opened(sample=sample) as app:
            result = await app.assistant.find(
                " ".join(query),
                inquiry=Inquiry(filters=_filters(since, until), zone=terminal.local_zone()),
                limit=limit,
            )
        if wording := searched_for(result.plan.wording):
            console.print(Text(f"{wording}\n", style="dim"))
        if explain and result.hits:
            console.print(terminal.render_explanations(result))
        elif result.hits:
            console.print(terminal.papers_table(list(enumerate(result.papers, start=1))))
        else:
            console.print(nothing_found(result))
        console.print(Text(f"\nSearched {count(result.searched, 'paper')}, titles and abstracts", style="dim"))

    asyncio.run(body())


@cli.command("import")
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

    \b
    Exit codes: 0 all taken; 65 something was refused, or a file is none of these; 66 a file can't be read;
    74 the store can't be written.
    """
    if not files and not sample:
        raise click.UsageError("Name a file, or give --sample for the bundled papers.")

    async def body() -> int:
        code = 0
        async with _opened(sample=False, use_model=False) as app:
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


@cli.command()
@click.option("--dry-run", is_flag=True, help="Print what would be posted, and post nothing.")
@_sample
def digest(dry_run: bool, sample: bool) -> None:
    """Show the daily summary as it would be posted now.

    It tells of the papers that came since the last summary in the first channel of DIGEST_CHANNEL_IDS, or, when there
    was none, in the last seven days. Posting is done by `paperbot run`.
    """
    if not dry_run:
        raise click.UsageError("Summaries are posted by `paperbot run`. Add --dry-run to see what it would post.")

    async def body() -> None:
        console = terminal.make_console()
        async with _opened(sample=sample) as app:
            now = app.clock()
            first = now - FIRST_SPAN - timedelta(seconds=1)
            channels = app.settings.digest.channel_ids[:1]
            since = max([await app.ledger.posted_until(channel) or 0.0 for channel in channels], default=0.0)
            today = now.astimezone(app.settings.digest.zone).date()
            written = await app.digests.write(today, after=since or first.timestamp(), until=now.timestamp())
        console.print(terminal.render_digest(written))

    asyncio.run(body())


@cli.command("eval")
@click.argument("questions", type=_file)
@click.option("--papers", type=_file, required=True, help="The papers to search, in any format that `import` takes.")
@click.option("--plans", type=_file, help="Recorded plans, one JSON object a line with the question's id.")
@click.option("--haystack", type=_file, help="More papers to hide them among: a BEIR corpus (_id, title, text).")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="Where predictions go.")
def eval_(questions: Path, papers: Path, plans: Path | None, haystack: Path | None, out: Path) -> None:
    """Answer every question of a file and write what was found, cited and said.

    QUESTIONS is JSON Lines with id, question and, where there was a conversation before it, history. Each prediction
    holds id, retrieved and cited (titles, best first), abstained, and answer. The model is the one that is set up, or
    none; with --plans it makes no plans. The store stays untouched.

    \b
    Exit codes: 0 done; 2 a question can't be used; 65 or 66 a file can't be used or read; 73 OUT can't be written.
    """

    async def body() -> None:
        settings = load_settings()
        _log_to_stderr(settings.log)
        async with open_app(settings, store_path=MEMORY) as app:
            await evaluate(
                app,
                questions=questions,
                papers=papers,
                plans=plans,
                haystack=haystack,
                out=out,
                watch=partial(track, description="Asking", console=terminal.make_console(stderr=True), transient=True),
            )

    asyncio.run(body())


@cli.command()
def doctor() -> int:
    """Check settings, prompts, store, model and Discord token, and say how to mend what is wrong.

    Asks the model for one word and logs in to Discord without going online.

    Exit code: 0 when `paperbot run` would run, 1 when it would not.
    """

    async def body() -> int:
        failed = False
        async for check in examine():
            failed = failed or check.verdict is Verdict.FAILED
            colour = {Verdict.OK: "green", Verdict.NOTE: "yellow", Verdict.FAILED: "red"}[check.verdict]
            click.echo(f"{click.style(f'{check.verdict:<7}', fg=colour)}{check.name:<9} {check.finding}")
        click.echo("\nThe bot can't run yet." if failed else "\nThe bot can run: paperbot run")
        return int(failed)

    return asyncio.run(body())


@asynccontextmanager
async def _opened(*, sample: bool, use_model: bool = True) -> AsyncIterator[App]:
    """Open the app on the settings' store, or on the bundled papers in memory."""
    settings = load_settings()
    _log_to_stderr(settings.log)
    async with open_app(settings, store_path=MEMORY if sample else None, use_model=use_model) as app:
        if sample:
            await import_records(app.papers, read_sample(), now=app.clock().timestamp())
        yield app


async def _import(app: App, records: list[Paper] | list[Paper | Refusal]) -> ImportReport:
    shown: Iterable[Paper | Refusal] = records
    if len(records) >= _LONG_IMPORT:
        shown = track(records, description="Importing", console=terminal.make_console(stderr=True), transient=True)
    return await import_records(app.papers, shown, now=app.clock().timestamp())


async def _index(app: App) -> None:
    """Index what was imported, which the bot's first search would do otherwise."""
    with terminal.make_console(stderr=True).status("Indexing …"), suppress(StoreEmpty):
        await app.searcher.index()


def _tell(name: str, kind: str, report: ImportReport) -> None:
    counts = report.counts
    click.echo(
        f"{name} ({kind}): {counts.new} new, {counts.changed} changed, {counts.unchanged} unchanged, "
        f"{len(report.refused)} refused"
    )
    for refusal in report.refused:
        click.echo(f"  line {refusal.line}: {refusal.reason}", err=True)


def _filters(since: datetime | None, until: datetime | None) -> Filters:
    return Filters(after=since.date() if since else None, before=until.date() if until else None)


class _Stderr:
    """Standard error as it is at the moment: while an answer is drawn, rich puts itself there to keep lines apart."""

    def write(self, text: str) -> None:
        sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


def _log_to_stderr(settings: LogSettings) -> None:
    """Log at the level asked for; libraries never below INFO, since at DEBUG they write bodies and addresses."""
    logging.basicConfig(
        stream=_Stderr(), level=logging.INFO, format="%(asctime)s %(levelname)-7s %(name)s: %(message)s"
    )
    level = logging.getLevelNamesMapping()[settings.level]
    logging.getLogger().setLevel(max(level, logging.INFO))
    logging.getLogger("bot").setLevel(level)
    logging.getLogger("httpx2").setLevel(logging.WARNING)
