"""How well sentences are told apart by what they tell, against labels given by hand.

`slot_labels.tsv` has three sentences, drawn at random, of each of 52 papers: the paper's title, the sentence's number,
from 0, and the slots that it serves. Cues were chosen on every other paper, beginning with the first. No sentence drawn
tells of limits.
"""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.answers.extracts.slots import FITS, Slot, slot_scores
from bot.answers.sentences import split_sentences
from bot.models import Paper

LABELS = Path(__file__).with_suffix(".tsv")


@dataclass(frozen=True, slots=True)
class Label:
    """The slots that a sentence of a paper serves."""

    title: str
    sentence: int
    slots: frozenset[Slot]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of one slot or all: how many sentences were given it rightly, wrongly, or not though they should."""

    name: str
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float | None:
        """The share of those given that were right; None when none was given."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """The share found of those that should be; None when there are none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    def __str__(self) -> str:
        return f"| {self.name} | {_shown(self.precision)} | {_shown(self.recall)} | {self.right + self.missed} |"


def read_labels(path: Path = LABELS) -> list[Label]:
    """Read a file of labels."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Label(row["paper"], int(row["sentence"]), frozenset(map(Slot, row["slots"].split())))
            for row in csv.DictReader(file, delimiter="\t")
        ]


def measure_slots(papers: Sequence[Paper], labels: Sequence[Label], *, choosing: bool = False) -> list[Agreement]:
    """Return the agreement for each slot and for all, on the papers that cues were not, or were, chosen on."""
    half = {paper.title: paper for place, paper in enumerate(papers) if (place % 2 == 0) is choosing}
    right, wrong, missed = Counter[Slot](), Counter[Slot](), Counter[Slot]()
    for label in labels:
        if label.title in half:
            scores = slot_scores(split_sentences(half[label.title].abstract))[label.sentence]
            given = frozenset(slot for slot, score in scores.items() if score >= FITS)
            right.update(given & label.slots)
            wrong.update(given - label.slots)
            missed.update(label.slots - given)
    each = [Agreement(slot.value, right[slot], wrong[slot], missed[slot]) for slot in Slot]
    return [*each, Agreement("all", right.total(), wrong.total(), missed.total())]


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
