"""arXiv ids that stand in a question."""

import pytest

from bot.search.ids import arxiv_ids, asked_versions


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
        ("https://arxiv.org/pdf/2310.01234v2.pdf", ("2310.01234",)),
        ("https://arxiv.org/pdf/2310.01234v2.pdf?download=1#page=3", ("2310.01234",)),
        ("https://arxiv.org/html/2310.01234v1#S3.SS1", ("2310.01234",)),
        ("arxiv.org/abs/2310.01234?context=cs.LG", ("2310.01234",)),
        ("http://export.arxiv.org/abs/2310.01234", ("2310.01234",)),
        ("https://ar5iv.labs.arxiv.org/html/2310.01234", ("2310.01234",)),
        ("https://ar5iv.org/abs/2310.01234", ("2310.01234",)),
        ("https://www.alphaxiv.org/abs/2310.01234v2", ("2310.01234",)),
        ("https://www.alphaxiv.org/overview/2310.01234", ("2310.01234",)),
        ("https://huggingface.co/papers/2310.01234", ("2310.01234",)),
        ("https://hf.co/papers/2310.01234#community", ("2310.01234",)),
        ("https://www.semanticscholar.org/arxiv/2310.01234", ("2310.01234",)),
        ("https://api.semanticscholar.org/arXiv:2310.01234", ("2310.01234",)),
        ("https://scholar.archive.org/search?q=arxiv.org%2Fabs%2F2310.01234", ("2310.01234",)),
        ("10.48550/ARXIV.2310.01234", ("2310.01234",)),
        ("doi:10.48550/arXiv.hep-th/9901001", ("hep-th/9901001",)),
        ("https://arxiv.org/pdf/hep-th/9901001v3", ("hep-th/9901001",)),
        ("https://arxiv.org/abs/cs/0112017", ("cs/0112017",)),
        ("cs.CL/0112017", ("cs.CL/0112017",)),
        ("HEP-TH/9901001", ("hep-th/9901001",)),
        ("arXiv:2310.01234v2 [cs.CL] 3 Oct 2023", ("2310.01234",)),
        ("arxiv 2310.01234, please", ("2310.01234",)),
        ("arXiv2310.01234", ("2310.01234",)),
        ("see [this](https://arxiv.org/abs/2310.01234).", ("2310.01234",)),
        ("[2310.01234] A Title", ("2310.01234",)),
        ("“2310.01234”", ("2310.01234",)),
        ("2310.01234's results", ("2310.01234",)),
        ("wrong % escapes: %zz 2310.01234", ("2310.01234",)),
        ("", ()),
        ("version 2023.12345", ()),
        ("2399.12345 and 2300.12345", ()),
        ("it costs 1912.1234", ()),
        ("0704.00012", ()),
        ("github.com/a/b/issues/1234567", ()),
        ("https://arxiv.org/list/cs.CL/2310", ()),
        ("٢٣١٠.٠١٢٣٤", ()),
        ("it costs 1234.5 or 12345.6789", ()),
        ("version 1.2310.01234", ()),
        ("2310.012345", ()),
        ("2310.01234abc", ()),
        ("on 2023-12-06", ()),
    ],
)
def test_ids_are_found_in_order_and_once(text: str, ids: tuple[str, ...]) -> None:
    assert arxiv_ids(text) == ids


def test_versions_are_told_where_they_are_asked_for() -> None:
    text = "2310.01234v2, arxiv.org/pdf/2310.01234v1.pdf, 2310.01234v2, 2401.00001 and hep-th/9901001v3"
    assert asked_versions(text) == {"2310.01234": (2, 1), "hep-th/9901001": (3,)}
    assert asked_versions("no id") == {}
