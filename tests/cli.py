"""Commands run within the test's own process."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from bot.cli import main


@dataclass(frozen=True)
class Ran:
    """A command that has ended: its exit code and what it printed."""

    code: int
    out: str
    err: str


class Cli:
    """Runs `paperbot`, or another command, with arguments."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], main: Callable[[], None] = main
    ) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        self._main = main

    def __call__(self, *arguments: str) -> Ran:
        self._monkeypatch.setattr("sys.argv", ["paperbot", *arguments])
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            self._main()
        assert isinstance(ended.value.code, int)
        return Ran(ended.value.code, *self._capsys.readouterr())
