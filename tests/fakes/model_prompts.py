"""What the assistant's prompts ask a model for, read from a request as a careful model would."""

import re
from dataclasses import dataclass

from bot.answers.sentences import MARKER, split_sentences
from tests.fakes.model_reply import Json

_FENCE = re.compile(r"@@\w+")
_FACT = re.compile(r"^(?:Title|Published|Authors|Organisation|Venue|Code|Votes): .*$\n?", re.MULTILINE)
_ROWS = re.compile(r"^Rows: (?P<rows>.*)\nColumns: (?P<columns>.*)$", re.MULTILINE)
_SUBJECT = re.compile(r"^(?:Question|Term|Topic|Request|Asked for): (?P<subject>.*)$", re.MULTILINE)
_FAILED = re.compile(r"^(?P<letter>[A-Z]{1,2}): (?P<sentence>.*?)(?: \([^()]*\))?$", re.MULTILINE)


@dataclass(frozen=True)
class Slot:
    """One sentence that a prompt asks for.

    `lead` stands before it, as in `Method | 2 | ` or `A: `; `numbers` are the sources that it may be written from, best
    first; `row` counts the rows; `failed` is the sentence to fix. `tabular` when the slot wants filling in any case.
    """

    numbers: tuple[int, ...]
    lead: str = ""
    row: int = 0
    failed: str = ""
    tabular: bool = False


def sources_of(request: Json) -> dict[int, str]:
    """Return the abstracts in a request's prompt, by the numbers of their sources."""
    user, fence = _user(request), re.escape(_fence(request))
    blocks = re.finditer(
        rf"^{fence} source \[(?P<number>\d+)\]\n(?P<text>.*?)(?=^{fence} )", user, re.MULTILINE | re.DOTALL
    )
    return {int(block["number"]): _abstract(block["text"]) for block in blocks}


def subject_of(request: Json) -> str:
    """Return the question, term, topic or request of a prompt; empty where it has none."""
    match = _SUBJECT.search(_after_sources(request))
    return match["subject"] if match else ""


def wants_mending(request: Json) -> bool:
    """Whether a request is for sentences that failed a check to be mended."""
    return f"\n{_fence(request)} sentences that failed\n" in _user(request)


def slots_of(request: Json) -> list[Slot]:
    """Return the sentences that a prompt asks for, in order; in prose one for each source."""
    numbers = tuple(sources_of(request))
    if wants_mending(request):
        return [_slot_to_mend(match, numbers) for match in _FAILED.finditer(_failures(request))]
    after = _after_sources(request).lstrip()
    if after.startswith("Rows: ") and (match := _ROWS.match(after)):
        rows, columns = (_split(match[name]) for name in ("rows", "columns"))
        return [_cell(number, row, column) for number, row in enumerate(rows) for column in columns]
    return [Slot(numbers=(number,)) for number in numbers]


def sentences_of(abstract: str) -> list[str]:
    """Return an abstract's sentences."""
    return split_sentences(abstract)


def _user(request: Json) -> str:
    return str(request["messages"][-1]["content"])


def _fence(request: Json) -> str:
    """Return what begins the prompt's own lines. The first line names it before any foreign text could."""
    text = "\n".join(str(message["content"]) for message in request["messages"])
    match = _FENCE.search(text)
    return match[0] if match else "@@none"


def _after_sources(request: Json) -> str:
    return _user(request).rpartition(f"{_fence(request)} end of sources\n")[2]


def _failures(request: Json) -> str:
    fence = _fence(request)
    failed = _user(request).rpartition(f"{fence} sentences that failed\n")[2]
    return failed.partition(f"\n{fence} end of sentences")[0]


def _abstract(text: str) -> str:
    before, found, abstract = text.partition("Abstract: ")
    return (abstract if found else _FACT.sub("", before)).strip()


def _slot_to_mend(match: re.Match[str], numbers: tuple[int, ...]) -> Slot:
    sentence = match["sentence"]
    marked = "".join(MARKER.findall(sentence))
    cited = [number for number in map(int, re.findall(r"\d+", marked)) if number in numbers]
    others = [number for number in numbers if number not in cited]
    return Slot(numbers=(*cited, *others), lead=f"{match['letter']}: ", failed=sentence)


def _cell(number: int, row: str, column: str) -> Slot:
    name, _, cited = (part.strip() for part in column.partition("="))
    numbers = tuple(map(int, re.findall(r"\d+", cited or name)))
    return Slot(numbers=numbers, lead=f"{row} | {name} | ", row=number, tabular=True)


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]
