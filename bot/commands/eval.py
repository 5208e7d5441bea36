"""`paperbot eval`: every question of a file, for measuring."""

import asyncio
from functools import partial
from pathlib import Path

import click
from rich.progress import track

from bot.app import open_app
from bot.commands import options
from bot.commands.logs import log_to_stderr
from bot.config import load_settings
from bot.evaluation import evaluate
from bot.frontends.console.screen import make_console
from bot.store.database import MEMORY


@click.command("eval")
@click.argument("questions", type=options.FILE)
@click.option(
    "--papers", type=options.FILE, required=True, help="The papers to search, in any format that `import` takes."
)
@click.option("--plans", type=options.FILE, help="Recorded plans, one JSON object a line with the question's id.")
@click.option("--haystack", type=options.FILE, help="More papers to hide them among: a BEIR corpus (_id, title, text).")
@click.option("--out", type=options.FILE, required=True, help="Where predictions go.")
def eval_(questions: Path, papers: Path, plans: Path | None, haystack: Path | None, out: Path) -> None:
    """Answer every question of a file and write what was found, cited and said.

    QUESTIONS is JSON Lines with id, question and, where there was a conversation before it, history. Each prediction
    holds id, retrieved and cited (titles, best first), abstained, and answer. The model is the one that is set up, or
    none; with --plans it makes no plans. The store stays untouched.

    Exit codes: 0 done; 2 a question can't be used; 65 or 66 a file can't be used or read; 73 OUT can't be written.
    """

    async def body() -> None:
        settings = load_settings()
        log_to_stderr(settings.log)
        async with open_app(settings, store_path=MEMORY) as app:
            await evaluate(
                app,
                questions=questions,
                papers=papers,
                plans=plans,
                haystack=haystack,
                out=out,
                watch=partial(track, description="Asking", console=make_console(stderr=True), transient=True),
            )

    asyncio.run(body())
