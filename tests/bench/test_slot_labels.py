"""Slots against labels given by hand."""

from datetime import date
from pathlib import Path

from bench.slot_labels import Agreement, measure_slots, read_labels
from bot.answers.extracts.slots import Slot
from bot.models import Paper
from bot.sources.files import read_file
from tests.factories import make_paper
from tests.shared import shared_file

ABSTRACT = "However, kettles remain a problem. We propose KettleNet. It outperforms PotNet."


def test_labels_are_compared_with_what_is_found(tmp_path: Path) -> None:
    file = tmp_path / "labels.tsv"
    file.write_text("paper\tsentence\tslots\nA\t0\tProblem\nB\t1\tMethod Cost\nB\t0\t\n", encoding="utf-8")
    labels = read_labels(file)
    papers = [make_paper(title=title, abstract=ABSTRACT) for title in "AB"]
    chosen = {one.name: one for one in measure_slots(papers, labels, choosing=True)}
    assert chosen["all"] == Agreement("all", 1, 0, 0)
    reported = {one.name: one for one in measure_slots(papers, labels)}
    assert reported["Method"] == Agreement("Method", 1, 0, 0)
    assert reported["Cost"] == Agreement("Cost", 0, 0, 1)
    assert reported["Problem"] == Agreement("Problem", 0, 1, 0)
    assert str(reported["all"]) == "| all | 0.50 | 0.50 | 2 |"
    assert str(reported["Limits"]) == "| Limits | – | – | 0 |"


def test_slots_are_told_on_papers_on_which_nothing_was_chosen() -> None:
    records = read_file(shared_file("eval/papers.jsonl"), today=date(2026, 1, 15)).records
    papers = [paper for paper in records if isinstance(paper, Paper)]
    labels = read_labels()
    assert {label.title for label in labels} == {paper.title for paper in papers}
    *_, every = measure_slots(papers, labels)
    assert every.right + every.missed >= 60
    assert every.precision is not None
    assert every.recall is not None
    assert every.precision > 0.75
    assert every.recall > 0.75
    assert {slot for label in labels for slot in label.slots} == set(Slot) - {Slot.LIMITS}
