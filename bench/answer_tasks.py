"""Summaries, comparisons and explanations before models that are right, wrong and obedient."""

from collections.abc import AsyncGenerator, Callable, Sequence
from itertools import islice, pairwise

from bench.answer_asking import Bench, bench_with, context
from bench.answer_behaviours import shown_rows
from bench.answer_claims import retold
from bench.answer_shown import Shown, shown
from bench.answer_table import Reached, at_least, most
from bot.answers.answer import Answer, Kind, Task
from bot.answers.events import Event
from bot.answers.grounding.check import copied_share
from bot.answers.topic_summary import IN_SHORT
from bot.app import App
from bot.models import Paper
from tests.fakes.model_behaviours import BEHAVIOURS
from tests.fakes.model_plans import plan_of, question_to_plan
from tests.fakes.model_prompts import slots_of, sources_of
from tests.fakes.model_reply import Behaviour, Json, Reply, in_pieces
from tests.fakes.model_writing import cited

MODELS = ("faithful", "paraphrasing", "retelling", "wrong_figure", "swapped_figure", "wrong_citation", "obeys", "none")
TERMS = ("spiking neural network", "vision transformer", "state space model", "token slimming")
TOPICS = ("spiking transformers", "efficient vision transformers", "weather forecasting", "speech with transformers")
SIDES = (
    ("spiking transformers", "state space models"),
    ("vision transformers", "weather forecasting"),
    ("speech separation", "text to speech"),
)
_PAPERS = 4
_WHO = {
    "faithful": "a model that copies",
    "paraphrasing": "a model that rearranges",
    "retelling": "a model that retells",
    "none": "extracts, which are verbatim",
}
_HEAD_CHARS = 60
_Request = Callable[[App], AsyncGenerator[Event]]


async def task_rows(papers: Sequence[Paper], *, each: int) -> list[Reached]:
    """Return the rows about summaries, comparisons and explanations, `each` of a kind."""
    by_model: dict[str, list[Answer]] = {}
    for name in MODELS:
        behaviour = retelling(papers) if name == "retelling" else BEHAVIOURS.get(name)
        async with bench_with(papers, behaviour) as bench:
            by_model[name] = [answer for request in _requests(papers, each) if (answer := await _of(bench, request))]
    answers = [answer for answered in by_model.values() for answer in answered]
    summaries = [answer for answer in answers if answer.task is Task.SUMMARY]
    own_side = [ok for answer in answers if answer.task is Task.COMPARISON for ok in _cells_cite_own_side(answer)]
    sentences: list[Shown] = [one for answer in answers for one in shown(answer)]
    return [
        *shown_rows(sentences, "summaries, comparisons, explanations"),
        at_least("summaries that have each paper exactly once", list(map(_each_once, summaries)), 1.0),
        at_least("cells of comparisons that cite their own side only", own_side, 1.0),
        *(row for name in _WHO for row in _copied(name, by_model[name])),
    ]


def retelling(papers: Sequence[Paper]) -> Behaviour:
    """Write the bundled sample's sentences, which retell the abstracts of `papers`; nothing of other papers."""
    told: dict[str, list[str]] = {}
    for claim in retold(papers):
        told.setdefault(_head(claim.paper.abstract), []).append(claim.text)

    def behaviour(request: Json) -> Reply:
        if question_to_plan(request) is not None:
            return Reply(in_pieces(plan_of(request)))
        sources = sources_of(request)
        lines: list[str] = []
        for slot in slots_of(request):
            number = slot.numbers[0] if slot.numbers else 0
            sentences = told.get(_head(sources.get(number, "")), [])
            if slot.row < len(sentences):
                lines.append(f"{slot.lead}{cited(sentences[slot.row], number)}")
        return Reply(in_pieces("\n".join(lines)))

    return behaviour


def _head(abstract: str) -> str:
    """Return what an abstract is known by, also where a prompt has cut it."""
    return "".join(char for char in abstract.casefold() if char.isalnum())[:_HEAD_CHARS]


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
    return lambda app: app.assistant.summarise(subjects, context=context())


def _comparison(sides: Sequence[str]) -> _Request:
    return lambda app: app.assistant.compare(sides, aspects=["energy use"], context=context())


def _explanation(term: str) -> _Request:
    return lambda app: app.assistant.explain(term, context=context())


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
    what = f"one-sentence summaries: runs of four words copied, {_WHO[name]}"
    limit = None if name == "none" else 50.0
    row = most(what, shares, limit, unit=" %")
    if limit is not None and not shares:
        return [Reached(what, "<= 50 %", f"none was shown of {len(kept)} summaries", 0)]
    return [row]
