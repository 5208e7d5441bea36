"""The evaluation of answers, a little of each part."""

import subprocess
import sys
from pathlib import Path

from tests.shared import shared_file

ROOT = Path(__file__).parents[2]
PARTS = ("budget", "edits")
"""Those that are quick; tests/assistant tries the behaviours, the orders and what is planted."""


def test_a_quick_run_reaches_every_target() -> None:
    folder = shared_file("eval/questions.jsonl").parents[1]
    command = [sys.executable, "-m", "bench.answers", "--quick", "--only", *PARTS, "--shared", str(folder)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=110)
    assert run.returncode == 0, run.stdout + run.stderr
    rows = [line for line in run.stdout.splitlines() if line.startswith("|")]
    assert rows[0] == "| what | target | reached | of how many |"
    assert any("tokens over the budget" in row for row in rows)
    assert not any("missed" in row for row in rows)


def test_a_missing_folder_is_told() -> None:
    command = [sys.executable, "-m", "bench.answers", "--shared", "nowhere"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 2
    assert "--shared" in run.stderr
