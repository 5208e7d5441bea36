"""Answers, results and digests in a terminal."""

import signal
from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.assistant.answer import Answer, Kind, Statement
from bot.assistant.assistant import Assistant
from bot.assistant.digest import ORDER, Digest
from bot.assistant.events import Done, Searching, SentenceReady, SourcesFound
from bot.assistant.inquiry import Inquiry
from bot.errors import QuestionError
from bot.frontends.wording import HEADINGS, count, day, paper_facts, searched, searched_for, without_stop
from bot.models import Paper
from bot.search.explain import explain
from bot.search.filters import Filters
from bot.search.ranking import SearchResult

_WIDTH = 100  # longer lines are hard to read


def make_console(*, stderr: bool = False) -> Console:
    """Return a console no wider than what is comfortable to read. Nothing in a text is taken for markup."""
    console = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    if console.width > _WIDTH:
        console.width = _WIDTH
    return console


def local_zone() -> tzinfo | None:
    """Return the time zone of this machine, which is taken for that of who sits before it."""
    return datetime.now(UTC).astimezone().tzinfo


async def ask(console: Console, assistant: Assistant, question: str, *, filters: Filters) -> Answer:
    """Print an answer, sentence by sentence where a terminal is attached, and return it."""
    statements: list[Statement] = []
    with Live(console=console, transient=True, auto_refresh=False) as live:
        async for event in assistant.ask(question, inquiry=Inquiry(filters=filters, zone=local_zone())):
            match event:
                case Searching():
                    live.update(Text("Searching …", style="dim"), refresh=True)
                case SourcesFound(sources):
                    live.update(Text(f"Reading {count(len(sources), 'abstract')} …", style="dim"), refresh=True)
                case SentenceReady(statement):
                    statements.append(statement)
                    live.update(_prose(statements), refresh=True)
                case Done(answer):
                    live.update("", refresh=True)
                    break
                case _:
                    pass
    console.print(render_answer(answer))
    return answer


async def converse(console: Console, assistant: Assistant, *, filters: Filters) -> None:
    """Answer questions from a prompt until the input ends. Errors of one question don't end it."""
    console.print(Text("Ask about the papers. An empty line or Ctrl-D ends.", style="dim"))
    while question := _read_line(console):
        console.print()
        try:
            await ask(console, assistant, question, filters=filters)
        except QuestionError as error:
            console.print(Text(str(error), style="red"))


def _read_line(console: Console) -> str:
    """Return what is typed, or nothing when the input ends or is interrupted."""
    # asyncio's handler would only note Ctrl-C for later, and the prompt would go on waiting.
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return console.input("\n› ").strip()
    except (EOFError, KeyboardInterrupt):
        console.print()
        return ""
    finally:
        signal.signal(signal.SIGINT, handler)


def render_answer(answer: Answer) -> RenderableType:
    """Return a whole answer: heading, sentences, reason, sources, what was searched."""
    parts: list[RenderableType] = [Text(HEADINGS[answer.kind], style="bold")]
    if wording := searched_for(answer.wording):
        parts.append(Text(wording, style="dim"))
    if answer.statements:
        parts += [Text(), _quotes(answer) if answer.kind is Kind.EXTRACTS else _prose(answer.statements)]
    if answer.notice:
        parts += [Text(), Text(answer.notice, style="yellow")]
    if answer.sources:
        parts += [Text(), papers_table([(source.number, source.paper) for source in answer.sources])]
    return Group(*parts, Text(), Text(searched(answer), style="dim"))


def papers_table(papers: Sequence[tuple[int, Paper]]) -> Table:
    """Return numbered papers with what is known of them and their links."""
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", style="cyan", no_wrap=True)
    table.add_column(overflow="fold")
    for number, paper in papers:
        links = [link for link in (paper.url if paper.has_page else None, paper.code_url, paper.project_url) if link]
        table.add_row(
            f"[{number}]",
            Group(
                Text(paper.title, style="bold"),
                Text(" · ".join(paper_facts(paper)), style="dim"),
                *(Text(link, style="blue") for link in links),
            ),
        )
    return table


def render_explanations(result: SearchResult) -> RenderableType:
    """Return, for each paper of a result, what its score is made of."""
    parts: list[RenderableType] = []
    for number, hit in enumerate(result.hits, start=1):
        explained = explain(hit, result.terms, result.index)
        table = Table(box=None, padding=(0, 2), header_style="dim")
        table.add_column("term")
        for heading in ("weight", "times", "adds"):
            table.add_column(heading, justify="right")
        for share in explained.shares:
            table.add_row(share.term, f"{share.weight:.2f}", str(share.times), f"{share.added:.2f}")
        table.add_row("title, neighbouring words", "", "", f"{explained.second_stage:.2f}")
        table.add_row("score", "", "", f"{hit.score:.2f}", style="bold")
        parts += [Text(f"[{number}] {hit.paper.title}", style="bold"), table, Text()]
    return Group(*parts)


def render_digest(digest: Digest) -> RenderableType:
    """Return a digest as it would be posted."""
    parts: list[RenderableType] = [Text(f"New papers · {digest.day:%A}, {day(digest.day)}", style="bold")]
    for number, item in enumerate(digest.items, start=1):
        sentence = f"“{item.sentence}”" if item.verbatim else item.sentence
        facts = " · ".join(paper_facts(item.paper))
        parts += [
            Text(f"\n{number}. {item.paper.title}", style="bold"),
            Padding(Group(Text(sentence), Text(facts, style="dim")), (0, 0, 0, 3)),
        ]
    if digest.notice:
        parts += [Text(), Text(digest.notice, style="yellow")]
    if digest.total:
        parts += [Text(), Text(f"{len(digest.items)} of {count(digest.total, 'new paper')}, {ORDER}", style="dim")]
    return Group(*parts)


def _prose(statements: Sequence[Statement]) -> Text:
    text = Text()
    for statement in statements:
        text.append(statement.lead if text else statement.lead.lstrip())
        said, stop = without_stop(statement.text)
        text.append(said)
        text.append(" " + "".join(f"[{number}]" for number in statement.citations), style="cyan")
        text.append(stop)
    return text


def _quotes(answer: Answer) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", style="cyan", no_wrap=True)
    table.add_column()
    for statement in answer.statements:
        table.add_row("".join(f"[{number}]" for number in statement.citations), f"“{statement.text}”")
    return table
