"""The package as users install it: a wheel, away from the checkout."""

import subprocess
import sys
from pathlib import Path

from tests.e2e.process import environment

ROOT = Path(__file__).parents[2]


def test_an_installed_wheel_answers_from_any_folder(tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    _run("-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path), cwd=ROOT)
    (wheel,) = tmp_path.glob("*.whl")
    _run("-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", str(site), str(wheel), cwd=elsewhere)
    env = environment(PYTHONPATH=str(site))
    where = _run("-c", "import bot; print(bot.__file__)", cwd=elsewhere, env=env)
    assert where.startswith(str(site))
    assert "“VMFormer is" in _run("-m", "bot", "ask", "--sample", "what is VMFormer?", cwd=elsewhere, env=env)


def _run(*arguments: str, cwd: Path, env: dict[str, str] | None = None) -> str:
    command = [sys.executable, *arguments]
    finished = subprocess.run(command, cwd=cwd, env=env or environment(), capture_output=True, text=True, timeout=60)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout
