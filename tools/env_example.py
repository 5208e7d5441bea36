"""The text of .env.example, made from the settings: `python -m tools.env_example > .env.example`."""

import datetime as dt
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from bot.config import Settings

_HEAD = """\
# paperbot's settings. Copy this file to .env and fill in what you need; commented-out settings show the defaults.
# Only DISCORD_TOKEN is required to run the bot. Generated from bot/config/ with: make env-example
"""


def env_example() -> str:
    """Return every setting with its description and default, group by group."""
    parts = [_HEAD]
    for name, field in Settings.model_fields.items():
        group = field.annotation
        assert isinstance(group, type)
        assert issubclass(group, BaseModel)
        parts.append(f"\n# {(group.__doc__ or '').splitlines()[0]}\n")
        for key, setting in group.model_fields.items():
            variable = f"{name}_{setting.alias or key}".upper()
            parts.append(f"# {setting.description}\n{_line(variable, setting.default)}\n")
    return "".join(parts)


def _line(variable: str, default: Any) -> str:
    """Settings without a default are left to be filled in."""
    if default in (None, [], PydanticUndefined):
        return f"{variable}="
    value = f"{default:%H:%M}" if isinstance(default, dt.time) else default
    value = ",".join(default) if isinstance(default, list) else value
    return f"# {variable}={value}"


if __name__ == "__main__":
    print(env_example(), end="")
