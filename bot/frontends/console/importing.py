"""The progress of a long import."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from bot.frontends.console.screen import make_console


@contextmanager
def progress_bar(name: str) -> Iterator[Callable[[float, int], None]]:
    """Show a bar on standard error; the function that is yielded takes how much is done, from 0 to 1, and the line."""
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[line]:,} lines"),
        TimeRemainingColumn(),
    )
    console = make_console(stderr=True)
    # Where it is no terminal, an empty line would be left behind.
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(name, total=1.0, line=0)
        yield lambda fraction, line: progress.update(task, completed=fraction, line=line)
