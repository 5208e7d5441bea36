"""Output that can't be written or encoded, as real processes have it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.process import environment

BOT = (sys.executable, "-m", "bot")
FULL = Path("/dev/full")
COMMANDS = (
    ("latest", "--sample", "-n", "100"),
    ("search", "--sample", "-n", "52", "attention"),
    ("paper", "--sample", "SpikeGPT"),
    ("similar", "--sample", "SpikeGPT"),
    ("trends", "--sample", "spiking"),
    ("digest", "--sample", "--dry-run"),
    ("ask", "--sample", "what is Stormer?"),
    ("latest", "--sample", "--json"),
    ("latest", "--help"),
    ("--help",),
)
ROOT = Path(__file__).parents[2]


def ran(
    *arguments: str, cwd: Path, out: int | None = subprocess.PIPE, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    settings = environment(PYTHONPATH=str(ROOT)) | (env or {})
    return subprocess.run(
        [*BOT, *arguments], stdout=out, stderr=subprocess.PIPE, cwd=cwd, env=settings, check=False, timeout=60
    )


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_closed_pipe_ends_quietly(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = ran(*arguments, cwd=tmp_path, out=writing)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_full_disk_is_told(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    with FULL.open("wb") as full:
        done = ran(*arguments, cwd=tmp_path, out=full.fileno())
    assert done.returncode == 74
    assert done.stderr.decode().startswith("paperbot: The output can't be written (no space left on device).")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("arguments", COMMANDS[:7], ids=" ".join)
def test_characters_that_the_encoding_lacks_are_told(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = ran(*arguments, cwd=tmp_path, env={"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"})
    assert done.returncode == 74
    assert done.stderr.decode().startswith("paperbot: The output has characters that ascii doesn't have. Set PYTHONIO")
    assert done.stderr.count(b"\n") == 1


def test_under_cp1252_what_it_has_is_printed_and_what_it_lacks_is_told(tmp_path: Path) -> None:
    file = tmp_path / "papers.jsonl"
    file.write_text(
        '{"title": "Kettles – “hot”", "abstract": "We heard $x \\\\approx 5$ kettles."}\n', encoding="utf-8"
    )
    codes = {"PYTHONIOENCODING": "cp1252"}
    assert ran("import", "papers.jsonl", cwd=tmp_path, env=codes).returncode == 0
    listed = ran("similar", "kettles", cwd=tmp_path, env=codes)
    assert (listed.returncode, listed.stderr) == (0, b"")
    assert "Kettles – “hot”" in listed.stdout.decode("cp1252")
    told = ran("paper", "--abstract", "kettles", cwd=tmp_path, env=codes)
    assert (told.returncode, b"cp1252" in told.stderr) == (74, True)
    assert json.loads(ran("paper", "--json", "kettles", cwd=tmp_path, env=codes).stdout)["title"] == "Kettles – “hot”"


def test_where_there_is_no_output_at_all_that_is_told(tmp_path: Path) -> None:
    command = f'"{sys.executable}" -m bot latest --sample >&-'
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=environment(PYTHONPATH=str(ROOT)),
        check=False,
    )
    assert done.returncode == 74
    assert b"can't be written (bad file descriptor)" in done.stderr


def test_what_is_sent_elsewhere_is_whole(tmp_path: Path) -> None:
    done = ran("latest", "--sample", "-n", "100", cwd=tmp_path)
    assert done.stdout.decode().count("https://arxiv.org/search/") == 52
    assert not any(line.endswith(" ") for line in done.stdout.decode().splitlines())
