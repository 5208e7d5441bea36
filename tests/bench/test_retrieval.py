"""What users get, measured on a handful of papers."""

from pathlib import Path

import pytest

from bench.retrieval import LIMIT, Figure, main, measure, read_papers, read_queries
from tests.bench.beir import write_beir
from tests.factories import make_paper

NAMES = ("SpikeKettle", "LidFormer", "PotNet", "SpoonGPT", "TeaBERT", "CupGAN", "PanNeRF", "MugLM")
PAPERS = [
    make_paper(
        title=f"{name}: A Study of {topic}",
        abstract=f"We propose {name}, a network that learns {topic} from recordings of {other} kitchens and cellars.",
        arxiv_id=f"2401.{number:05}",
    )
    for number, (name, topic, other) in enumerate(
        zip(
            NAMES,
            "whistling covering boiling stirring brewing drinking frying holding".split(),
            "quiet loud bright dark narrow crowded ancient modern".split(),
            strict=True,
        ),
        start=1,
    )
]


async def test_every_figure_is_measured() -> None:
    figures = await measure(PAPERS, off_domain={"wings": ["what lift has a swept wing?"] * 4}, count=4)
    by_name = {figure.name: figure for figure in figures}
    assert by_name['"What is X?", hit@1'] == Figure('"What is X?", hit@1', 1.0, 0.95, 4)
    assert by_name["compared, both among 6"].share == 1.0
    assert by_name["turned away, unknown name"].share == 1.0
    assert by_name["turned away, unknown name in context"].share == 1.0
    assert by_name["- wings"] == Figure("- wings", 1.0, None, 2)  # the half on which nothing was chosen
    assert by_name["- held out, named"].share == 1.0


def test_a_figure_is_a_row_of_the_table() -> None:
    assert str(Figure("found", 0.9876, 0.95, 1200)) == "| found | 98.8 % | >= 95 % | 1,200 |"
    assert str(Figure("found", 0.5, None, 2)) == "| found | 50.0 % |  | 2 |"


def test_a_collection_is_read_with_its_own_ids(tmp_path: Path) -> None:
    folder = write_beir(tmp_path)
    assert [paper.key for paper in read_papers([folder / "corpus.jsonl"])] == ["d1", "d2", "d3"]
    assert read_queries(folder / "queries.jsonl")[1] == "warm porcelain"
    assert LIMIT == 6


def test_a_missing_file_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["bench.retrieval", "--corpus", "nowhere.jsonl"])
    with pytest.raises(SystemExit):
        main()
    assert "no file nowhere.jsonl" in capsys.readouterr().err
