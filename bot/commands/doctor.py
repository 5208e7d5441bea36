"""`paperbot doctor`: what is missing before the bot can run."""

import asyncio

import click

from bot.doctor import Verdict, examine


@click.command()
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
