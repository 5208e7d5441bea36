"""Records into the store, at once or as a stream, batch by batch: a killed import resumes where it was."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bot.errors.operation import SourceError
from bot.models import Paper
from bot.sources.json_lines import Place, Read
from bot.sources.records import Refusal, Selection
from bot.store.key_values import KeyValueStore
from bot.store.protocol import PaperStore, UpsertCounts

BATCH = 2_000
"""Papers stored in one transaction: a tenth of a second, for which another process's writes wait."""

LINES = 50_000
"""Lines, at the most, between two places from which a killed import resumes."""

SHOWN = 100
"""So many refusals are kept to be shown; the others are counted."""

_PREFIX = "import:"
_KEPT = 20


@dataclass(slots=True, kw_only=True)
class Tally:
    """How far an import is, and what became of the records until there. `left_out` is what was not selected."""

    line: int = 0
    offset: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    left_out: int = 0
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def place(self) -> Place:
        """Where to resume: lines and bytes read so far."""
        return Place(self.line, self.offset)


class Checkpoints:
    """Tallies of unfinished imports, by the file (its path, size and time of change) and what is selected of it."""

    def __init__(self, key_values: KeyValueStore) -> None:
        self._key_values = key_values

    async def load(self, path: Path, selection: Selection) -> Tally:
        """Return where an interrupted import of this very file stopped, or an empty tally."""
        kept = await self._key_values.get(_name(path, selection))
        return Tally(**json.loads(kept)) if kept else Tally()

    async def save(self, path: Path, selection: Selection, tally: Tally) -> None:
        """Keep a tally, without the refusals' texts."""
        figures = {name: value for name, value in asdict(tally).items() if name != "refusals"}
        await self._key_values.set(_name(path, selection), json.dumps(figures))

    async def done(self, path: Path, selection: Selection) -> None:
        """Forget a finished import, and all but the last few unfinished ones."""
        await self._key_values.remove(_name(path, selection))
        await self._key_values.trim(_PREFIX, keep=_KEPT)


async def import_stream(papers: PaperStore, reads: Iterator[Read], *, tally: Tally, now: float) -> bool:
    """Store the next batch of a stream and count it in `tally`; return whether there may be more.

    Raises StoreError, and what iterating raises after storing what came before it.
    """
    batch: list[Paper] = []
    broken: SourceError | None = None
    begin, more = tally.line, False
    try:
        for read in reads:
            tally.line, tally.offset = read.end.line, read.end.offset
            match read.record:
                case Paper() as paper:
                    batch.append(paper)
                case Refusal() as refusal:
                    tally.refused += 1
                    tally.refusals += [refusal] if len(tally.refusals) < SHOWN else []
                case None:
                    tally.left_out += 1
            if more := len(batch) >= BATCH or tally.line - begin >= LINES:
                break
    except SourceError as error:
        broken = error
    counts = await papers.upsert(batch, now=now)
    tally.new += counts.new
    tally.changed += counts.changed
    tally.unchanged += counts.unchanged
    if broken:
        raise broken
    return more


def _name(path: Path, selection: Selection) -> str:
    found = path.stat()
    identity = [str(path.resolve()), found.st_size, found.st_mtime_ns, selection.categories, str(selection.since)]
    return _PREFIX + hashlib.sha256(json.dumps(identity).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of the records: counts of papers, and each refusal."""

    counts: UpsertCounts
    refused: tuple[Refusal, ...]


async def import_records(papers: PaperStore, records: Iterable[Paper | Refusal], *, now: float) -> ImportReport:
    """Store every paper among the records, all of them or, when the store fails, none. Raises StoreError."""
    refused: list[Refusal] = []

    def accepted() -> Iterable[Paper]:
        for record in records:
            if isinstance(record, Refusal):
                refused.append(record)
            else:
                yield record

    counts = await papers.upsert(accepted(), now=now)
    return ImportReport(counts, tuple(refused))
