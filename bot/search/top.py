"""The candidates for the best documents, from rough scores of all documents.

The scores are added up in single precision, which takes half the memory traffic; whoever asks computes the exact
scores of the few candidates. To sort, or even to partition, the scores of all documents would take longer than to add
them up. But k blocks of documents whose best scores are at least x hold k documents that score at least x: the k-th
best of the blocks' maxima is a floor under the k-th best score, and a close one when there are many blocks.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bot.search.term_postings import Numbers, TermPostings

ROWS = 1024
"""Scratch arrays have a multiple of this many places, so that they fold into any power of two of rows up to it."""

_BLOCKS_PER_HIT = 16


def candidates(
    terms: Sequence[tuple[TermPostings, int]],
    scratch: npt.NDArray[np.float32],
    *,
    limit: int,
    allowed: npt.NDArray[np.bool_] | None,
) -> Numbers:
    """Return, ascending, documents with a score, among them the `limit` best and all that tie with the last of them.

    `terms` come with how often the query has them. `scratch` is overwritten. `limit` is at least 1.
    """
    scratch.fill(0.0)
    total = len(scratch) if allowed is None else len(allowed)
    for term, times in terms:
        term.add_to(scratch, times)
    if allowed is not None:
        scratch[:total] *= allowed
    rows = ROWS
    while rows > 1 and len(scratch) < rows * limit * _BLOCKS_PER_HIT:
        rows //= 2
    best = scratch.reshape(rows, -1).max(axis=0)
    floor = float(np.partition(best, -limit)[-limit]) if limit <= len(best) else 0.0
    if floor == 0.0:
        return np.flatnonzero(scratch).astype(np.int32)
    # m terms are rounded up to m + 1 times on their way into a sum, by 2^-24 of it at most, since all are positive:
    # rough scores whose exact ones are equal differ by 2 (m + 1) times 2^-24. This leaves more than three times that.
    return np.flatnonzero(scratch >= np.float32(floor * (1 - (len(terms) + 2) * 2.0**-21))).astype(np.int32)
