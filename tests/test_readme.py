"""The README names everything that there is."""

import re
from pathlib import Path

import click
import pytest

from bot.cli import cli
from bot.frontends.discord.run import PERMISSIONS
from tools.env_example import env_example

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("variable", re.findall(r"^(?:# )?([A-Z_]+)=", env_example(), re.MULTILINE))
def test_every_setting_is_explained(variable: str) -> None:
    assert f"`{variable}`" in README


@pytest.mark.parametrize("command", sorted(cli.list_commands(click.Context(cli))))
def test_every_command_is_explained(command: str) -> None:
    assert re.search(rf"^\| `paperbot {command}\b", README, re.MULTILINE)


def test_the_permissions_are_those_of_the_invitation() -> None:
    assert f"`{PERMISSIONS.value}`" in README
