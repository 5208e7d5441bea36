import datetime as dt
import inspect
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, SecretStr

from bot.config import EndpointSettings, Settings, load_settings
from bot.errors.operation import SettingsError, TokenMissing

SECRET = "sk-very-secret-0123456789"

# Each variable, a value for it, and what it becomes.
VARIABLES: list[tuple[str, str, Any]] = [
    ("DISCORD_TOKEN", SECRET, SecretStr(SECRET)),
    ("DISCORD_MESSAGE_CONTENT", "true", True),
    ("DISCORD_API_URL", "http://127.0.0.1:1/api", "http://127.0.0.1:1/api"),
    ("DISCORD_GATEWAY_URL", "ws://127.0.0.1:1/", "ws://127.0.0.1:1/"),
    ("OPENAI_API_KEY", SECRET, SecretStr(SECRET)),
    ("OPENAI_BASE_URL", "http://localhost:11434/v1", "http://localhost:11434/v1"),
    ("OPENAI_MODEL", "a-model", "a-model"),
    ("OPENAI_TIMEOUT_SECONDS", "2.5", 2.5),
    ("OPENAI_PLANNER_MODEL", "a-small-model", "a-small-model"),
    ("OPENAI_PLAN_SECONDS", "0", 0.0),
    ("OPENAI_READING_MODEL", "large", "large"),
    ("OPENAI_READING_SECONDS", "0", 0.0),
    ("OPENAI_READING_SENTENCES", "12", 12),
    ("OPENAI_FIRST_TOKEN_SECONDS", "3", 3.0),
    ("OPENAI_THINKING_TOKENS", "0", 0),
    ("OPENAI_PROMPT_TOKENS", "4000", 4000),
    ("OPENAI_REASONING_EFFORT", "low", "low"),
    ("OPENAI_EXTRA_BODY", '{"think": {"on": false}}', {"think": {"on": False}}),
    ("OPENAI_FALLBACKS", '[{"model": "b", "api_key": "k"}]', [EndpointSettings(model="b", api_key=SecretStr("k"))]),
    ("OPENAI_PRICE_INPUT", "0.4", 0.4),
    ("OPENAI_PRICE_OUTPUT", "1.6", 1.6),
    ("STORE_PATH", "/data/papers.db", Path("/data/papers.db")),
    ("STORE_ANSWER_DAYS", "0.5", 0.5),
    ("STORE_CONVERSATION_HOURS", "48", 48.0),
    ("SEARCH_SOURCES", "8", 8),
    ("SEARCH_QUESTIONS", "true", True),
    ("SEARCH_QUESTIONS_TOKENS", "0", 0),
    ("FEEDS_ENABLED", "daily-papers, arxiv", ["daily-papers", "arxiv"]),
    ("FEEDS_CATEGORIES", "cs.IR, quant-ph,nlin.CD", ["cs.IR", "quant-ph", "nlin.CD"]),
    ("FEEDS_SEARCH", "true", True),
    ("FEEDS_POLL_MINUTES", "60", 60.0),
    ("FEEDS_REQUEST_SECONDS", "10", 10.0),
    ("FEEDS_RUN_MINUTES", "5", 5.0),
    ("FEEDS_CONTACT", "ada@example.org", "ada@example.org"),
    ("FEEDS_DAILY_PAPERS_URL", "http://127.0.0.1:1/hub/", "http://127.0.0.1:1/hub"),
    ("FEEDS_ARXIV_API_URL", "http://127.0.0.1:1", "http://127.0.0.1:1"),
    ("FEEDS_ARXIV_RSS_URL", "http://127.0.0.1:1", "http://127.0.0.1:1"),
    ("DIGEST_CHANNEL_IDS", "1, 2", [1, 2]),
    ("DIGEST_TIME", "17:30", dt.time(17, 30)),
    ("DIGEST_TIME_ZONE", "Europe/Berlin", "Europe/Berlin"),
    ("DIGEST_PAPERS", "25", 25),
    ("DIGEST_CATCH_UP_HOURS", "0.5", 0.5),
    ("MAIL_HOST", "mail.example.org", "mail.example.org"),
    ("MAIL_PORT", "2525", 2525),
    ("MAIL_TLS", "tls", "tls"),
    ("MAIL_USERNAME", "papers", "papers"),
    ("MAIL_PASSWORD", SECRET, SecretStr(SECRET)),
    ("MAIL_FROM", "Papers <papers@example.org>", "Papers <papers@example.org>"),
    ("MAIL_TIMEOUT_SECONDS", "2.5", 2.5),
    ("MAIL_UNSUBSCRIBE_URL", "https://example.org/stop", "https://example.org/stop"),
    ("LIMITS_QUESTION_CHARS", "20", 20),
    ("LIMITS_CONCURRENT", "3", 3),
    ("LIMITS_USER_TOKENS", "0", 0),
    ("LIMITS_GUILD_TOKENS", "1000", 1000),
    ("LIMITS_DAY_TOKENS", "1000000", 1_000_000),
    ("LIMITS_DAY_COST", "2.5", 2.5),
    ("LIMITS_COOLDOWN_SECONDS", "30", 30),
    ("LIMITS_USER_ANSWERS", "20", 20),
    ("LIMITS_GUILD_ANSWERS", "500", 500),
    ("LOG_LEVEL", "DEBUG", "DEBUG"),
]

WRONG = [
    ("DISCORD_TOKEN", "two words"),
    ("DISCORD_TOKEN", "two\nlines"),
    ("DISCORD_TOKEN", "“quoted”"),
    ("DISCORD_API_URL", "discord.com"),
    ("DISCORD_GATEWAY_URL", "file:///etc/passwd"),
    ("OPENAI_TIMEOUT_SECONDS", "0"),
    ("OPENAI_TIMEOUT_SECONDS", "601"),
    ("OPENAI_TIMEOUT_SECONDS", "soon"),
    ("OPENAI_TIMEOUT_SECONDS", "nan"),
    ("OPENAI_TIMEOUT_SECONDS", "inf"),
    ("OPENAI_PLAN_SECONDS", "-1"),
    ("OPENAI_READING_SECONDS", "301"),
    ("OPENAI_READING_SENTENCES", "0"),
    ("OPENAI_PLAN_SECONDS", "31"),
    ("OPENAI_PLAN_SECONDS", "nan"),
    ("OPENAI_FIRST_TOKEN_SECONDS", "0"),
    ("OPENAI_BASE_URL", "localhost:11434/v1"),
    ("OPENAI_BASE_URL", "http://local host/v1"),
    ("OPENAI_BASE_URL", '"http://localhost/v1"'),
    ("OPENAI_BASE_URL", "http://"),
    ("OPENAI_BASE_URL", "http://localhost/v1/chat/completions"),
    ("OPENAI_THINKING_TOKENS", "-1"),
    ("OPENAI_REASONING_EFFORT", "much"),
    ("OPENAI_FALLBACKS", '[{"model": "b", "base_url": "localhost:8000"}]'),
    ("OPENAI_EXTRA_BODY", "thinking"),
    ("OPENAI_EXTRA_BODY", "[]"),
    ("OPENAI_FALLBACKS", "small"),
    ("OPENAI_FALLBACKS", "[{}]"),
    ("OPENAI_FALLBACKS", '[{"model": ""}]'),
    ("OPENAI_FALLBACKS", '[{"model": "b", "modle": "c"}]'),
    ("OPENAI_PRICE_INPUT", "-1"),
    ("OPENAI_PRICE_OUTPUT", "cheap"),
    ("STORE_ANSWER_DAYS", "0"),
    ("STORE_CONVERSATION_HOURS", "0"),
    ("SEARCH_SOURCES", "0"),
    ("SEARCH_SOURCES", "9"),
    ("SEARCH_SOURCES", "2.5"),
    ("SEARCH_QUESTIONS_TOKENS", "-1"),
    ("FEEDS_CATEGORIES", "cs.XX"),
    ("FEEDS_CATEGORIES", "cs"),
    ("FEEDS_CATEGORIES", "cs.ai"),
    ("FEEDS_CATEGORIES", "cs.AI+cs.CL"),
    ("FEEDS_CATEGORIES", "cs.AI) OR (all:x"),
    ("FEEDS_CATEGORIES", "../../etc/passwd"),
    ("FEEDS_CATEGORIES", ", ,"),
    ("FEEDS_CATEGORIES", "x" * 5000),
    ("FEEDS_SEARCH", "sometimes"),
    ("FEEDS_POLL_MINUTES", "1"),
    ("FEEDS_REQUEST_SECONDS", "0"),
    ("FEEDS_RUN_MINUTES", "0"),
    ("FEEDS_CONTACT", "ada\nX-Other: 1"),
    ("FEEDS_DAILY_PAPERS_URL", "huggingface.co"),
    ("FEEDS_ARXIV_API_URL", "file:///etc/passwd"),
    ("FEEDS_ARXIV_RSS_URL", "https://me:secret@rss.arxiv.org"),
    ("DIGEST_CHANNEL_IDS", "general"),
    ("DIGEST_CHANNEL_IDS", "1;2"),
    ("DIGEST_CHANNEL_IDS", "[1]"),
    ("DIGEST_CHANNEL_IDS", "-1"),
    ("DIGEST_CHANNEL_IDS", "0"),
    ("DIGEST_CHANNEL_IDS", "٣"),
    ("DIGEST_CHANNEL_IDS", str(2**63)),
    ("DIGEST_CHANNEL_IDS", "9" * 5000),
    ("DIGEST_TIME", "25:00"),
    ("DIGEST_TIME", "noon"),
    ("DIGEST_TIME", "08:00+02:00"),
    ("DIGEST_TIME_ZONE", "Middle/Earth"),
    ("DIGEST_TIME_ZONE", "Europe"),
    ("DIGEST_TIME_ZONE", "../../etc/passwd"),
    ("DIGEST_PAPERS", "26"),
    ("DIGEST_CATCH_UP_HOURS", "24"),
    ("LIMITS_QUESTION_CHARS", "19"),
    ("LIMITS_CONCURRENT", "0"),
    ("LIMITS_USER_TOKENS", "-1"),
    ("LIMITS_GUILD_TOKENS", "many"),
    ("LIMITS_DAY_TOKENS", "1.5"),
    ("LIMITS_DAY_COST", "-0.1"),
    ("LIMITS_COOLDOWN_SECONDS", "-1"),
    ("LIMITS_COOLDOWN_SECONDS", "3601"),
    ("LIMITS_USER_ANSWERS", "few"),
    ("LIMITS_GUILD_ANSWERS", "-1"),
    ("LOG_LEVEL", "LOUD"),
]


def value_of(name: str) -> Any:
    group, _, field = name.lower().partition("_")
    settings = getattr(load_settings(), group)
    known = {info.alias or own: own for own, info in type(settings).model_fields.items()}
    return getattr(settings, known[field])


def complaint() -> str:
    """Return the sentence that a user sees."""
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert caught.value.exit_code == 78
    return str(caught.value)


def test_no_setting_is_needed() -> None:
    settings = load_settings()
    assert settings.discord.token is None
    assert not settings.openai.configured
    assert settings.store.path == Path("paperbot.db")
    assert settings.digest.channel_ids == []
    assert settings.digest.zone.key == "UTC"


def test_every_setting_is_tested_and_described() -> None:
    groups = {name: field.annotation for name, field in Settings.model_fields.items()}
    known = set()
    for group, model in groups.items():
        assert inspect.isclass(model)
        assert issubclass(model, BaseModel)
        for field, info in model.model_fields.items():
            assert info.description
            known.add(f"{group}_{info.alias or field}".upper())
    assert known == {name for name, _, _ in VARIABLES}


@pytest.mark.parametrize(("name", "text", "value"), VARIABLES)
def test_a_variable_fills_its_setting(monkeypatch: pytest.MonkeyPatch, name: str, text: str, value: Any) -> None:
    monkeypatch.setenv(name, text)
    assert value_of(name) == value


@pytest.mark.parametrize(("name", "text", "value"), VARIABLES)
def test_a_line_in_dotenv_fills_its_setting(tmp_path: Path, name: str, text: str, value: Any) -> None:
    (tmp_path / ".env").write_text(f"# a comment\n{name}={text}\nSOMETHING_ELSE=1\n")
    assert value_of(name) == value


@pytest.mark.parametrize("name", [name for name, _, _ in VARIABLES])
def test_an_empty_value_counts_as_unset(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    default = value_of(name)
    (tmp_path / ".env").write_text(f"{name}=\n")
    assert value_of(name) == default
    monkeypatch.setenv(name, "")
    assert value_of(name) == default


def test_the_environment_goes_before_dotenv(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("OPENAI_MODEL=from-file\nSEARCH_SOURCES=3\n")
    monkeypatch.setenv("OPENAI_MODEL", "from-environment")
    settings = load_settings()
    assert (settings.openai.model, settings.search.sources) == ("from-environment", 3)


@pytest.mark.parametrize(
    ("text", "ids"),
    [("7", [7]), ("1,2", [1, 2]), (" 1 , 2 ,", [1, 2]), ("2,1,2", [2, 1]), (",", []), (str(2**63 - 1), [2**63 - 1])],
)
def test_channel_ids_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch, text: str, ids: list[int]) -> None:
    monkeypatch.setenv("DIGEST_CHANNEL_IDS", text)
    assert load_settings().digest.channel_ids == ids


@pytest.mark.parametrize(("name", "text"), [("OPENAI_API_KEY", SECRET), ("OPENAI_BASE_URL", "http://localhost/v1")])
def test_a_key_or_a_base_url_makes_a_model(monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
    monkeypatch.setenv(name, text)
    assert load_settings().openai.configured


@pytest.mark.parametrize(("name", "text"), WRONG, ids=lambda text: text[:30])
def test_a_wrong_value_is_told_by_the_variables_name(monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", SECRET)
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    monkeypatch.setenv(name, text)
    sentence = complaint()
    assert re.match(rf"The settings can't be used: {name}(?:\[\d+\]\.\w+)?: ", sentence)
    assert ".env" in sentence
    assert SECRET not in sentence
    assert "Value error" not in sentence
    assert len(sentence) < 300


def test_plans_are_made_by_the_answering_model_unless_another_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_MODEL", "large")
    assert load_settings().openai.planner == "large"
    monkeypatch.setenv("OPENAI_PLANNER_MODEL", "small")
    assert load_settings().openai.planner == "small"


def test_all_wrong_values_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "LOUD")
    monkeypatch.setenv("DIGEST_PAPERS", "many")
    sentence = complaint()
    assert "LOG_LEVEL: " in sentence
    assert "DIGEST_PAPERS: " in sentence


@pytest.mark.parametrize("text", [SECRET, f'["{SECRET}"]', f'"{SECRET}"', "5"])
@pytest.mark.parametrize("name", ["DISCORD", "OPENAI", "LOG", "STORE"])
def test_a_variable_named_like_a_group_is_told_by_its_name(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    monkeypatch.setenv(name, text)
    sentence = complaint()
    assert f"used: {name} is the name of a group" in sentence
    assert SECRET not in sentence


def test_a_secret_in_the_wrong_shape_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD", f'{{"token": ["{SECRET}"]}}')
    sentence = complaint()
    assert "DISCORD_TOKEN: " in sentence
    assert SECRET not in sentence


def test_settings_never_print_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", SECRET)
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    settings = load_settings()
    assert SECRET not in f"{settings!r} {settings} {settings.model_dump_json()}"


def test_a_dotenv_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(f"DISCORD_TOKEN={SECRET}".encode("utf-16"))
    sentence = complaint()
    assert ".env can't be read" in sentence
    assert SECRET not in sentence


def test_a_folder_named_dotenv_is_no_settings_file(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    assert load_settings().discord.token is None


def test_a_missing_token_is_a_settings_error_that_says_what_to_do() -> None:
    error = TokenMissing()
    assert isinstance(error, SettingsError)
    assert str(error).startswith("DISCORD_TOKEN isn't set.")


def test_mail_is_set_up_by_a_server_and_a_sender(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL", "/var/mail/ada")  # what login shells set is no setting
    assert not load_settings().mail.configured
    monkeypatch.setenv("MAIL_HOST", "mail.example.org")
    monkeypatch.setenv("MAIL_FROM", "Papers <papers@example.org>")
    monkeypatch.setenv("MAIL_PASSWORD", "secret")
    settings = load_settings().mail
    assert settings.configured
    assert settings.tls == "starttls"
    assert "secret" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("MAIL_FROM", "nobody", "MAIL_FROM: must be an address"),
        ("MAIL_FROM", "a@example.org\nBcc: b@example.org", "MAIL_FROM: must be an address"),
        ("MAIL_TLS", "maybe", "MAIL_TLS: "),
        ("MAIL_TLS", "none", "MAIL_PASSWORD: would be sent unencrypted with MAIL_TLS=none"),
        ("MAIL_UNSUBSCRIBE_URL", "http://example.org", "MAIL_UNSUBSCRIBE_URL: must start with https://"),
    ],
)
def test_wrong_mail_settings_are_told_by_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, problem: str
) -> None:
    monkeypatch.setenv("MAIL_HOST", "mail.example.org")
    monkeypatch.setenv("MAIL_PASSWORD", "s3cret")
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as told:
        load_settings()
    assert problem in str(told.value)
    assert "s3cret" not in str(told.value)
