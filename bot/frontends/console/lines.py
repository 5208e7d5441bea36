"""Lines without what nobody sees of them."""

from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment


class Lines:
    """What is printed, without the spaces that rich fills tables up with: they would come along when text is copied."""

    def __init__(self, body: RenderableType) -> None:
        self._body = body

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self._lines(console, options):
            yield from _trimmed(line)
            yield Segment.line()

    def _lines(self, console: Console, options: ConsoleOptions) -> Sequence[Sequence[Segment]]:
        return console.render_lines(self._body, options.update(height=None), pad=False)


class LastLines(Lines):
    """As many of the last lines as fit on the screen; rich would show the first ones and hide what is new."""

    def _lines(self, console: Console, options: ConsoleOptions) -> Sequence[Sequence[Segment]]:
        return super()._lines(console, options)[-max(1, console.height - 1) :]


def _trimmed(line: Sequence[Segment]) -> Iterator[Segment]:
    end = next((place for place in range(len(line), 0, -1) if line[place - 1].text.strip()), 0)
    for place, segment in enumerate(line[:end], start=1):
        yield segment if place < end else Segment(segment.text.rstrip(), segment.style, segment.control)
