"""What becomes of recorded answers of a capable model: what is shown at once, held, placed by the reading, left out.

The recordings (tests/recordings, which says how they were made) are replies to the assistant's own prompts, with the
verdicts of a second reading. They are replayed through the gates, so that a change of a check shows what real answers
lose. Abstracts are looked up by title in the collections beside the project.
"""

import argparse
import json
import re
import statistics
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.answers.answer import Column, Source
from bot.answers.generation import mostly_failed
from bot.answers.grounding.check import Grounder
from bot.answers.writing.claims import Claim, Finding, Verdict
from bot.answers.writing.row_gate import RowGate
from bot.answers.writing.sentence_gate import SentenceGate
from bot.models import Paper
from bot.search.engine.index import Bm25Index
from bot.text import key_of

RECORDINGS = Path("tests/recordings/answers.jsonl")
COLLECTIONS = (Path("../shared/eval/papers.jsonl"), Path("../shared/ir/ml-papers/corpus.jsonl"))
_ROWS = frozenset({"summary", "comparison"})


@dataclass(slots=True, kw_only=True)
class Replayed:
    """What became of one recorded reply: sentences by what happened to them, as the model wrote them.

    `direct` says whether the first sentence of prose is shown in the end, None for rows; `answered` whether enough
    passed for an answer.
    """

    question: str
    language: str
    prompt: str
    at_once: list[str] = field(default_factory=list)
    placed: list[str] = field(default_factory=list)
    taken_out: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    direct: bool | None = None
    answered: bool = True

    @property
    def written(self) -> int:
        """How many sentences the model wrote."""
        return len(self.at_once) + len(self.placed) + len(self.left_out)

    @property
    def supported(self) -> int:
        """How many of them are shown in the end."""
        return len(self.at_once) + len(self.placed) - len(self.taken_out)


def papers_by_title(paths: Iterable[Path]) -> dict[str, Paper]:
    """Return the papers of files of a JSON object a line, by the letters of their titles."""
    papers: dict[str, Paper] = {}
    for path in paths:
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            paper = Paper(title=row["title"], abstract=row.get("text") or row["abstract"], origin="recorded")
            papers.setdefault(key_of(paper.title), paper)
    return papers


def replay(rows: Sequence[Mapping[str, Any]], papers: Mapping[str, Paper], *, read: bool) -> Iterator[Replayed]:
    """Yield what becomes of each reply; with `read`, the recorded verdicts are taken in."""
    found = {
        title: papers[key_of(title)] for row in rows for part in row["parts"] for title in part["sources"].values()
    }
    weight = Bm25Index(list(found.values())).idf
    for row in rows:
        for part in row["parts"]:
            if part["prompt"] == "correction":
                continue
            sources = [Source(int(number), found[title]) for number, title in part["sources"].items()]
            grounder = Grounder({s.number: s.paper for s in sources}, weight=weight, request=row["question"])
            gate = _rows(part, grounder) if part["prompt"] in _ROWS else SentenceGate(sources, grounder)
            list(gate.feed(part["reply"]))
            list(gate.finish())
            result = Replayed(question=row["question"], language=row["language"], prompt=part["prompt"])
            claims = gate.claims
            result.at_once = [claim.written for claim in claims if claim.passed]
            verdicts = {claim: _verdict(part, claim) for claim in gate.unread} if read else {}
            list(gate.settle({claim: verdict for claim, verdict in verdicts.items() if verdict}))
            result.placed = [c.written for c in claims if c.passed and c.written not in result.at_once]
            result.taken_out = [c.written for c in claims if not c.passed and c.written in result.at_once]
            result.left_out = [c.written for c in claims if not c.passed and c.written not in result.at_once]
            result.answered = not mostly_failed(gate)
            if isinstance(gate, SentenceGate):
                result.direct = claims[0].passed if claims else None
                result.answered = result.answered or gate.abstained
            yield result


def _rows(part: Mapping[str, Any], grounder: Grounder) -> RowGate:
    labels = part["rows"].split("; ")
    if part["prompt"] == "summary":
        columns = [Column(number, (int(number),)) for number in part["columns"].split("; ")]
        return RowGate(labels, columns, grounder, numbered=True, own_words=["In short"])
    columns = [
        Column(name, tuple(map(int, re.findall(r"\[(\d+)\]", numbers))))
        for name, numbers in re.findall(r"[A-E] = (.*?): ((?:\[\d+\] ?)+)(?:;|$)", part["columns"])
    ]
    return RowGate(labels, columns, grounder)


def _verdict(part: Mapping[str, Any], claim: Claim) -> Verdict | None:
    """Return the recorded verdict on a sentence; one that was cited otherwise is found by its words."""
    said = part.get("verdicts", {})
    words = {_words(text): verdict for text, verdict in said.items()}
    verdict = said.get(claim.text) or words.get(_words(claim.text))
    if verdict is None:
        return None
    finding = next(finding for finding in Finding if verdict.startswith(finding))
    before, _, surplus = verdict.removeprefix(finding).partition("surplus")
    numbers, extra = re.findall(r"\d+", before), re.findall(r"\d+", surplus)
    return Verdict(finding, surplus=frozenset(map(int, extra)), sources=tuple(map(int, numbers)))


def _words(text: str) -> str:
    return key_of(re.sub(r"\[\d+\]", "", text))


def table(results: Sequence[Replayed]) -> list[str]:
    """Return the lines of a table: sentences and answers by language."""
    lines = [
        "| language | replies | sentences | at once | placed by the reading | taken out | left out | direct"
        " answers kept | not enough |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for language in ("all", *sorted({result.language for result in results})):
        among = [result for result in results if language in {"all", result.language}]
        direct = [result.direct for result in among if result.direct is not None]
        cells = [
            language,
            len(among),
            sum(result.written for result in among),
            sum(len(result.at_once) for result in among),
            sum(len(result.placed) for result in among),
            sum(len(result.taken_out) for result in among),
            sum(len(result.left_out) for result in among),
            f"{sum(direct)} of {len(direct)}",
            sum(not result.answered for result in among),
        ]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return lines


def calls(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the lines of a table of calls and tokens (estimated) for each kind of request."""
    lines = [
        "| request | calls, median | most | prompt tokens, median | output tokens, median |",
        "|---|---|---|---|---|",
    ]
    for kind in sorted({row["kind"] for row in rows}):
        made = [row["calls"] for row in rows if row["kind"] == kind and row["calls"]]
        if made:
            number = [len(each) for each in made]
            prompts = [sum(call[1] for call in each) for each in made]
            outputs = [sum(call[2] for call in each) for each in made]
            lines.append(
                f"| {kind} | {statistics.median(number):g} | {max(number)} | {statistics.median(prompts):,.0f} |"
                f" {statistics.median(outputs):,.0f} |"
            )
    return lines


def main() -> int:
    """Print the tables; return 2 where the abstracts are missing."""
    parser = argparse.ArgumentParser(prog="python -m bench.recorded", description=__doc__)
    parser.add_argument("recordings", nargs="?", type=Path, default=RECORDINGS, help="%(default)s")
    parser.add_argument("--lost", action="store_true", help="print the sentences that are not shown")
    options = parser.parse_args()
    if missing := [str(path) for path in (options.recordings, *COLLECTIONS) if not path.is_file()]:
        print(f"no file {' and '.join(missing)}", file=sys.stderr)
        return 2
    rows = [json.loads(line) for line in options.recordings.read_text(encoding="utf-8").splitlines()]
    papers = papers_by_title(COLLECTIONS)
    for read, title in ((False, "By words only"), (True, "With the second reading")):
        results = list(replay(rows, papers, read=read))
        print(f"{title}:", *table(results), "", sep="\n")
        for result in results if options.lost else ():
            for sentence in (*result.taken_out, *result.left_out):
                print(f"{result.language} {result.prompt}: {sentence}")
    print(*calls(rows), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
