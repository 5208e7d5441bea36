"""The settings of a search beside those of everything."""

from pathlib import Path

import pytest

from bot.config import load_settings
from bot.errors.operation import SettingsError
from bot.search_settings import StandaloneSettings, search_settings


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def all_settings() -> StandaloneSettings:
    settings = load_settings()
    return StandaloneSettings(settings.store.path, settings.limits.question_chars, settings.log.level)


def test_the_defaults_are_the_same() -> None:
    assert search_settings() == all_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STORE_PATH", "a folder/papers.db"),
        ("store_path", "papers.db"),
        ("STORE_PATH", ""),
        ("LIMITS_QUESTION_CHARS", "20"),
        ("LIMITS_QUESTION_CHARS", "4000"),
        ("LOG_LEVEL", "DEBUG"),
        ("OPENAI_API_KEY", ""),
        ("DISCORD_TOKEN", "abc.def"),
        ("MAIL", "/var/mail/ada"),
    ],
)
def test_a_setting_is_read_as_elsewhere(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    assert search_settings() == all_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LIMITS_QUESTION_CHARS", "19"),
        ("LIMITS_QUESTION_CHARS", "4001"),
        ("LIMITS_QUESTION_CHARS", "many"),
        ("LOG_LEVEL", "loud"),
        ("LOG", "DEBUG"),
        ("STORE", "papers.db"),
    ],
)
def test_what_is_wrong_is_left_to_be_told_by_all_settings(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    assert search_settings() is None
    with pytest.raises(SettingsError, match=name):
        load_settings()


@pytest.mark.parametrize("name", ["OPENAI_API_KEY", "OPENAI_BASE_URL", "openai_model"])
def test_a_model_needs_all_settings(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "http://127.0.0.1:1/v1")
    assert search_settings() is None


def test_the_file_is_read_and_the_environment_goes_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text(
        'export STORE_PATH="from the file.db"  # a comment\nLOG_LEVEL=ERROR\nDISCORD_TOKEN=\nLIMITS_QUESTION_CHARS=30\n'
    )
    monkeypatch.setenv("LOG_LEVEL", "WARNING")
    monkeypatch.setenv("LIMITS_QUESTION_CHARS", "")
    assert search_settings() == all_settings() == StandaloneSettings(Path("from the file.db"), 30, "WARNING")


@pytest.mark.parametrize("content", [b"STORE_PATH=\xff\xfe", b"OPENAI_API_KEY=k"])
def test_a_file_that_is_not_enough_is_left_to_all_settings(content: bytes) -> None:
    Path(".env").write_bytes(content)
    assert search_settings() is None
