"""From a source's records to the store, with an account of each."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.models import Paper
from bot.sources.refusal import Refusal
from bot.store.protocol import PaperStore, UpsertCounts


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
