"""Answers from the record of papers: authors, days, venues, code and votes, as the store has them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.answers.answer import Answer, AnswerDraft, Evidence, Kind, Statement, Task
from bot.answers.grounding.source_text import SourceText
from bot.answers.planning.fact_forms import Fact
from bot.answers.planning.facts import FactWish
from bot.answers.planning.followups import Turn
from bot.answers.request import RequestContext
from bot.answers.subjects import Subjects
from bot.answers.untrusted import clean_model_text
from bot.answers.wording import POINTS_BACK, and_more, day
from bot.errors.requests import QuestionError
from bot.i18n.translation import gettext, ngettext
from bot.i18n.translation import number as number_of
from bot.latex import readable
from bot.models import Paper
from bot.search.engine.forward import title_name
from bot.search.engine.scoring import lucene_idf
from bot.search.query.filters import counted
from bot.search.query.ids import arxiv_ids
from bot.search.ranking.named import own_name
from bot.search.ranking.second_stage import Query
from bot.search.searcher import Searcher
from bot.search.text.tokens import tokenize
from bot.store.protocol import CountField
from bot.text import one_line, shorten

MOST_PAPERS = 5
"""Of so many papers a fact is told at once."""

_AUTHORS = 12
_NAME_LIMIT = 60
_NAME_WORDS = 4
_NUMBERS = frozenset({Fact.UPVOTES, Fact.COMMENTS, Fact.STARS})
_LOOKED_AT = 10
_MOST_WITH_NAME = 3
_TITLE_TERMS, _TITLE_SHARE = 5, 0.6
"""So many of a title's words name it, or such a share of them."""

_WORD = re.compile(r"[^\W_][\w-]*[^\W_]\+*")


@dataclass(frozen=True, slots=True)
class _Told:
    """A paper and what it is called in the answer."""

    paper: Paper
    name: str


class RecordFacts:
    """Answers what is asked of papers' records."""

    def __init__(self, *, searcher: Searcher, subjects: Subjects) -> None:
        self._searcher = searcher
        self._subjects = subjects

    async def answer(
        self, wishes: Sequence[FactWish], question: str, *, history: Sequence[Turn], context: RequestContext
    ) -> Answer | None:
        """Return the answer; None where a subject names no paper of the store. Raises StoreEmpty and StoreError.

        What points back, without a subject, is about the papers of the last answer: the one that was asked about, or
        its first.
        """
        told: dict[str, _Told] = {}
        facts: list[tuple[Fact, str]] = []
        for wish in wishes:
            papers = await (self._named(wish.subject) if wish.subject else self._before(history, several=wish.several))
            if not papers and not wish.subject and not any(turn.titles for turn in history):
                index = await self._searcher.index()
                draft = AnswerDraft.of_papers(Task.ANSWER, question, (), index, context)
                return draft.answer(Kind.NOTHING, notice=POINTS_BACK.localized())
            if not papers:
                return None
            for each in papers:
                told.setdefault(each.paper.key, each)
                facts.append((wish.fact, each.paper.key))
        index = await self._searcher.index()
        draft = AnswerDraft.of_papers(Task.ANSWER, question, [each.paper for each in told.values()], index, context)
        numbers = {source.paper.key: source.number for source in draft.sources}
        statements = [_statement(fact, told[key], numbers[key]) for fact, key in dict.fromkeys(facts)]
        return draft.answer(Kind.ANSWER, statements=statements)

    async def _named(self, subject: str) -> list[_Told]:
        """Return the paper that a text names or, for several names, theirs; none where one of them names none."""
        if whole := await self._one(subject):
            return [_Told(whole, _called(subject, whole))]
        parts = [part.strip() for part in _split(subject)]
        if not 1 < len(parts) <= MOST_PAPERS:
            return []
        found = [await self._one(part) for part in parts]
        if not all(found):
            return []
        return [_Told(paper, _called(part, paper)) for part, paper in zip(parts, found, strict=True) if paper]

    async def _one(self, subject: str) -> Paper | None:
        """Return the paper with this id or title, with this name, or the only one whose title has these words."""
        try:
            resolved = await self._subjects.resolve([subject])
        except QuestionError:  # an id that is nowhere, which the search tells better
            return None
        if len(resolved) == 1 and resolved[0].paper:
            return resolved[0].paper
        found = await self._searcher.search(Query(question=subject), limit=_LOOKED_AT)
        by_key = {paper.key: paper for paper in found.papers}
        if named := next((by_key[key] for key in found.named if key in by_key), None):
            return named
        asked = set(tokenize(subject))
        rare = lucene_idf(found.index.size, _MOST_WITH_NAME)
        own = [paper for paper in found.papers if asked and asked == set(tokenize(title_name(paper.title)))]
        if not any(found.index.idf(term) >= rare for term in asked):
            own = []  # "who invented attention?" asks for no paper that is called so
        titled = [paper for paper in found.papers if _nearly_titled(asked, set(tokenize(paper.title)))]
        return next((papers[0] for papers in (own, titled) if len(papers) == 1), None)

    async def _before(self, history: Sequence[Turn], *, several: bool) -> list[_Told]:
        """Return the papers that the last answer was from: all of them, or the one that its question named."""
        titles = next((turn.titles for turn in reversed(history) if turn.titles), ())
        found = [await self._subjects.titled(title) for title in titles[:MOST_PAPERS]]
        papers = [paper for paper in found if paper]
        asked = next((turn.content for turn in reversed(history) if turn.role == "user"), "")
        if not several and len(papers) > 1:
            papers = [next((paper for paper in papers if _name_in(asked, paper)), papers[0])]
        return [_Told(paper, _name_in(asked, paper) or _called("", paper)) for paper in papers]


def _nearly_titled(asked: set[str], title: set[str]) -> bool:
    """Whether these terms are most of a title: "contrastive learning" is the name of no paper that has it there."""
    if len(asked) < 2 or not asked <= title:
        return False
    return len(asked) >= _TITLE_TERMS or len(asked) >= _TITLE_SHARE * len(title)


def _name_in(asked: str, paper: Paper) -> str:
    """Return the name by which a question named a paper; empty where it didn't."""
    name = title_name(_clean(readable(paper.title)))
    terms = set(tokenize(name))
    if terms and terms <= set(tokenize(asked)) and len(name.split()) <= _NAME_WORDS:
        return name
    return next((word for word in _WORD.findall(asked) if any(map(str.isupper, word)) and own_name(paper, word)), "")


def _split(subject: str) -> list[str]:
    for mark in (" and ", " und ", " et ", ", "):
        if mark in subject:
            return subject.split(mark)
    return [subject]


def _called(subject: str, paper: Paper) -> str:
    """Return what a paper is called: as it was asked for, where that is a name, by its own name or by its title."""
    typed = _clean(subject)
    name = title_name(_clean(readable(paper.title)))
    if typed and typed.casefold() == name.casefold():
        return name
    is_short = len(typed) <= _NAME_LIMIT and len(typed.split()) <= _NAME_WORDS
    if typed and is_short and not arxiv_ids(typed) and any(map(str.isupper, typed)):
        return typed
    if name and len(name.split()) <= _NAME_WORDS:
        return name
    return gettext("“{title}”").format(title=shorten(_clean(readable(paper.title)), _NAME_LIMIT))


def _statement(fact: Fact, told: _Told, number: int) -> Statement:
    text = " ".join(_SAID[fact](told.paper, told.name))
    return Statement(text, (number,), evidence=(Evidence(number, _record(told.paper, fact)),))


def _record(paper: Paper, fact: Fact) -> str:
    """Return what the store knows of a paper beside its text and, where they were asked for, its numbers."""
    record = one_line(SourceText(paper).record)
    value = getattr(paper, fact.value, None)
    if fact not in _NUMBERS or value is None:
        return record or one_line(paper.title)
    return f"{record.removesuffix('.')}; {value} {fact.value}." if record else f"From the record: {value} {fact.value}."


def _authors(paper: Paper, name: str) -> list[str]:
    if paper.authors:
        total = max(len(paper.authors), paper.author_count or 0)
        names = and_more(", ".join(map(_clean, paper.authors[:_AUTHORS])), total - min(len(paper.authors), _AUTHORS))
        said = [gettext("The authors of {paper}: {names}.").format(paper=name, names=names)]
    elif paper.author_count:
        only = ngettext(
            "{paper} has {number} author; the store doesn't have the name.",
            "{paper} has {number} authors; the store doesn't have their names.",
            paper.author_count,
        )
        said = [only.format(paper=name, number=number_of(paper.author_count))]
    else:
        said = [gettext("The authors of {paper} aren't known.").format(paper=name)]
    if paper.organisation:
        said += _organisation(paper, name)
    return said


def _author_count(paper: Paper, name: str) -> list[str]:
    total = max(len(paper.authors), paper.author_count or 0)
    if not total:
        return [gettext("The authors of {paper} aren't known.").format(paper=name)]
    said = ngettext("{paper} has {number} author.", "{paper} has {number} authors.", total)
    return [said.format(paper=name, number=number_of(total))]


def _date(paper: Paper, name: str) -> list[str]:
    if paper.published is None and paper.listed is None:
        return [gettext("The date of {paper} isn't known.").format(paper=name)]
    said: list[str] = []
    if paper.published:
        said.append(gettext("{paper} was first published on {day}.").format(paper=name, day=day(paper.published)))
    if paper.listed and paper.listed != paper.published:
        said.append(gettext("{paper} was on the list of {day}.").format(paper=name, day=day(paper.listed)))
    return said


def _venue(paper: Paper, name: str) -> list[str]:
    if not paper.venue:
        return [gettext("No venue is known for {paper}.").format(paper=name)]
    return [gettext("The venue of {paper}: {venue}.").format(paper=name, venue=_clean(paper.venue))]


def _code(paper: Paper, name: str) -> list[str]:
    if not paper.code_url:
        return [gettext("No code is known for {paper}.").format(paper=name)]
    return [gettext("Yes, there is code for {paper}; see the link.").format(paper=name)]


def _organisation(paper: Paper, name: str) -> list[str]:
    if not paper.organisation:
        return [gettext("No lab or organisation is known for {paper}.").format(paper=name)]
    said = gettext("{paper} is from {organisation}.")
    return [said.format(paper=name, organisation=_clean(paper.organisation))]


def _link(paper: Paper, name: str) -> list[str]:
    if not paper.arxiv_id:
        return [gettext("No arXiv id is known for {paper}; the link searches arXiv for its title.").format(paper=name)]
    return [gettext("The arXiv id of {paper} is {id}.").format(paper=name, id=paper.arxiv_id)]


def _withdrawn(paper: Paper, name: str) -> list[str]:
    if not paper.withdrawn:
        return [gettext("The store knows of no withdrawal of {paper}.").format(paper=name)]
    return [gettext("{paper} was withdrawn on {day}.").format(paper=name, day=day(paper.withdrawn))]


def _count(field: CountField) -> Callable[[Paper, str], list[str]]:
    def said(paper: Paper, name: str) -> list[str]:
        number: int | None = getattr(paper, field)
        if number is None:
            unknown = {
                "upvotes": gettext("How many upvotes {paper} has isn't known."),
                "comments": gettext("How many comments {paper} has isn't known."),
                "stars": gettext("How many GitHub stars the code of {paper} has isn't known."),
            }
            return [unknown[field].format(paper=name)]
        return [gettext("{paper} has {count}.").format(paper=name, count=counted(field, number))]

    return said


def _clean(text: str) -> str:
    """Return a name of a record as it may be shown: the one of a hostile paper may hold anything."""
    return shorten(one_line(clean_model_text(text)), _NAME_LIMIT * 2)


_SAID: dict[Fact, Callable[[Paper, str], list[str]]] = {
    Fact.AUTHORS: _authors,
    Fact.AUTHOR_COUNT: _author_count,
    Fact.DATE: _date,
    Fact.VENUE: _venue,
    Fact.CODE: _code,
    Fact.UPVOTES: _count("upvotes"),
    Fact.COMMENTS: _count("comments"),
    Fact.STARS: _count("stars"),
    Fact.ORGANISATION: _organisation,
    Fact.LINK: _link,
    Fact.WITHDRAWN: _withdrawn,
}
