"""A tiny collection in BEIR's layout."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

CORPUS = (
    ("d1", "SpikeKettle: Whistling with Spikes", "Kettles whistle. We propose a spiking network for kettle whistles."),
    ("d2", "Teapots at Rest", "Porcelain teapots pour best when warm."),
    ("d3", "LidFormer-2: Lids that Fit", "We present a transformer that predicts which lid fits a pot by its rim."),
)
QUERIES = (("q1", "which network hears kettles whistle?"), ("q2", "warm porcelain"), ("q3", "nobody judged this"))
JUDGED = (("q1", "d1", 1), ("q2", "d2", 1), ("q2", "d1", 0))


def write_beir(folder: Path) -> Path:
    """Write corpus.jsonl, queries.jsonl and qrels.tsv, and return the folder."""
    _write(folder / "corpus.jsonl", ({"_id": key, "title": title, "text": text} for key, title, text in CORPUS))
    _write(folder / "queries.jsonl", ({"_id": key, "text": text} for key, text in QUERIES))
    rows = ["query-id\tcorpus-id\tscore", *("\t".join(map(str, row)) for row in JUDGED)]
    (folder / "qrels.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def _write(path: Path, records: Iterable[Mapping[str, str]]) -> None:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
