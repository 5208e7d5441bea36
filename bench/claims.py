"""How many natural sentences of a capable model the checks let through, and how many false ones they catch.

The sentences were written before the checks were looked at; each is true or false to the abstracts that it cites. A
table by language and by kind. Rows of an even hash are those that rules may be tuned to, the others show whether a rule
holds for what nobody looked at. With the recorded verdicts of a second reading (a JSON object a line: "id", "verdict"),
a second table is of the rows that have one: shown is what passed or was held and was found supported.
"""

import argparse
import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.answers.grounding.check import Grounder, Problem
from bot.answers.untrusted import clean_model_text
from bot.models import Paper
from bot.search.engine.index import Bm25Index

_EVAL = Path("../shared/eval")
_BULLET = re.compile(r"^(?:[-*•]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A sentence of `claims.jsonl` with what is wrong with it by its words, and the verdict of a second reading.

    `cleaned` says that by its words a citation was taken off it, so that what is shown is another sentence.
    `undecided` ones are held for the reading.
    """

    name: str
    text: str
    language: str
    kind: str
    true: bool
    problems: tuple[Problem, ...]
    cleaned: bool
    undecided: bool
    verdict: str | None = None

    @property
    def shown(self) -> bool:
        """Whether it is shown as it was written."""
        if self.verdict is None:
            return not self.problems and (self.true or not self.cleaned)
        passed = not self.problems or self.undecided
        return passed and self.verdict == "supported"

    @property
    def right(self) -> bool:
        """Whether it is shown, being true, or kept out, being false."""
        return self.true is self.shown

    @property
    def tuned(self) -> bool:
        """Whether rules may be tuned to it."""
        return not hashlib.sha256(self.name.encode()).digest()[-1] % 2


def judge(claims: Path, sources: Path) -> list[Judged]:
    """Check every sentence of `claims` against its papers of `sources`, both files of a JSON object a line."""
    papers = {
        row["key"]: Paper(title=row["title"], abstract=row["abstract"], origin="claims")
        for row in map(json.loads, _lines(sources))
    }
    weight = Bm25Index(list(papers.values())).idf
    judged: list[Judged] = []
    grounders: dict[tuple[str, ...], Grounder] = {}
    for row in map(json.loads, _lines(claims)):
        asked = (row["question"], *row["sources"])
        if asked not in grounders:
            numbered = dict(enumerate((papers[key] for key in row["sources"]), start=1))
            grounders[asked] = Grounder(numbered, weight=weight, request=row["question"])
        grounder = grounders[asked]
        sentence = _BULLET.sub("", clean_model_text(row["sentence"]))
        checked = grounder.check(sentence)
        judged.append(
            Judged(
                name=row["id"],
                text=sentence,
                language=row["language"],
                kind=row["kind"],
                true=row["label"],
                problems=checked.problems,
                cleaned=set(checked.citations) < set(row["citations"]),
                undecided=checked.undecided,
            )
        )
    return judged


def read(rows: Sequence[Judged], verdicts: Path) -> list[Judged]:
    """Return the sentences that have a verdict in a file, with it."""
    found = {row["id"]: str(row["verdict"]).replace("_", " ") for row in map(json.loads, _lines(verdicts))}
    return [replace(row, verdict=found[row.name]) for row in rows if row.name in found]


def summary(rows: Sequence[Judged]) -> str:
    """Return the two figures that count, in percent."""

    def share(true: bool) -> float:
        among = [row.right for row in rows if row.true is true]
        return 100 * sum(among) / max(1, len(among))

    return f"true shown {share(True):.1f} %, false kept out {share(False):.1f} %"


def _lines(path: Path) -> Iterable[str]:
    return filter(str.strip, path.read_text(encoding="utf-8").splitlines())


def table(rows: Sequence[Judged]) -> list[str]:
    """Return the lines of a table: true sentences that pass and false ones that are caught, by language and kind."""
    lines = ["| sentences | all | tuned half | unseen half |", "|---|---|---|---|"]
    for true, what in ((True, "true, shown"), (False, "false, kept out")):
        among = [row for row in rows if row.true is true]
        lines.append(_line(what, among))
        for group in (lambda row: row.language, lambda row: row.kind):
            lines += [_line(f"{what}: {name}", found) for name, found in sorted(_grouped(among, group).items())]
    return lines


def _grouped(rows: Iterable[Judged], key: Callable[[Judged], str]) -> dict[str, list[Judged]]:
    groups: defaultdict[str, list[Judged]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def _line(what: str, rows: Sequence[Judged]) -> str:
    halves = (rows, [row for row in rows if row.tuned], [row for row in rows if not row.tuned])
    return f"| {what} | {' | '.join(map(_share, halves))} |"


def _share(rows: Sequence[Judged]) -> str:
    right = sum(row.right for row in rows)
    return f"{right}/{len(rows)} ({100 * right / len(rows):.0f} %)" if rows else "-"


def main() -> int:
    """Print the table; return 2 where the sentences are missing."""
    parser = argparse.ArgumentParser(prog="python -m bench.claims", description=__doc__)
    parser.add_argument("claims", nargs="?", type=Path, default=_EVAL / "claims.jsonl", help="%(default)s")
    parser.add_argument("sources", nargs="?", type=Path, default=_EVAL / "claims-sources.jsonl", help="%(default)s")
    parser.add_argument("--verdicts", type=Path, action="append", default=[], help="recorded verdicts; may be repeated")
    parser.add_argument("--wrong", action="store_true", help="name the tuned half's sentences that are judged wrongly")
    options = parser.parse_args()
    named = (options.claims, options.sources, *options.verdicts)
    if missing := [str(path) for path in named if not path.is_file()]:
        print(f"no file {' and '.join(missing)}: name them, claims first", file=sys.stderr)
        return 2
    rows = judge(options.claims, options.sources)
    print("By words only:", *table(rows), sep="\n")
    print(f"by words only: {summary(rows)}")
    for path in options.verdicts:
        rows = read(judge(options.claims, options.sources), path)
        print(f"\nWith the second reading recorded in {path.name}:", *table(rows), sep="\n")
        print(summary(rows))
    for row in rows if options.wrong else ():
        if row.tuned and not row.right:
            print(
                f"{row.name} {row.kind} {', '.join(problem.name for problem in row.problems) or 'passed'}: {row.text}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
