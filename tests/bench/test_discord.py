"""The load on Discord: what is counted, and a little of the run."""

import subprocess
import sys
from pathlib import Path

from bench.discord_edits import gaps

ROOT = Path(__file__).parents[2]
_TIMED = ("acknowledged", "event loop", "memory")
"""What a busy machine may miss."""


def test_gaps_are_between_edits_of_the_same_message() -> None:
    assert gaps([(0.0, 1), (0.5, 2), (1.5, 1), (2.5, 2), (4.0, 1)]) == [1.5, 2.5, 2.0]


def test_a_quick_run_loses_nothing() -> None:
    command = [sys.executable, "-m", "bench.discord", "--members", "8", "--seconds", "1", "--interactions", "20"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=110)
    assert "Traceback" not in run.stderr
    rows = {line.split(" | ")[0].removeprefix("| "): line for line in run.stdout.splitlines() if line.startswith("|")}
    assert rows["what"] == "| what | target | reached | of how many |"
    assert rows["what was answered"].split(" | ")[2:] == ["Answer 8", "8 |"]
    assert "interactions lost" in rows
    assert not [row for what, row in rows.items() if "missed" in row and not what.startswith(_TIMED)]
