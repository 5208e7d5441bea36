"""The example file stays true."""

from pathlib import Path

from bot.config import load_settings
from tools.env_example import env_example

EXAMPLE = Path(__file__).parents[2] / ".env.example"


def test_the_example_file_is_that_of_the_settings() -> None:
    assert EXAMPLE.read_text(encoding="utf-8") == env_example(), "run: make env-example"


def test_the_example_file_as_it_stands_gives_the_defaults(tmp_path: Path) -> None:
    defaults = load_settings()
    (tmp_path / ".env").write_text(env_example())
    assert load_settings() == defaults
    (tmp_path / ".env").write_text(env_example().replace("\n# DIGEST_TIME=08:00", "\nDIGEST_TIME=07:15"))
    assert f"{load_settings().digest.time:%H:%M}" == "07:15"
