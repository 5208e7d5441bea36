"""`paperbot search`."""

import json
import subprocess
import sys

import pytest

from tests.cli import Cli

# Libraries of other commands; each of the first takes longer to load than a search takes.
UNUSED = "aiohttp discord email_validator matplotlib openai pydantic pydantic_settings bot.app bot.config".split()


def test_search_lists_papers_best_first(cli: Cli) -> None:
    ran = cli("search", "--sample", "-n", "3", "spiking", "transformer")
    assert ran.code == 0
    assert ran.out.lstrip().startswith("[1] STEP: A Unified Spiking Transformer")
    assert "[3]" in ran.out
    assert "[4]" not in ran.out


def test_search_says_when_nothing_matches(cli: Cli) -> None:
    ran = cli("search", "--sample", "xyzzy")
    assert ran.code == 0
    assert "None of the papers searched contains any of these words." in ran.out


def test_search_explains_itself(cli: Cli) -> None:
    ran = cli("search", "--sample", "--explain", "-n", "1", "spiking", "transformer")
    assert ran.code == 0
    assert "[1] STEP: A Unified Spiking Transformer" in ran.out
    rows = [line.split() for line in ran.out.splitlines()]
    adds = {row[0]: float(row[-1]) for row in rows if row and row[0] in {"spike", "transform", "score", "title,"}}
    assert adds["spike"] > adds["transform"] > 0
    assert adds["spike"] + adds["transform"] + adds["title,"] == pytest.approx(adds["score"], abs=0.02)


def test_papers_of_the_store_are_found_as_the_bundled_ones_are(cli: Cli) -> None:
    cli("import", "--sample")
    for query in (
        "spiking transformer",
        "papers from 2025 about spikes",
        "what is Stormer?",
        "2312.03876",
        '"SpikeGPT"',
    ):
        stored, bundled = (json.loads(cli("search", *flags, "--json", query).out) for flags in ([], ["--sample"]))
        assert stored == bundled
    assert cli("search", "-n", "1", "spiking", "transformer").out.lstrip().startswith("[1] STEP: A Unified Spiking")


def test_a_store_without_papers_and_a_wrong_setting_are_told(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli("search", "stormer").code == 66
    monkeypatch.setenv("LOG_LEVEL", "loud")
    ran = cli("search", "stormer")
    assert ran.code == 78
    assert "LOG_LEVEL" in ran.err


def test_settings_of_other_commands_keep_no_search_from_its_papers(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    cli("import", "--sample")
    monkeypatch.setenv("DISCORD_TOKEN", "abc.def")
    monkeypatch.setenv("DIGEST_CHANNEL_IDS", "general")
    assert cli("search", "stormer").code == 0


def test_a_search_loads_no_library_of_other_commands(cli: Cli) -> None:
    cli("import", "--sample")
    script = (
        "import sys; from bot.cli import main; sys.argv = ['paperbot', 'search', 'spiking', 'transformer']\n"
        "try: main()\n"
        f"except SystemExit: print(*(name for name in {UNUSED} if name in sys.modules), file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "STEP: A Unified Spiking Transformer" in ran.stdout
    assert ran.stderr.split() == []
