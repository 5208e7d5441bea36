"""What becomes of papers after they came: newer versions, withdrawals, code."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.models import SAMPLE_ORIGIN, Paper


class ChangeKind(StrEnum):
    """What can become of a paper."""

    VERSION = "version"
    WITHDRAWN = "withdrawn"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class PaperChange:
    """A row of paper_changes. `detail`: the new version's number, the day (YYYY-MM-DD), or the link to the code.

    `id` grows with time; `key` is the paper's key when it was written; `at` is Unix time.
    """

    id: int
    key: str
    kind: ChangeKind
    detail: str
    at: float


def changes_between(known: Paper, merged: Paper) -> Iterator[tuple[ChangeKind, str]]:
    """Yield what followers of a paper are told when `merged` takes the place of `known`, as kind and detail.

    A version is news only where an older one was known, and nothing is that takes a bundled sample's place.
    """
    if known.origin == SAMPLE_ORIGIN:
        return
    if known.version and merged.version and merged.version > known.version:
        yield ChangeKind.VERSION, str(merged.version)
    if merged.withdrawn and not known.withdrawn:
        yield ChangeKind.WITHDRAWN, merged.withdrawn.isoformat()
    if merged.code_url and not known.code_url:
        yield ChangeKind.CODE, merged.code_url
