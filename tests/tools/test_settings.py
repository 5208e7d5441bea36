"""What is made from the settings is current, and .env.example can be used as it is."""

from pathlib import Path

import pytest

from bot.config import load_settings
from tools.settings import ROOT, env_example, settings_page


@pytest.mark.parametrize(("file", "text"), [(".env.example", env_example()), ("docs/settings.md", settings_page())])
def test_the_file_is_that_of_the_settings(file: str, text: str) -> None:
    assert (ROOT / file).read_text(encoding="utf-8") == text, "run: make settings"


def test_the_example_file_as_it_stands_gives_the_defaults(tmp_path: Path) -> None:
    defaults = load_settings()
    (tmp_path / ".env").write_text(env_example())
    assert load_settings() == defaults
    (tmp_path / ".env").write_text(env_example().replace("\n# DIGEST_TIME=08:00", "\nDIGEST_TIME=07:15"))
    assert f"{load_settings().digest.time:%H:%M}" == "07:15"


def test_every_default_of_the_example_file_is_the_settings_own(tmp_path: Path) -> None:
    defaults = load_settings()
    shown = [line.removeprefix("# ") for line in env_example().splitlines() if line.startswith("# ") and "=" in line]
    settings = [line for line in shown if line.partition("=")[0].replace("_", "").isupper()]
    (tmp_path / ".env").write_text("\n".join(settings))
    assert len(settings) > 20
    assert load_settings() == defaults


def test_the_page_shows_the_default_the_allowed_values_and_the_meaning() -> None:
    page = settings_page()
    level = "Lowest level that is logged: DEBUG, INFO, WARNING or ERROR."
    assert f"| `LOG_LEVEL` | `INFO` | `DEBUG`, `INFO`, `WARNING`, `ERROR` | {level} |" in page
    assert "| `FEEDS_POLL_MINUTES` | `30` | at least 5, at most 1440 |" in page
    assert "| `FEEDS_CATEGORIES` | `cs.AI,cs.CL,cs.CV,cs.LG` |" in page
    assert "| `MAIL_FROM` |  |  | The sender of the emails: an address, or name &lt;address>." in page
