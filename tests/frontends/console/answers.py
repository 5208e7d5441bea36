"""Answers of each task, made by hand, as a model would give them about whistling kettles."""

from dataclasses import replace
from datetime import date

from bot.answers.answer import Answer, Column, Evidence, Kind, Row, Source, Statement, Task
from tests.factories import make_paper

KETTLE = make_paper(code_url="https://github.com/kettles/kettlenet")
TEAPOT = make_paper(title="TeapotGPT: Pouring Without Spilling", arxiv_id="2402.00002", published=date(2024, 2, 3))
MUG = make_paper(title="A Survey of Mugs", arxiv_id="2403.00003", published=date(2024, 3, 1))
SOURCES = (Source(1, KETTLE), Source(2, TEAPOT), Source(3, MUG))


def said(text: str, number: int, evidence: str, lead: str = " ") -> Statement:
    """Return a sentence with one citation and its evidence."""
    return Statement(text, (number,), lead, (Evidence(number, evidence),))


METHOD = said("A network of 12 layers tells whistles apart.", 1, "We present KettleNet, a network of 12 layers.")
RESULT = said("It is right in 91.5% of cases.", 1, "It reaches 91.5% accuracy on 1,200 recordings.")
POURS = said("A transformer pours tea.", 2, "TeapotGPT is a transformer that pours.")
SURVEYS = said("It surveys 300 mugs.", 3, "We survey 300 mugs.")

_COLUMNS = tuple(Column(source.paper.title, (source.number,)) for source in SOURCES)


def make_answer(**changes: object) -> Answer:
    """Return an answer of two sentences, with `changes`."""
    answer = Answer(
        question="what is KettleNet?",
        kind=Kind.ANSWER,
        statements=(METHOD, RESULT),
        sources=SOURCES[:1],
        searched=412,
        span=(date(2026, 10, 6), date(2026, 10, 12)),
        model="test-model",
        prompts_hash="cafe",
        id="a1",
    )
    return replace(answer, **changes)  # type: ignore[arg-type]


def make_summary(papers: int = 1) -> Answer:
    """Return a summary of one paper, whose limits are not stated, or of two or three, a line each."""
    rows = [Row("Method", ((METHOD,),)), Row("Limits", ((),))]
    if papers > 1:
        said = zip(SOURCES, (METHOD, POURS, SURVEYS), strict=True)
        rows = [Row(source.paper.title, ((statement,),)) for source, statement in said][:papers]
    return make_answer(
        task=Task.SUMMARY,
        statements=(),
        sources=SOURCES[:papers],
        columns=(Column("", tuple(range(1, papers + 1))),),
        rows=tuple(rows),
    )


def make_comparison(sides: int = 2) -> Answer:
    """Return a comparison of two to five sides; only the first one states its result."""
    columns = (*_COLUMNS, Column("cups", (1, 3)), Column("saucers", (2, 3)))[:sides]
    cells = ((METHOD,), (POURS,), (SURVEYS,), (METHOD, SURVEYS), (POURS, SURVEYS))[:sides]
    return make_answer(
        task=Task.COMPARISON,
        statements=(),
        sources=SOURCES,
        columns=columns,
        rows=(Row("Method", cells), Row("Result", ((RESULT,), *((),) * (sides - 1)))),
    )
