"""What is typed at the prompt, and Ctrl-C."""

import asyncio
import signal
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from rich.console import Console

with suppress(ImportError):  # not on every system; with it, input() can be edited and has a history
    import readline as _readline  # noqa: F401


def read_line(console: Console) -> str:
    """Return what is typed, or nothing when the input ends or is interrupted."""
    # asyncio's handler would only note Ctrl-C for later, and the prompt would go on waiting.
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        console.print()
        return input("› ").strip()
    except (EOFError, KeyboardInterrupt):
        console.print()
        return ""
    finally:
        signal.signal(signal.SIGINT, handler)


async def interruptible(work: Coroutine[Any, Any, None]) -> bool:
    """Do the work until its end or until Ctrl-C, which stops nothing else; return whether it came to its end."""
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(work)
    handler = signal.signal(signal.SIGINT, lambda *_: loop.call_soon_threadsafe(task.cancel))
    try:
        await asyncio.wait([task])
        if task.cancelled():
            return False
        task.result()
    finally:
        task.cancel()
        signal.signal(signal.SIGINT, handler)
    return True
