"""`paperbot import` of long files: streams, selection, and imports that are killed."""

import gzip
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from bot.ingest.imports import BATCH
from tests.cli import Cli
from tests.fakes.feeds.arxiv_atom import Entry, api_answer
from tests.snapshots import record, write_snapshot

ROOT = Path(__file__).parents[2]
COUNT = 7_000
TOTAL = f"{COUNT} new, 0 changed, 0 unchanged, 0 rejected"


def contents(store: Path) -> list[tuple[object, ...]]:
    """Return all papers, without the times at which they were stored."""
    with sqlite3.connect(store) as db:
        rows = db.execute(
            "SELECT key, title, abstract, version, authors, published, categories FROM papers ORDER BY key"
        )
        return list(rows)


def unfinished(store: Path) -> int:
    with sqlite3.connect(store) as db:
        return int(db.execute("SELECT count(*) FROM state WHERE name LIKE 'import:%'").fetchone()[0])


def stored(store: Path) -> int:
    try:
        with sqlite3.connect(store) as db:
            return int(db.execute("SELECT count(*) FROM papers").fetchone()[0])
    except sqlite3.OperationalError:  # not there yet
        return 0


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file that is imported in a few batches, and beside it the same packed."""
    file = tmp_path_factory.mktemp("snapshot") / "snapshot.json"
    write_snapshot(file, COUNT)
    file.with_suffix(".gz").write_bytes(gzip.compress(file.read_bytes(), 1))
    return file


@pytest.fixture
def imported_whole(cli: Cli, monkeypatch: pytest.MonkeyPatch, snapshot: Path) -> Path:
    """Return a store into which the snapshot was imported without a kill: once, whatever the packing."""
    store = snapshot.with_name("whole.db")
    if not store.exists():
        with monkeypatch.context() as changed:
            changed.setenv("STORE_PATH", str(store))
            assert TOTAL in cli("import", str(snapshot)).out
    return store


@pytest.mark.slow
@pytest.mark.parametrize("packing", ["plain", "gz"])
def test_a_killed_import_goes_on_and_ends_with_the_same_papers(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, snapshot: Path, imported_whole: Path, packing: str
) -> None:
    file = snapshot if packing == "plain" else snapshot.with_suffix(".gz")
    killed = tmp_path / "killed.db"
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "import", str(file)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "STORE_PATH": str(killed)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while stored(killed) < 2 * BATCH and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    before = stored(killed)
    assert 2 * BATCH <= before < COUNT
    assert before % BATCH == 0
    assert unfinished(killed) == 1
    monkeypatch.setenv("STORE_PATH", str(killed))
    again = cli("import", str(file))
    assert again.code == 0
    assert "resuming after line " in again.err
    # What was stored and not yet noted when the process died is stored once more, and unchanged.
    assert TOTAL in again.out or f"{COUNT - BATCH} new, 0 changed, {BATCH} unchanged" in again.out
    assert contents(killed) == contents(imported_whole)
    assert unfinished(killed) == unfinished(imported_whole) == 0


def test_a_snapshot_in_gzip_is_imported_at_one_go(cli: Cli, tmp_path: Path) -> None:
    write_snapshot(tmp_path / "plain", 100)
    (tmp_path / "snapshot.gz").write_bytes(gzip.compress((tmp_path / "plain").read_bytes(), 1))
    assert "100 new, 0 changed, 0 unchanged, 0 rejected" in cli("import", "snapshot.gz").out


def test_a_packed_snapshot_is_read_and_selected_from(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "snapshot.zip"
    lines = [json.dumps(record(number)) for number in range(10)]
    lines.append(json.dumps(record(11, versions=[{"version": "v1", "created": "Fri, 1 Mar 2024 10:00:00 GMT"}])))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("arxiv-metadata.json", "\n".join(lines))
    assert (
        "1 new, 0 changed, 0 unchanged, 0 rejected, 10 skipped"
        in cli("import", "snapshot.zip", "--category", "cs.CL", "--since", "2024-01-01").out
    )
    # What holds "math" somewhere is read, and what is of the archive is taken.
    assert "5 new, 0 changed, 0 unchanged" in cli("import", "snapshot.zip", "--category", "math").out
    assert "5 new, 0 changed, 6 unchanged" in cli("import", "snapshot.zip").out


def test_atom_from_arxivs_api_is_imported(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(api_answer([Entry(id="2610.01234"), Entry(id="2610.01235"), Entry(id="x")]))
    ran = cli("import", "feed.xml")
    assert ran.code == 65
    assert "feed.xml (Atom): 2 new, 0 changed, 0 unchanged, 1 rejected" in ran.out
    assert "line 3: not an arXiv id" in ran.err


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("bomb.xml", b'<!DOCTYPE f [<!ENTITY a "ha">]><f xmlns="http://www.w3.org/2005/Atom">&a;</f>', "document type"),
        ("page.gz", gzip.compress(b"shopping list: milk", mtime=0), "neither JSON Lines nor Atom"),
        ("torn.gz", gzip.compress(b"x" * 5_000, mtime=0)[:30], "damaged or incomplete"),
        ("torn.zip", b"PK\x03\x04 and no more", "the zip file is damaged"),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing_and_says_why(
    cli: Cli, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    ran = cli("import", name)
    assert ran.code == 65
    assert words in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.slow
def test_a_file_that_breaks_off_keeps_what_stands_before_and_says_where(cli: Cli, tmp_path: Path) -> None:
    write_snapshot(tmp_path / "whole", 1_000)
    packed = gzip.compress((tmp_path / "whole").read_bytes())
    (tmp_path / "torn.gz").write_bytes(packed[: len(packed) // 2])
    ran = cli("import", "torn.gz")
    assert ran.code == 65
    assert "can't be read beyond line " in ran.err
    assert 0 < stored(tmp_path / "paperbot.db") < 1_000


def test_of_many_refusals_the_first_are_told_and_the_others_counted(cli: Cli, tmp_path: Path) -> None:
    good = json.dumps(record(1))
    (tmp_path / "lines").write_text("\n".join([good, *(["nonsense"] * 250), "x" * 4_000_001, good.replace("01", "02")]))
    ran = cli("import", "lines")
    assert "251 rejected" in ran.out
    assert len([line for line in ran.err.splitlines() if line.startswith("  line ")]) == 100
    assert "… and 151 more" in ran.err


def test_a_pipe_is_told_instead_of_waited_for(cli: Cli, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    ran = cli("import", "pipe")
    assert ran.code == 66
    assert "pipe can't be read (it's a pipe or a device; save it as a file first)" in ran.err
    assert cli("import", "/dev/zero").code == 66


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_file_that_is_damaged_within_is_told_whatever_packed_it(cli: Cli, tmp_path: Path, packing: int) -> None:
    file = tmp_path / "papers.zip"
    with zipfile.ZipFile(file, "w", packing) as archive:
        archive.writestr("papers.jsonl", '{"title": "Kettles", "abstract": "They whistle."}\n' * 1_000)
    content = bytearray(file.read_bytes())
    for place in range(60, 90, 5):
        content[place] ^= 0xFF
    file.write_bytes(content)
    ran = cli("import", "papers.zip")
    assert ran.code == 65
    assert "damaged or incomplete" in ran.err
