"""Summaries, comparisons and explanations before models that are right, wrong and obedient."""

from collections.abc import AsyncGenerator, Callable, Sequence
from itertools import islice, pairwise

from bench.answer_asking import Bench, bench_with, inquiry
from bench.answer_behaviours import shown_rows
from bench.answer_shown import Shown, shown
from bench.answer_table import Reached, at_least, most
from bot.app import App
from bot.assistant.answer import Answer, Kind, Task
from bot.assistant.events import Event
from bot.assistant.grounding.copying import copied_share
from bot.assistant.summaries import IN_SHORT
from bot.models import Paper
from tests.fakes.model_behaviours import BEHAVIOURS

MODELS = ("faithful", "paraphrasing", "wrong_figure", "swapped_figure", "wrong_citation", "obeys", "none")
TERMS = ("spiking neural network", "vision transformer", "state space model", "token slimming")
TOPICS = ("spiking transformers", "efficient vision transformers", "weather forecasting", "speech with transformers")
SIDES = (
    ("spiking transformers", "state space models"),
    ("vision transformers", "weather forecasting"),
    ("speech separation", "text to speech"),
)
_PAPERS = 4
_Request = Callable[[App], AsyncGenerator[Event]]


async def task_rows(papers: Sequence[Paper], *, each: int) -> list[Reached]:
    """Return the rows about summaries, comparisons and explanations, `each` of a kind."""
    by_model: dict[str, list[Answer]] = {}
    for name in MODELS:
        async with bench_with(papers, BEHAVIOURS.get(name)) as bench:
            by_model[name] = [answer for request in _requests(papers, each) if (answer := await _of(bench, request))]
    answers = [answer for answered in by_model.values() for answer in answered]
    summaries = [answer for answer in answers if answer.task is Task.SUMMARY]
    own_side = [ok for answer in answers if answer.task is Task.COMPARISON for ok in _cells_cite_own_side(answer)]
    sentences: list[Shown] = [one for answer in answers for one in shown(answer)]
    return [
        *shown_rows(sentences, "summaries, comparisons, explanations"),
        at_least("summaries that have each paper exactly once", list(map(_each_once, summaries)), 1.0),
        at_least("cells of comparisons that cite their own side only", own_side, 1.0),
        *(row for name in ("faithful", "paraphrasing", "none") for row in _copied(name, by_model[name])),
    ]


def _requests(papers: Sequence[Paper], each: int) -> list[_Request]:
    step = max(1, len(papers) // (2 * _PAPERS))
    chosen = papers[::step]
    pairs = [(one.title, other.title) for one, other in pairwise(chosen)]
    requests: list[_Request] = []
    requests += [_summary([paper.title]) for paper in islice(chosen, each)]
    requests += [_summary([paper.title for paper in chosen[:_PAPERS]])]
    requests += [_summary([topic]) for topic in TOPICS[:each]]
    requests += [_comparison(sides) for sides in islice((*pairs[:_PAPERS], *SIDES), 2 * each)]
    requests += [_explanation(term) for term in TERMS[:each]]
    return requests


def _summary(subjects: Sequence[str]) -> _Request:
    return lambda app: app.assistant.summarise(subjects, inquiry=inquiry())


def _comparison(sides: Sequence[str]) -> _Request:
    return lambda app: app.assistant.compare(sides, aspects=["energy use"], inquiry=inquiry())


def _explanation(term: str) -> _Request:
    return lambda app: app.assistant.explain(term, inquiry=inquiry())


async def _of(bench: Bench, request: _Request) -> Answer | None:
    return (await bench.outcome(request(bench.app))).answer


def _each_once(answer: Answer) -> bool:
    """Whether each source is one paper and, where papers have rows, has exactly one of them."""
    keys = [source.paper.key for source in answer.sources]
    if len(keys) != len(set(keys)):
        return False
    if len(answer.sources) < 2 or not answer.rows:
        return True
    told = [
        {number for cell in row.cells for statement in cell for number in statement.citations} for row in answer.rows
    ]
    cited = sorted(number for numbers in told for number in numbers)
    return cited == sorted(set(cited)) and len(answer.rows) == len(answer.sources)


def _cells_cite_own_side(answer: Answer) -> list[bool]:
    return [
        set(statement.citations) <= set(column.numbers)
        for row in answer.rows
        for column, cell in zip(answer.columns, row.cells, strict=True)
        for statement in cell
    ]


def _copied(name: str, answers: Sequence[Answer]) -> list[Reached]:
    """Return how much of the sentence that stands in short for a paper is copied from its abstract.

    Extracts are verbatim by nature, and say so.
    """
    kept = [answer for answer in answers if answer.task is Task.SUMMARY and len(answer.sources) == 1]
    shares = [
        100 * copied_share(statement.text, answer.sources[0].paper.abstract)
        for answer in kept
        if (answer.kind is Kind.EXTRACTS) == (name == "none")
        for row in answer.rows
        if row.label == IN_SHORT
        for statement in row.cells[0]
    ]
    who = {"faithful": "a model that copies", "paraphrasing": "a model that rearranges", "none": "extracts, verbatim"}
    what = f"one-sentence summaries: runs of four words copied, {who[name]}"
    limit = None if name == "none" else 50.0
    row = most(what, shares, limit, unit=" %")
    if limit is not None and not shares:
        return [Reached(what, "<= 50 %", f"none was shown of {len(kept)} summaries", 0)]
    return [row]
