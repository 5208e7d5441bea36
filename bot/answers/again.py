"""Asking the same again: from an answer back to the request that it is for."""

from collections.abc import AsyncGenerator, Sequence

from bot.answers.answer import Answer, Column, Source, Task
from bot.answers.assistant import Assistant
from bot.answers.comparisons import CODE, LABELS
from bot.answers.events import Event
from bot.answers.planning.followups import Turn
from bot.answers.request import Level, RequestContext
from bot.answers.summaries import paper_name
from bot.models import Paper


def ask_again(
    assistant: Assistant, answer: Answer, *, history: Sequence[Turn], context: RequestContext
) -> AsyncGenerator[Event]:
    """Return what happens while the same is asked again. `history` are the turns before it. Raises as asking does."""
    match answer.task:
        case Task.SUMMARY:
            return assistant.summarise(_summarised(answer), context=context)
        case Task.COMPARISON:
            sides = [_side(column, answer.sources) for column in answer.columns]
            aspects = [row.label for row in answer.rows if row.label not in {*LABELS, CODE}]
            setting = " ".join(answer.keywords)
            return assistant.compare(sides, aspects=aspects, setting=setting, context=context)
        case Task.EXPLANATION:
            return assistant.explain(answer.question, level=answer.level or Level.PRACTITIONER, context=context)
        case _:
            return assistant.ask(answer.question, history=history, context=context)


def _summarised(answer: Answer) -> list[str]:
    """Return the papers, where the question is just their names, or else the topic."""
    papers = [source.paper for source in answer.sources]
    if papers and answer.question == "; ".join(map(paper_name, papers)):
        return [_named(paper) for paper in papers]
    return [answer.question]


def _side(column: Column, sources: Sequence[Source]) -> str:
    """Return the paper of a column that has its name, or else the topic."""
    own = [source.paper for source in sources if source.number in column.numbers]
    if len(own) == 1 and column.name == paper_name(own[0]).replace("|", " "):
        return _named(own[0])
    return column.name


def _named(paper: Paper) -> str:
    return paper.arxiv_id or paper.title
