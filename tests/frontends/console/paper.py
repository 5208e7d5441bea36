"""A terminal of paper: what is printed on it can be read."""

import io

from rich.console import Console, RenderableType

from bot.frontends.console.screen import Screen


def printed(body: RenderableType, *, width: int = 100, terminal: bool = False) -> str:
    """Return what is printed on so many columns: plain text, or, on a terminal, with its colours."""
    console = make_paper_console(width=width, terminal=terminal)
    console.print(body)
    return text_on(console)


def make_paper_console(*, width: int = 100, height: int = 25, terminal: bool = False) -> Console:
    """Return a console that keeps what is printed."""
    return Screen(
        file=io.StringIO(),
        width=width,
        height=height,
        force_terminal=terminal,
        color_system="truecolor" if terminal else None,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )


def text_on(console: Console) -> str:
    """Return all that was printed."""
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()
