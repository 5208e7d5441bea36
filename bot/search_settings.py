"""The settings of a search, read without the settings' library, which takes longer to load than a search takes."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_FILE = Path(".env")
_GROUPS = frozenset("discord openai store search feeds digest mail limits log".split())
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_QUESTION_CHARS = range(20, 4001)


@dataclass(frozen=True, slots=True)
class StandaloneSettings:
    """What a search without a model depends on; defaults and limits are those of `bot.config.Settings`."""

    store_path: Path = Path("paperbot.db")
    question_chars: int = 1000
    log_level: str = "INFO"


def search_settings() -> StandaloneSettings | None:
    """Return the settings of a search, from the environment and .env as `bot.config.load_settings` reads them.

    None where that is to be asked: a model may be set up, which makes plans, or something is wrong and has to be told.
    Settings that no search depends on are not looked at.
    """
    try:
        values = _from_file() | _filled((name, value) for name, value in os.environ.items() if name.lower() != "mail")
    except (OSError, UnicodeDecodeError):
        return None
    if any(name in _GROUPS or name.startswith("openai_") for name in values):
        return None
    default = StandaloneSettings()
    chars = values.get("limits_question_chars", str(default.question_chars))
    level = values.get("log_level", default.log_level)
    if level not in _LEVELS or not (chars.isascii() and chars.isdigit()) or int(chars) not in _QUESTION_CHARS:
        return None
    return StandaloneSettings(Path(values.get("store_path", default.store_path)), int(chars), level)


def _from_file() -> dict[str, str]:
    if not _FILE.is_file():
        return {}
    from dotenv import dotenv_values  # noqa: PLC0415 - most have no such file where they search

    return _filled(dotenv_values(_FILE, encoding="utf-8").items())


def _filled(variables: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    """Return the variables that aren't empty, by their names in small letters: case makes no difference in them."""
    return {name.lower(): value for name, value in variables if value}
