"""Every command of bench/ says how it is used."""

import runpy
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def commands() -> list[str]:
    files = sorted((ROOT / "bench").glob("*.py"))
    return [file.stem for file in files if "argparse.ArgumentParser(" in file.read_text(encoding="utf-8")]


@pytest.mark.parametrize("name", commands())
def test_a_command_answers_help(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str) -> None:
    monkeypatch.setattr(sys, "argv", [name, "--help"])
    monkeypatch.delitem(sys.modules, f"bench.{name}", raising=False)  # runpy warns of a module that is there already
    with pytest.raises(SystemExit) as ended:
        runpy.run_module(f"bench.{name}", run_name="__main__")
    assert not ended.value.code
    assert f"python -m bench.{name}" in capsys.readouterr().out
