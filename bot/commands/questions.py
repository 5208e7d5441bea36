"""`paperbot ingest --questions`: questions for the stored papers, written by the model at once."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot.answers.expansion import TRIES, DocumentExpander, ExpansionOutcome
from bot.answers.wording import count
from bot.app import App
from bot.commands import common
from bot.errors.operation import LeaseLost, StoreEmpty
from bot.errors.services import ModelError, ModelNotSetUp
from bot.frontends.console.screen import make_console
from bot.store.leases import RENEW_S, keep_lease

_GOES_ON = "Run the same command again to go on."
_FIRST_TURN_S = 2.0


async def write_questions() -> int:
    """Let the model write questions until no paper waits or the day's tokens are used up. Return the exit code.

    Raises ModelNotSetUp, ModelError, StoreError, and LeaseLost while another process does the same.
    """
    async with common.opened(sample=False) as app:
        if app.expander is None:
            raise ModelNotSetUp
        async with keep_lease(app.expansion_lease, every=RENEW_S):
            await _take_turn(app)
            try:
                outcome = await _write_all(app, app.expander)
            except asyncio.CancelledError:
                click.echo(f"Interrupted. The questions written so far are kept. {_GOES_ON}", err=True)
                raise
        with suppress(StoreEmpty):
            await app.searcher.index()
        return await _report(app, app.expander, outcome)


async def _take_turn(app: App) -> None:
    """Wait a moment for the lease. Raises LeaseLost when another process has it."""
    for _ in range(int(_FIRST_TURN_S / 0.05)):
        if app.expansion_lease.held:
            return
        await asyncio.sleep(0.05)
    raise LeaseLost(name=app.expansion_lease.name)


async def _write_all(app: App, expander: DocumentExpander) -> ExpansionOutcome:
    """Write batch by batch; stop once so many replies in a row had no question that can be used."""
    waiting, unusable = (await app.questions.counts()).waiting, 0
    with _bar(waiting) as show:
        while True:
            done = await expander.expand()
            show(done.papers, done.questions)
            unusable = unusable + 1 if done.outcome is ExpansionOutcome.UNUSABLE else 0
            if done.outcome in (ExpansionOutcome.SPENT, ExpansionOutcome.NONE_WAITING) or unusable > TRIES:
                return done.outcome


async def _report(app: App, expander: DocumentExpander, outcome: ExpansionOutcome) -> int:
    counts = await app.questions.counts()
    click.echo(f"{counts.expanded:,} of {count(counts.papers, 'paper')} have questions, {counts.waiting:,} are left.")
    if outcome is ExpansionOutcome.SPENT:
        limit = f" ({expander.day_tokens:,} in SEARCH_QUESTIONS_TOKENS)" if expander.day_tokens else ""
        click.echo(f"Today's tokens are used up{limit}. {_GOES_ON.removesuffix('.')} after midnight UTC.", err=True)
    if outcome is ExpansionOutcome.UNUSABLE:
        click.echo(f"The model wrote no questions that can be used. {_GOES_ON}", err=True)
        return ModelError.exit_code
    return 0


@contextmanager
def _bar(waiting: int) -> Iterator[Callable[[int, int], None]]:
    """Draw on standard error how many papers are done; what is yielded takes the papers and questions of a batch."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[written]}"),
    )
    console = make_console(stderr=True)
    with Progress(
        *columns, TimeElapsedColumn(), console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        task = progress.add_task("Questions for papers", total=waiting, written="")
        total = 0

        def show(papers: int, questions: int) -> None:
            nonlocal total
            total += questions
            progress.update(task, advance=papers, written=f"{total:,} written")

        yield show
