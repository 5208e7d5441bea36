"""How much memory this process holds (Linux)."""

import ctypes
import gc
import os
from pathlib import Path


def resident_mb() -> float:
    """Return the resident memory in megabytes (10^6 bytes), after what is free was given back."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
