"""How fast papers come in: `python -m bench.ingest --sizes 10000,100000` (Linux).

A snapshot in the shape of arXiv's is made, then read plainly (json.loads of each line), imported, and indexed, each in
a process of its own. While it is imported, another process has the store open as the bot has, reads and writes.
"""

import argparse
import asyncio
import json
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from pathlib import Path

from bot.ingest.imports import Checkpoints, import_stream
from bot.search.searcher import Searcher
from bot.sources.files import open_stream
from bot.sources.records import Selection
from bot.store.database import open_database
from bot.store.documents import SqliteDocuments
from bot.store.key_values import KeyValueStore
from bot.store.papers import SqlitePaperStore
from tests.snapshots import write_snapshot

_HEADER = (
    "| records | file MB | json.loads alone, s | into the store: s, papers/s, ratio | peak MB | and into the index: s,"
    " papers/s of both, ratio | peak MB | again, unchanged: papers/s | loop waits, ms | a write, ms |"
)
_STEP_S = 0.005

_Work = Callable[[Path, Path], Awaitable[dict[str, float]]]


def main() -> None:
    """Print a row for each size."""
    parser = argparse.ArgumentParser(prog="python -m bench.ingest", description=__doc__)
    parser.add_argument("--sizes", default="10000,100000", help="records, comma-separated (%(default)s)")
    options = parser.parse_args()
    print(_HEADER + "\n" + "|---" * (_HEADER.count("|") - 1) + "|")
    for size in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            file, store = Path(folder) / "snapshot.json", Path(folder) / "store.db"
            write_snapshot(file, size)
            plain = _elsewhere(_plain, file, store)["s"]
            imported, bot = _beside_a_bot(file, store)
            indexed = _elsewhere(_index, file, store)
            again = _elsewhere(_import, file, store)
            both = imported["s"] + indexed["s"]
            cells = [
                f"{size:,}",
                f"{file.stat().st_size / 1e6:.0f}",
                f"{plain:.2f}",
                f"{imported['s']:.1f}, {size / imported['s']:,.0f}, {imported['s'] / plain:.0f}x",
                f"{imported['mb']:.0f}",
                f"{indexed['s']:.1f}, {size / both:,.0f}, {both / plain:.0f}x",
                f"{indexed['mb']:.0f}",
                f"{size / again['s']:,.0f}",
                f"{bot['loop']:.0f}",
                f"{bot['write']:.0f}",
            ]
            print(f"| {' | '.join(cells)} |", flush=True)


async def _plain(file: Path, store: Path) -> dict[str, float]:  # noqa: ARG001
    start = time.perf_counter()
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            json.loads(line)
    return {"s": time.perf_counter() - start}


async def _import(file: Path, store: Path) -> dict[str, float]:
    """Do what `paperbot import` does, checkpoints included."""
    selection = Selection()
    start = time.perf_counter()
    async with open_database(store) as database:
        papers, checkpoints = SqlitePaperStore(database=database), Checkpoints(KeyValueStore(database=database))
        with open_stream(file, selection) as stream:
            assert stream is not None
            tally = await checkpoints.load(file, selection)
            reads = stream.reads(tally.place)
            while await import_stream(papers, reads, tally=tally, now=1.0):
                await checkpoints.save(file, selection, tally)
        await checkpoints.done(file, selection)
    return {"s": time.perf_counter() - start, "mb": _peak_mb()}


async def _index(file: Path, store: Path) -> dict[str, float]:  # noqa: ARG001
    start = time.perf_counter()
    async with open_database(store) as database:
        papers = SqlitePaperStore(database=database)
        await Searcher(papers=papers, documents=SqliteDocuments(database=database)).index()
    return {"s": time.perf_counter() - start, "mb": _peak_mb()}


def _beside_a_bot(file: Path, store: Path) -> tuple[dict[str, float], dict[str, float]]:
    """Import while another process reads and writes the store; return what both measured."""
    context = multiprocessing.get_context("spawn")
    ready, over = context.Event(), context.Event()
    ours, theirs = context.Pipe()
    bot = context.Process(target=_be_a_bot, args=(theirs, store, ready, over), daemon=True)
    bot.start()
    ready.wait()
    imported = _elsewhere(_import, file, store)
    over.set()
    measured: dict[str, float] = ours.recv()
    bot.join()
    return imported, measured


def _be_a_bot(connection: Connection, store: Path, ready: Event, over: Event) -> None:
    connection.send(asyncio.run(_bot(store, ready, over)))


async def _bot(store: Path, ready: Event, over: Event) -> dict[str, float]:
    """Return the longest time, in ms, for which the event loop was held up, and the longest that a write took."""
    loop_wait = write = 0.0
    async with open_database(store) as database:
        papers, state = SqlitePaperStore(database=database), KeyValueStore(database=database)

        async def use() -> None:
            nonlocal write
            while not over.is_set():
                start = time.perf_counter()
                await state.set("bench", str(start))
                write = max(write, time.perf_counter() - start)
                await papers.get("2001.00001")
                await asyncio.sleep(0.05)

        using = asyncio.create_task(use())
        await asyncio.sleep(0.1)
        ready.set()
        while not over.is_set():
            start = time.perf_counter()
            await asyncio.sleep(_STEP_S)
            loop_wait = max(loop_wait, time.perf_counter() - start - _STEP_S)
        await using
    return {"loop": 1000 * loop_wait, "write": 1000 * write}


def _elsewhere(work: _Work, file: Path, store: Path) -> dict[str, float]:
    """Run in a process of its own, so that its peak of memory is its own."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, work, file, store), daemon=True)
    process.start()
    theirs.close()
    found: dict[str, float] = ours.recv()
    process.join()
    return found


def _serve(connection: Connection, work: _Work, file: Path, store: Path) -> None:
    async def run() -> dict[str, float]:
        return await work(file, store)

    connection.send(asyncio.run(run()))


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
