"""What a reader sees of an answer, looked over without the code that checked it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bench.answer_figures import figures_in, values_in
from bot.answers.answer import Answer, Kind, Statement
from bot.models import Paper

_QUOTATION = re.compile(r"[\"“„«]([^\"“”„«»]+)[\"”“»]")
_QUOTED_WORDS = 3
# "(1) … (2) …", "1) …", "strategies: 1.": which item of a list it is says nothing that could be wrong.
_LIST_NUMBER = re.compile(r"\(?(?<![\w.])\d+(?:\.\d+)?\)|(?<=:)\s*\d\.(?=\s|$)")
_FROM_RECORD = re.compile(r"public|code|published|authors?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shown:
    """One sentence as it is shown, with the papers that its numbers point to; None for a number without a source."""

    statement: Statement
    cited: tuple[Paper | None, ...]
    verbatim: bool

    @property
    def sources_exist(self) -> bool:
        """Whether every number that it cites, also within its text, is that of a source."""
        return None not in self.cited and not re.search(r"\[\d{1,3}\]", self.statement.text)

    @property
    def quotes_stand(self) -> bool:
        """Whether its quotations, and all of it where it is an extract, stand word for word in a cited source."""
        texts = [_plain(f"{paper.title} | {paper.abstract}") for paper in self.cited if paper]
        quoted = [quote for quote in _QUOTATION.findall(self.statement.text) if len(quote.split()) >= _QUOTED_WORDS]
        if self.verbatim and not self._is_from_record:
            quoted.append(self.statement.text)
        return all(any(_plain(quote) in text for text in texts) for quote in quoted)

    @property
    def stands_verbatim(self) -> bool:
        """Whether all of it stands word for word in a cited source but for numbers of a list's items."""
        said = _plain(_LIST_NUMBER.sub(" ", self.statement.text))
        texts = (_LIST_NUMBER.sub(" ", f"{paper.title} | {paper.abstract}") for paper in self.cited if paper)
        return any(said in _plain(text) for text in texts)

    @property
    def figures(self) -> int:
        """How many figures it has."""
        return len(figures_in(self.statement.text))

    @property
    def figures_stand(self) -> bool:
        """Whether each of its figures stands in a cited source: title, abstract, or date and number of authors."""
        known = {value for paper in self.cited if paper for value in values_in(_told(paper))}
        return all(figure.value in known for figure in figures_in(self.statement.text))

    @property
    def _is_from_record(self) -> bool:
        # "The code is public, see its link." is ours, from the store.
        return bool(_FROM_RECORD.search(self.statement.text)) and "link" in self.statement.text


def shown(answer: Answer) -> list[Shown]:
    """Return every sentence of an answer: its prose, and the cells of its rows."""
    papers = {source.number: source.paper for source in answer.sources}
    return [
        Shown(statement, tuple(map(papers.get, statement.citations)), answer.kind is Kind.EXTRACTS)
        for statement in statements(answer)
    ]


def statements(answer: Answer) -> Iterator[Statement]:
    """Yield the statements of an answer's prose and rows."""
    yield from answer.statements
    for row in answer.rows:
        for cell in row.cells:
            yield from cell


def _told(paper: Paper) -> str:
    date = f"{paper.published:%Y %m} {paper.published.day}" if paper.published else ""
    return f"{paper.title}\n{paper.abstract}\n{date} {paper.author_count or ''}"


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
