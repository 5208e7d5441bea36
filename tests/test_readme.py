"""README.md and docs/ name everything that there is, link to what exists, and the README stays short."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from discord import app_commands

from bot.app import open_app
from bot.cli import cli
from bot.frontends.discord.client import PaperbotClient
from bot.frontends.discord.run import PERMISSIONS
from tests.apps import make_settings, make_store
from tools.settings import ROOT, groups

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
MOST_WORDS = 900
_LINK = re.compile(r"\]\(([^()\s]+)\)")
_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def has_row(page: str, name: str) -> bool:
    """Return whether a row of the page's tables begins with this name, in code."""
    return re.search(rf"^\| `{re.escape(name)}[` ]", page, re.MULTILINE) is not None


def anchors(text: str) -> set[str]:
    """Return the fragments of a page's headings, as GitHub makes them."""
    headings = [re.sub(r"[^\w\- ]", "", title.lower()) for title in _HEADING.findall(_FENCED.sub("", text))]
    return {heading.replace(" ", "-") for heading in headings}


def links() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for target in _LINK.findall(_FENCED.sub("", page.read_text(encoding="utf-8"))):
            if "://" not in target:
                yield str(page.relative_to(ROOT)), target


@pytest.mark.parametrize("variable", [it.name for _, variables in groups() for it in variables])
def test_every_setting_is_explained(variable: str) -> None:
    assert has_row(read("docs/settings.md"), variable)


@pytest.mark.parametrize("command", sorted(cli.list_commands(click.Context(cli))))
def test_every_command_of_the_terminal_is_explained_with_its_options(command: str) -> None:
    page = read("docs/cli.md")
    assert has_row(page, f"paperbot {command}")
    known = cli.get_command(click.Context(cli), command)
    assert known is not None
    for option in known.params:
        if isinstance(option, click.Option):
            assert re.search(rf"`{re.escape(option.opts[-1])}\b", page), option.opts


async def test_every_command_in_discord_is_explained_with_its_options(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    await make_store(settings.store.path)
    async with open_app(settings) as app, PaperbotClient(app=app) as client:
        await client.add_cogs()
        walked = [command for command in client.tree.walk_commands() if isinstance(command, app_commands.Command)]
        menus = [menu.name for menu in client.tree.get_commands() if isinstance(menu, app_commands.ContextMenu)]
    page = read("docs/commands.md")
    assert set(re.findall(r"^\| `/([\w ]+)`", page, re.MULTILINE)) == {command.qualified_name for command in walked}
    for command in walked:
        for option in command.parameters:
            assert f"`{option.display_name}`" in page, (command.qualified_name, option.display_name)
    for menu in menus:
        assert f"| **{menu}** |" in page


def test_the_readme_is_short_and_begins_with_the_two_commands() -> None:
    readme = read("README.md")
    assert len(readme.split()) <= MOST_WORDS
    assert {"make demo", "make test"} <= set(readme.splitlines()[:10])


def test_the_permissions_are_those_of_the_invitation() -> None:
    assert f"`{PERMISSIONS.value}`" in read("docs/operating.md")


@pytest.mark.parametrize(("page", "target"), list(links()))
def test_every_link_leads_somewhere(page: str, target: str) -> None:
    path, _, anchor = target.partition("#")
    linked = (ROOT / page).parent / path if path else ROOT / page
    assert linked.exists()
    if anchor:
        assert anchor in anchors(linked.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", [str(page.relative_to(ROOT)) for page in PAGES])
def test_every_file_of_the_project_that_is_named_exists(page: str) -> None:
    named = re.findall(r"`((?:bot|bench|docs|prompts|tests|tools)/[\w./-]*)`", read(page))
    assert [name for name in named if not (ROOT / name).exists()] == []
