"""The texts that are made from the settings: .env.example and docs/settings.md. `python -m tools.settings` writes them.

Both come from the descriptions, defaults and limits in bot/config, so neither can disagree with the code.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from bot.config import Settings

ROOT = Path(__file__).parents[1]

_ENV_HEAD = """\
# paperbot's settings. Copy this file to .env and fill in what you need; lines that begin with # show the defaults.
# Only DISCORD_TOKEN is needed to run the bot. Made from the settings in bot/config by: make settings
"""
_PAGE_HEAD = """\
# Settings

<!-- Made from the settings in bot/config by `make settings`. Edit the descriptions there, not here. -->

paperbot reads its settings from environment variables and from `.env` in the working directory; the environment wins.
An empty value counts as unset. [`.env.example`](../.env.example) has all of them to copy. `paperbot run` needs only
`DISCORD_TOKEN`. `paperbot doctor` reports values that can't be used and names that look misspelt.

[operating.md](operating.md) explains what to set for feeds, a model, limits, digests and mail.
"""
_TABLE_HEAD = """
| setting | default | allowed | meaning |
|---|---|---|---|
"""
_BOUNDS = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
"""The attributes of pydantic's limits, in words."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One setting: the name of its environment variable, and the field of the group that it fills."""

    name: str
    field: FieldInfo

    @property
    def default(self) -> str:
        """The default as it is written in .env; nothing where there is none."""
        return _written(self.field.default)


def groups() -> Iterator[tuple[str, list[Variable]]]:
    """Yield the first line of each group's docstring, and the group's settings in the order of the code."""
    for name, field in Settings.model_fields.items():
        group = field.annotation
        assert isinstance(group, type)
        assert issubclass(group, BaseModel)
        variables = [Variable(f"{name}_{it.alias or key}".upper(), it) for key, it in group.model_fields.items()]
        yield (group.__doc__ or "").splitlines()[0], variables


def env_example() -> str:
    """Return .env.example: every setting with its description; commented out where there is a default."""
    parts = [_ENV_HEAD]
    for title, variables in groups():
        parts.append(f"\n# {title}\n")
        for it in variables:
            line = f"# {it.name}={it.default}" if it.default else f"{it.name}="
            parts.append(f"# {it.field.description}\n{line}\n")
    return "".join(parts)


def settings_page() -> str:
    """Return docs/settings.md: a table for each group, with defaults, allowed values and meanings."""
    parts = [_PAGE_HEAD]
    for title, variables in groups():
        prefix, _, meaning = title.partition(": ")
        parts.append(f"\n## `{prefix}`\n\n{meaning[:1].upper()}{meaning[1:]}\n{_TABLE_HEAD}")
        for it in variables:
            default = f"`{it.default}`" if it.default else ""
            meaning = (it.field.description or "").replace("|", r"\|").replace("<", "&lt;")
            parts.append(f"| `{it.name}` | {default} | {_allowed(it.field)} | {meaning} |\n")
    return "".join(parts)


def _written(default: Any) -> str:
    if default in (None, [], PydanticUndefined):
        return ""
    match default:
        case bool():
            return str(default).lower()
        case dt.time():
            return f"{default:%H:%M}"
        case float():
            return f"{default:g}"
        case list():
            return ",".join(map(str, default))
    return str(default)


def _allowed(field: FieldInfo) -> str:
    """Return the values that a setting takes, as far as its type says: choices, or the ends of a range."""
    if field.annotation is bool:
        return "`true` or `false`"
    if get_origin(field.annotation) is Literal:
        return ", ".join(f"`{choice}`" for choice in get_args(field.annotation))
    ends = [
        f"{words} {getattr(limit, name)}"
        for name, words in _BOUNDS.items()
        for limit in field.metadata
        if hasattr(limit, name)
    ]
    return ", ".join(ends)


def main() -> None:
    """Write both files."""
    (ROOT / ".env.example").write_text(env_example(), encoding="utf-8")
    (ROOT / "docs" / "settings.md").write_text(settings_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
