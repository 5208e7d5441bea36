"""arXiv ids that stand in a question."""

import pytest

from bot.search.ids import arxiv_ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("what does 2310.01234 say?", ("2310.01234",)),
        ("2310.01234v3", ("2310.01234",)),
        ("arXiv:2310.01234.", ("2310.01234",)),
        ("https://arxiv.org/abs/2310.01234v2", ("2310.01234",)),
        ("https://arxiv.org/pdf/2310.01234.pdf", ("2310.01234",)),
        ("https://doi.org/10.48550/arXiv.2310.01234", ("2310.01234",)),
        ("<https://arxiv.org/abs/hep-th/9901001>", ("hep-th/9901001",)),
        ("math.GT/0309136 and 0704.0001", ("math.GT/0309136", "0704.0001")),
        ("2401.00002 or 2401.00001 or 2401.00002v1", ("2401.00002", "2401.00001")),
        ("(2310.01234)", ("2310.01234",)),
        ("", ()),
        ("it costs 1234.5 or 12345.6789", ()),
        ("version 1.2310.01234", ()),
        ("2310.012345", ()),
        ("2310.01234abc", ()),
        ("on 2023-12-06", ()),
    ],
)
def test_ids_are_found_in_order_and_once(text: str, ids: tuple[str, ...]) -> None:
    assert arxiv_ids(text) == ids
