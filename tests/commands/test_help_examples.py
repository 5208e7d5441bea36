"""Each example of each --help, run in order with the bundled papers in the store."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from bot.cli import cli as group
from tests.cli import Cli
from tests.commands.conftest import TODAY
from tests.fakes.feeds import FakeFeeds
from tools.settings import ROOT

_BLOCK = re.compile(r"^  (?:Examples|First steps):\n((?:    .+\n)+)", re.MULTILINE)
_FENCED = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_RUNNABLE = re.compile(r"(?:\.venv/bin/)?(?:paperbot|python|make|docker|cp|sqlite3) ")
_NOTE = re.compile(r"\s{3,}.*")
PAGE = """Daily Papers

Dec 8

Listening to Kettles

We heard many kettles whistle. They differ.

  • 3 authors
·
Dec 6, 2023
"""
COMMANDS = group.list_commands(click.Context(group))
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2401.00001v1</id>
<title>Kettles</title><summary>We heard kettles.</summary><published>2024-01-05T00:00:00Z</published>
<category term="cs.CL"/></entry></feed>"""


def examples(cli: Cli, *command: str) -> list[str]:
    """Return the lines of a help's examples, without what is said beside them."""
    blocks = _BLOCK.findall(cli(*command, "--help").out)
    return [_NOTE.sub("", line.strip()) for block in blocks for line in block.splitlines()]


def works(cli: Cli, line: str) -> None:
    name, *arguments = shlex.split(line)
    assert name == "paperbot"
    ran = cli(*arguments)
    assert ran.code == 0, (line, ran.err)
    assert ran.out.strip(), line
    assert "No answer" not in ran.out, line
    assert "None of the papers" not in ran.out, line


@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in {"run", "doctor"}])
def test_every_example_works(cli: Cli, command: str, feeds: FakeFeeds, tmp_path: Path) -> None:
    assert cli("import", "--sample").code == 0
    (tmp_path / "daily-papers-page.txt").write_text(PAGE, encoding="utf-8")
    snapshot = tmp_path / "arxiv-metadata-snapshot.xml"
    snapshot.write_text(ATOM)
    shutil.make_archive(str(snapshot.with_suffix("")), "zip", tmp_path, snapshot.name)
    found = examples(cli, command)
    assert found
    for line in found:
        works(cli, line)


def test_the_first_steps_work(cli: Cli, feeds: FakeFeeds, tmp_path: Path) -> None:
    assert feeds.today == TODAY
    (tmp_path / "FILE").write_text('{"title": "Kettles", "abstract": "We heard kettles."}\n')
    found = [line for line in examples(cli) if line not in {"paperbot doctor", "paperbot run"}]
    assert len(found) == 3
    for line in found:
        works(cli, line)


def shell_lines() -> list[str]:
    """Return what people copy: the lines of fenced blocks in the pages, and the examples of the helps."""
    pages = [path.read_text(encoding="utf-8") for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"))]
    fenced = [line for page in pages for block in _FENCED.findall(page) for line in block.splitlines()]
    helps = [ROOT / "bot/cli.py", *ROOT.glob("bot/commands/*.py")]
    lines = [line.strip() for path in helps for line in path.read_text(encoding="utf-8").splitlines()]
    examples = [_NOTE.sub("", line) for line in lines if line.startswith("paperbot ") and line[-1] not in ".,"]
    return sorted({line for line in (*fenced, *examples) if _RUNNABLE.match(line)})


@pytest.mark.parametrize("line", shell_lines())
def test_a_line_is_taken_as_it_stands_by_zsh(line: str, tmp_path: Path) -> None:
    """Zsh refuses an unquoted question mark that fits no file, and takes no comment on a line that is typed."""
    bare = re.sub(r"\"[^\"]*\"|'[^']*'", "", line)
    assert not set(bare) & set("?*[]{}^~<>;&!()#"), "quote it"
    if zsh := shutil.which("zsh"):
        command = [zsh, "-fc", f"print -r -- {line}"]
        ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
        assert (ran.returncode, ran.stderr) == (0, "")


def test_the_readmes_lines_are_among_them() -> None:
    assert {"make demo", "paperbot import --sample", 'paperbot ask "what is Stormer?"'} <= set(shell_lines())
