"""Every command of bench/ says how it is used."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def commands() -> list[str]:
    files = sorted((ROOT / "bench").glob("*.py"))
    return [file.stem for file in files if "argparse.ArgumentParser(" in file.read_text(encoding="utf-8")]


@pytest.mark.parametrize("name", commands())
def test_a_command_answers_help(name: str) -> None:
    asked = subprocess.run([sys.executable, "-m", f"bench.{name}", "--help"], cwd=ROOT, capture_output=True, text=True)
    assert asked.returncode == 0, asked.stderr
    assert f"python -m bench.{name}" in asked.stdout
