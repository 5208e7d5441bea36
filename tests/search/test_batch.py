"""Batches of papers as bytes."""

import pytest

from bot.search.engine.index import DocumentBatch, encode, merge_bytes
from tests.factories import make_paper, make_papers


def test_merged_batches_are_what_one_batch_of_all_papers_is() -> None:
    papers = make_papers("Kettle lids", "Pots", "Spouts", abstract="Steam.")
    merged = merge_bytes([encode(part).segment for part in (papers[:2], [], papers[2:])])
    assert merged == encode(papers).segment
    assert DocumentBatch.from_bytes(merged).size == 3


def test_words_and_fields_stand_side_by_side() -> None:
    batch = DocumentBatch.from_bytes(encode([make_paper(), make_paper(authors=("Ada Lovelace",))]).segment)
    assert batch.words.postings("kettl")[0].tolist() == [0, 1]
    assert batch.fields.postings("author:lovelace")[0].tolist() == [1]


def test_damaged_bytes_are_refused() -> None:
    data = encode([make_paper()]).segment
    for broken in (b"", data[:20], data[:-1], data[:30] + b"?" + data[31:], data[8:], b"\xff" * 100):
        with pytest.raises(ValueError):  # noqa: PT011 - whatever the part that finds it says
            DocumentBatch.from_bytes(broken)
