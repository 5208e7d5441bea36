"""Files as streams of bytes, unpacked on the way: plain, .gz, or a .zip with one file of papers."""

import errno
import gzip
import lzma
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from bot.errors import SourceUnknown, SourceUnreadable

BROKEN = (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile)
"""What reading a damaged file raises."""

_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """A file's content. `fraction` tells how much of it is read, from 0 to 1; `packed` whether it was unpacked."""

    body: IO[bytes]
    fraction: Callable[[], float]
    packed: bool


@contextmanager
def unpacked(path: Path) -> Iterator[Unpacked]:
    """Open a file. Raises SourceUnreadable, and SourceUnknown for a zip file of anything but one file."""
    body: IO[bytes]
    with ExitStack() as stack:
        try:
            size = max(1, ordinary_size(path))
            raw = stack.enter_context(path.open("rb"))
            magic = raw.read(4)
            raw.seek(0)
            packed = magic.startswith((_GZIP, _ZIP))
            if magic.startswith(_GZIP):
                gzipped = stack.enter_context(gzip.GzipFile(fileobj=raw))
                body = cast("IO[bytes]", gzipped)
            elif magic == _ZIP:
                body = stack.enter_context(_member(stack.enter_context(zipfile.ZipFile(raw)), path))
            else:
                body = raw
        except zipfile.BadZipFile:
            raise SourceUnknown(path=path, reason="the zip file is damaged") from None
        except OSError as error:
            raise SourceUnreadable(path=path, reason=error.strerror or type(error).__name__) from None
        # Of a zip file the directory at its end is read first; from then on the position grows as with the others.
        yield Unpacked(body=body, fraction=lambda: min(1.0, raw.tell() / size), packed=packed)


def ordinary_size(path: Path) -> int:
    """Return a file's size in bytes. Raises OSError, also for a pipe or a device: it may block or never end."""
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is a pipe or a device; save it as a file first")
    return found.st_size


def _member(archive: zipfile.ZipFile, path: Path) -> IO[bytes]:
    files = [info for info in archive.infolist() if not info.is_dir()]
    if len(files) != 1:
        raise SourceUnknown(path=path, reason=f"the zip file holds {len(files)} files; give one with a single file")
    try:
        return archive.open(files[0])
    except (RuntimeError, NotImplementedError):  # a password; a method of packing that Python doesn't have
        raise SourceUnknown(path=path, reason="the zip file is encrypted or packed in an unknown way") from None
