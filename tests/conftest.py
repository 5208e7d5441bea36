"""What every test has: an environment without the developer's own settings."""

import gc
import os
import sys
from pathlib import Path

import pytest
import trustme
from hypothesis import settings

from bot.config import Settings
from tests.cli import Cli

_SLOW_FOLDERS = [Path(__file__).parent / name for name in ("bench", "e2e", "fakes")]
_SLOW_FILES = frozenset(
    {
        "test_assistant_plans.py",
        "test_at_once.py",
        "test_buttons.py",
        "test_chain.py",
        "test_check.py",
        "test_daily.py",
        "test_evidence.py",
        "test_help_examples.py",
        "test_injections.py",
        "test_output.py",
        "test_streaming.py",
        "test_trouble.py",
        "test_writer.py",
    }
)
"""Files that take more than a second each: each of their tests asks a model or plays a server."""

# A busy machine makes single examples slow; the suite's own time-out catches what really hangs.
settings.register_profile("paperbot", deadline=None, max_examples=40)
settings.register_profile("quick", parent=settings.get_profile("paperbot"), max_examples=10)
settings.load_profile("paperbot")


def pytest_configure() -> None:
    """Keep compiled code, even where Python is told not to: each process of a test would compile the program anew.

    Until all is loaded there is no garbage worth a search.
    """
    gc.disable()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


@pytest.hookimpl(tryfirst=True)  # before pytest chooses by markers
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of whole programs, of our fakes and of slow files; another slow test is marked by itself."""
    for item in items:
        if item.path.name in _SLOW_FILES or any(folder in item.path.parents for folder in _SLOW_FOLDERS):
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """Keep what was loaded out of the garbage collector's sight, which would go through all of it again and again."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def one_authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with one certificate authority: tests need none, and each client would read a system's hundred."""
    path = tmp_path_factory.mktemp("authority") / "ca.pem"
    trustme.CA().cert_pem.write_to_path(path)
    return path


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, one_authority: Path) -> None:
    """Hide this machine's settings and .env from the code under test."""
    monkeypatch.setenv("SSL_CERT_FILE", str(one_authority))
    groups = tuple(f"{name.upper()}_" for name in Settings.model_fields)
    for name in os.environ:
        if name.upper().startswith(groups):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Run commands on a screen of 100 columns."""
    monkeypatch.setenv("COLUMNS", "100")
    return Cli(monkeypatch, capsys)


def pytest_xdist_auto_num_workers() -> int:
    """Take a worker more than there are cores: many tests wait, for killed processes and leases that end."""
    return (os.cpu_count() or 1) + 1
