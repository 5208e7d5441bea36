"""The commands as an operator types them."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli import Cli


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    monkeypatch.setenv("COLUMNS", "100")
    return Cli(monkeypatch, capsys)


@pytest.mark.parametrize("command", [[], ["run"], ["ask"], ["search"], ["import"], ["digest"], ["doctor"]])
def test_help_is_enough_to_use_each_command(cli: Cli, command: list[str]) -> None:
    ran = cli(*command, "--help")
    assert ran.code == 0
    assert "Usage: paperbot" in ran.out
    assert "Exit code" in ran.out or not command or command == ["search"] or command == ["digest"]


def test_an_unknown_command_is_refused(cli: Cli) -> None:
    ran = cli("answer")
    assert ran.code == 2
    assert "No such command 'answer'" in ran.err


def test_ask_answers_from_the_bundled_papers_without_any_setting(cli: Cli, tmp_path: Path) -> None:
    ran = cli("ask", "--sample", "what", "is", "Stormer?")
    assert ran.code == 0
    assert "Extracts" in ran.out
    assert "“Stormer is a simple weather forecasting model" in ran.out
    assert "no model is set up" in ran.out
    assert "https://github.com/tung-nd/stormer" in ran.out
    assert "Searched 52 papers, 19 Sep 2018 to 11 Jul 2025" in ran.out
    assert list(tmp_path.iterdir()) == []


def test_extracts_are_given_for_the_asking_although_a_model_is_set_up(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "never-used")
    ran = cli("ask", "--sample", "--extracts", "what is Stormer?")
    assert ran.code == 0
    assert "extracts were asked for" in ran.out


def test_ask_without_a_question_or_a_terminal_says_how_to_ask(cli: Cli) -> None:
    ran = cli("ask", "--sample")
    assert ran.code == 2
    assert (
        ran.err == "paperbot: There is no question yet. Ask something about the papers, for example: what is Stormer?\n"
    )


def test_a_long_question_is_refused(cli: Cli) -> None:
    ran = cli("ask", "--sample", "w" * 4000)
    assert ran.code == 2
    assert "The question has 4,000 characters; the limit is 1,000." in ran.err


def test_an_empty_store_is_told_with_what_to_do(cli: Cli) -> None:
    ran = cli("ask", "what is Stormer?")
    assert ran.code == 66
    assert ran.err.startswith("paperbot: There are no papers yet.")


def test_filters_are_days_of_publication(cli: Cli) -> None:
    assert "Nothing" not in cli("ask", "--sample", "--until", "2019-12-31", "what is GPipe?").out
    after = cli("ask", "--sample", "--since", "2026-01-01", "what is GPipe?")
    assert after.code == 0
    assert "No paper in the store was published since 1 Jan 2026." in after.out
    assert cli("ask", "--sample", "--since", "yesterday", "what is GPipe?").code == 2


def test_search_lists_papers_best_first(cli: Cli) -> None:
    ran = cli("search", "--sample", "-n", "3", "spiking", "transformer")
    assert ran.code == 0
    assert ran.out.lstrip().startswith("[1] STEP: A Unified Spiking Transformer")
    assert "[3]" in ran.out
    assert "[4]" not in ran.out


def test_search_says_when_nothing_matches(cli: Cli) -> None:
    ran = cli("search", "--sample", "xyzzy")
    assert ran.code == 0
    assert "No paper in the store shares a word with this." in ran.out


def test_import_counts_and_is_idempotent(cli: Cli) -> None:
    assert "52 new, 0 changed, 0 unchanged, 0 refused" in cli("import", "--sample").out
    again = cli("import", "--sample")
    assert again.code == 0
    assert "0 new, 0 changed, 52 unchanged, 0 refused" in again.out
    assert "“Stormer is a simple" in cli("ask", "what is Stormer?").out


def test_import_tells_each_refusal_with_its_line_and_keeps_the_rest(cli: Cli, tmp_path: Path) -> None:
    good = json.dumps({"title": "A", "abstract": "We made A."})
    (tmp_path / "papers.jsonl").write_text(f'{good}\n{{"title": "B"}}\nnot json\n')
    ran = cli("import", "papers.jsonl")
    assert ran.code == 65
    assert "papers.jsonl (JSON Lines): 1 new, 0 changed, 0 unchanged, 2 refused" in ran.out
    assert ran.err.splitlines()[0].startswith("  line 2: ")
    assert ran.err.splitlines()[1].startswith("  line 3: not JSON")


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"<!doctype html><html>", 65, "it is HTML or XML; copy the page's text into a file instead"),
        (b"\x89PNG\r\n\x1a\n", 65, "it is not UTF-8 text"),
        (b"", 65, "it is empty"),
        (b"shopping list: milk", 65, "no paper of any known format stands in it"),
        (b'[{"paper": {"id": "2610.', 65, "the JSON is broken"),
        (None, 66, "can't be read (No such file or directory)"),
    ],
    ids=["html", "binary", "empty", "other text", "truncated", "missing"],
)
def test_a_file_that_is_not_what_it_claims_changes_nothing(
    cli: Cli, tmp_path: Path, content: bytes | None, code: int, words: str
) -> None:
    if content is not None:
        (tmp_path / "file").write_bytes(content)
    ran = cli("import", "file")
    assert ran.code == code
    assert words in ran.err
    assert "Traceback" not in ran.err


def test_import_without_a_file_says_what_to_give(cli: Cli) -> None:
    ran = cli("import")
    assert ran.code == 2
    assert "--sample" in ran.err


def test_a_digest_is_shown_as_it_would_be_posted(cli: Cli) -> None:
    ran = cli("digest", "--dry-run", "--sample")
    assert ran.code == 0
    assert "1. Meta-Learning an In-Context Transformer" in ran.out
    assert "10 of 52 new papers, most upvotes first" in ran.out


def test_a_digest_is_posted_by_run_alone(cli: Cli) -> None:
    ran = cli("digest")
    assert ran.code == 2
    assert "`paperbot run`" in ran.err


def test_an_unwritable_store_is_told(cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("STORE_PATH", str(tmp_path / "file" / "store.db"))
    ran = cli("import", "--sample")
    assert ran.code == 74
    assert "can't be opened for writing" in ran.err
    assert "STORE_PATH" in ran.err


def test_a_store_of_a_newer_version_is_left_alone(cli: Cli, tmp_path: Path) -> None:
    cli("import", "--sample")
    with sqlite3.connect(tmp_path / "paperbot.db") as db:
        db.execute("PRAGMA user_version = 999")
    db.close()
    ran = cli("search", "spiking")
    assert ran.code == 74
    assert "was written by a newer paperbot (schema 999;" in ran.err


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
    monkeypatch.setattr("bot.cli.open_app", None)
    ran = cli("ask", "--sample", "what is Stormer?")
    assert ran.code == 1
    assert ran.err.startswith("paperbot: this is a bug in paperbot.")
    assert "Traceback" not in ran.err


def test_search_explains_itself(cli: Cli) -> None:
    ran = cli("search", "--sample", "--explain", "-n", "1", "spiking", "transformer")
    assert ran.code == 0
    assert "[1] STEP: A Unified Spiking Transformer" in ran.out
    rows = [line.split() for line in ran.out.splitlines()]
    adds = {row[0]: float(row[-1]) for row in rows if row and row[0] in {"spike", "transform", "score", "title,"}}
    assert adds["spike"] > adds["transform"] > 0
    assert adds["spike"] + adds["transform"] + adds["title,"] == pytest.approx(adds["score"], abs=0.02)
