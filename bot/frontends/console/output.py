"""Standard output when it can't be written: a pipe that nobody reads any more, a full disk, another encoding."""

import errno
import io
import os
import sys
from contextlib import suppress
from typing import NoReturn

from bot.errors.operation import OutputFailed, OutputUnencodable

# What writing to a file or terminal fails with; all else that paperbot reads and writes reports errors of its own.
_OF_OUTPUT = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF, errno.ENXIO})
_PIPE = frozenset({errno.EPIPE, errno.ESHUTDOWN})


class OutputClosed(Exception):
    """Whoever read the output has had enough, as `head` does."""


class _Missing(io.RawIOBase):
    """Stands in for a standard output that was closed before the start. Only writing to it fails."""

    def writable(self) -> bool:
        """Return True, so that the write is tried."""
        return True

    def write(self, _: object) -> NoReturn:
        """Raise OSError."""
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def ready() -> None:
    """Make sure that there is a standard output. Python has none where its parent closed it."""
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(_Missing(), encoding="utf-8", write_through=True)


def flush() -> None:
    """Write what still waits. Raises OSError."""
    sys.stdout.flush()


def give_up() -> None:
    """Let go of what can't be written: Python would try again at its end, and complain."""
    with suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)


def raise_failure(error: Exception) -> NoReturn:
    """Raise what an error of standard output is to the user: OutputClosed or OutputFailed; another error as it is."""
    if isinstance(error, OSError) and error.errno in _PIPE:
        raise OutputClosed from None
    if isinstance(error, OSError) and error.errno in _OF_OUTPUT:
        raise OutputFailed(reason=(error.strerror or "it was refused").lower()) from None
    if isinstance(error, UnicodeEncodeError) and not is_unicode():
        raise OutputUnencodable(encoding=sys.stdout.encoding or error.encoding) from None
    raise error


def is_unicode() -> bool:
    """Return whether standard output takes every character."""
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
