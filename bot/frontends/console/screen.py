"""The terminal that everything is printed on."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment

_WIDTH = 100  # longer lines are hard to read


class Screen(Console):
    """A console that never cuts a line: one that is too long is a link, and to be copied whole."""

    def print(self, *objects: Any, crop: bool = False, **options: Any) -> None:
        """Print as rich does, but for the lines' ends."""
        super().print(*objects, crop=crop, **options)

    def on_broken_pipe(self) -> None:
        """Raise BrokenPipeError, for bot/cli.py to end with: rich would end the program itself, as if it had failed."""
        raise  # noqa: PLE0704 - it is called where the error is handled


def make_console(*, stderr: bool = False) -> Console:
    """Return a console no wider than what is comfortable to read. Nothing in a text is taken for markup."""
    console = Screen(stderr=stderr, highlight=False, markup=False, emoji=False)
    if console.width > _WIDTH:
        console.width = _WIDTH
    return console


def local_zone() -> tzinfo | None:
    """Return the time zone of this machine, which is taken for that of who sits before it."""
    return datetime.now(UTC).astimezone().tzinfo


@contextmanager
def progress_bar(name: str) -> Iterator[Callable[[float, int], None]]:
    """Show a bar on standard error; the function that is yielded takes how much is done, from 0 to 1, and the line."""
    # Here, since only what reads files needs it.
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415

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


class Lines:
    """What is printed, without the spaces that rich fills tables up with: they would come along when text is copied."""

    def __init__(self, body: RenderableType) -> None:
        self._body = body

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self._lines(console, options):
            yield from _trimmed(line)
            yield Segment.line()

    def _lines(self, console: Console, options: ConsoleOptions) -> Sequence[Sequence[Segment]]:
        return list(Segment.split_lines(console.render(self._body, options.update(height=None))))


class LastLines(Lines):
    """As many of the last lines as fit on the screen; rich would show the first ones and hide what is new."""

    def _lines(self, console: Console, options: ConsoleOptions) -> Sequence[Sequence[Segment]]:
        lines = console.render_lines(self._body, options.update(height=None), pad=False)
        return lines[-max(1, console.height - 1) :]


def _trimmed(line: Sequence[Segment]) -> Iterator[Segment]:
    end = next((place for place in range(len(line), 0, -1) if line[place - 1].text.strip()), 0)
    for place, segment in enumerate(line[:end], start=1):
        yield segment if place < end else Segment(segment.text.rstrip(), segment.style, segment.control)
