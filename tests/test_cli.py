"""What all commands have in common."""

from pathlib import Path

import pytest

from tests.cli import Cli


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["run"],
        ["ask"],
        ["summarise"],
        ["compare"],
        ["explain"],
        ["usage"],
        ["search"],
        ["import"],
        ["digest"],
        ["doctor"],
    ],
)
def test_help_is_enough_to_use_each_command(cli: Cli, command: list[str]) -> None:
    ran = cli(*command, "--help")
    assert ran.code == 0
    assert "Usage: paperbot" in ran.out
    assert "Exit code" in ran.out or not command or command == ["search"] or command == ["digest"]


def test_an_unknown_command_is_refused(cli: Cli) -> None:
    ran = cli("answer")
    assert ran.code == 2
    assert "No such command 'answer'" in ran.err


def test_a_wrong_setting_is_named(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_CHANNEL_IDS", "general")
    ran = cli("ask", "--sample", "what is Stormer?")
    assert ran.code == 78
    assert "DIGEST_CHANNEL_IDS: must be channel ids (numbers), separated by commas" in ran.err


def test_a_prompt_with_an_unknown_placeholder_is_told(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "prompts"
    folder.mkdir()
    for path in (Path(__file__).parents[1] / "prompts").glob("*.md"):
        (folder / path.name).write_text(path.read_text().replace("$question", "$qestion"))
    monkeypatch.setattr("bot.app.prompts_folder", lambda: folder)
    ran = cli("ask", "--sample", "what is Stormer?")
    assert ran.code == 78
    assert "answer.md can't be used: unknown placeholder $qestion" in ran.err


def test_a_bug_shows_no_traceback(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.app.open_app", None)
    ran = cli("ask", "--sample", "what is Stormer?")
    assert ran.code == 1
    assert ran.err.startswith("paperbot: this is a bug in paperbot.")
    assert "Traceback" not in ran.err
