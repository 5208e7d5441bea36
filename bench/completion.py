"""How fast what members type is completed: titles, authors, categories and topics of 100,000 papers from memory.

Run as: python -m bench.completion [PAPERS]. The papers are made up; their authors, as in arXiv's listings, are about
five each, half of whom have one paper.
"""

import asyncio
import gc
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from pathlib import Path

from bench.memory import resident_mb
from bot.models import Paper
from bot.search.completion import KnownNames, Titles
from bot.store.database import open_database
from bot.store.papers import SqlitePaperStore

PAPERS = 100_000
_SYLLABLES = "an bel chi dor el fa gan hu in jo ka lin mo nar ok pe qui ros shi tan ul vey wan xu yo zhe".split()
_CATEGORIES = ("cs.LG", "cs.CL", "cs.CV", "cs.AI", "stat.ML", "cs.RO", "eess.AS", "quant-ph", "math.OC", "q-bio.NC")
_TYPED = {
    "titles": ("a", "lin", "linmo fa", "kaz", "an bel chi"),
    "author": ("a", "lin", "hu lin", "zhe ka", "qqqq", ""),
    "category": ("cs", "machine", "cs.cl"),
    "topic": ("a", "lin", "mo nar", "qqqq", ""),
}


async def main(number: int) -> None:
    """Fill a store, then print how long the first load took and each completion takes."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_database(Path(folder) / "store.db") as database:
            papers = SqlitePaperStore(database=database)
            await papers.upsert(_papers(number), now=1)
            gc.collect()
            gc.freeze()  # as the bot does before it connects: what is loaded stays out of the collector's rounds
            before = resident_mb()
            titles, names = Titles(papers=papers), KnownNames(papers=papers)
            start = time.perf_counter()
            authors = len(await papers.names("authors"))
            read = time.perf_counter() - start
            print(f"{number:,} papers, {authors:,} authors, whom the store counts in {read:.2f} s. Loaded:\n")
            for what, load in (("titles", titles.current), ("names", names.current)):
                waits = asyncio.create_task(_longest_wait_ms())
                start = time.perf_counter()
                await load(patience_s=600)
                seconds = time.perf_counter() - start
                waits.cancel()
                print(f"- {what}: {seconds:.2f} s; the loop waits for {await waits:.0f} ms at the most meanwhile")
            print(f"- memory of both: {resident_mb() - before:.0f} MB\n\n| typed | p50 ms | max ms |\n|---|---|---|")
            await _print("titles", lambda text: titles.matching(text, limit=25))
            await _print("author", lambda text: names.matching("author", text, limit=25))
            await _print("category", lambda text: names.matching("category", text, limit=25))
            await _print("topic", lambda text: names.matching("topic", text, limit=25))


async def _print(kind: str, complete: Callable[[str], Awaitable[object]]) -> None:
    times: list[float] = []
    for text in _TYPED[kind] * 20:
        start = time.perf_counter()
        await complete(text)
        times.append(1000 * (time.perf_counter() - start))
    times.sort()
    print(f"| {kind} | {times[len(times) // 2]:.1f} | {times[-1]:.1f} |")


async def _longest_wait_ms() -> float:
    longest = 0.0
    try:
        while True:
            start = time.perf_counter()
            await asyncio.sleep(0.001)
            longest = max(longest, time.perf_counter() - start - 0.001)
    except asyncio.CancelledError:
        return 1000 * longest


def _papers(number: int) -> list[Paper]:
    draw = random.Random(1)
    people = [f"{_word(draw, 2).title()} {_word(draw, 2).title()}" for _ in range(number)]
    topics = [f"{_word(draw, 2)} {_word(draw, 3)}" for _ in range(number // 10)]
    return [
        Paper(
            title=" ".join(_word(draw, draw.randint(1, 3)) for _ in range(9)),
            abstract="None.",
            origin="bench",
            arxiv_id=f"{2001 + place // 99_999}.{place % 99_999:05}",
            published=date(2020, 1, 1) + timedelta(days=place % 2000),
            # The fourth power makes some people and topics much more frequent than others.
            authors=tuple({people[int(number * draw.random() ** 2)] for _ in range(5)}),
            keywords=tuple({topics[int(len(topics) * draw.random() ** 4)] for _ in range(5)}),
            categories=tuple(draw.sample(_CATEGORIES, 2)),
        )
        for place in range(number)
    ]


def _word(draw: random.Random, syllables: int) -> str:
    return "".join(draw.choices(_SYLLABLES, k=syllables))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else PAPERS))
