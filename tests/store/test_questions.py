"""The questions for papers in the store: when one waits, and what is found by them."""

from collections.abc import Sequence
from dataclasses import replace

from bot.search.query.filters import Filters
from bot.search.ranking.second_stage import Query
from bot.search.searcher import Searcher
from bot.store.database import Database
from bot.store.documents import SqliteDocuments
from bot.store.papers import SqlitePaperStore
from bot.store.questions import PaperQuestionStore
from tests.factories import make_paper

KETTLE = make_paper(title="Whistles", abstract="Kettles whistle.", arxiv_id=None)
POT = make_paper(title="Rattles", abstract="Pots rattle.", arxiv_id="2401.00002")
ASKED = ("why is my boiler noisy?",)


class Kept:
    """A store with its search."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.papers = SqlitePaperStore(database=database)
        self.questions = PaperQuestionStore(database=database)
        self.searcher = Searcher(papers=self.papers, documents=SqliteDocuments(database=database))

    async def waiting(self) -> Sequence[str]:
        return sorted(paper.title for paper in await self.questions.waiting(10))

    async def found(self, question: str) -> list[str]:
        return [paper.title for paper in (await self.searcher.search(Query(question=question), limit=5)).papers]


async def filled(database: Database) -> Kept:
    kept = Kept(database)
    await kept.papers.upsert([KETTLE, POT], now=1.0)
    await kept.searcher.index()
    return kept


async def test_a_paper_is_found_by_a_question_that_shares_no_word_with_it(database: Database) -> None:
    kept = await filled(database)
    assert await kept.found("noisy boiler") == []
    assert await kept.questions.save({KETTLE: ASKED}) == 1
    assert await kept.found("noisy boiler") == ["Whistles"]
    assert await kept.waiting() == ["Rattles"]
    # A later process reads the same index.
    assert await Kept(database).found("noisy boiler") == ["Whistles"]


async def test_questions_are_no_words_of_the_paper(database: Database) -> None:
    kept = await filled(database)
    await kept.questions.save({KETTLE: ASKED})
    index = await kept.searcher.index()
    assert index.days_with(["boiler"]) == []
    assert "boiler" not in set(index.vocabulary())
    assert index.size == 2


async def test_filters_hold_for_what_is_found_by_questions(database: Database) -> None:
    kept = await filled(database)
    await kept.questions.save({KETTLE: ASKED, POT: ASKED})
    only = Query(question="noisy boiler", filters=Filters(keys=frozenset({POT.key})))
    assert [paper.title for paper in (await kept.searcher.search(only, limit=5)).papers] == ["Rattles"]


async def test_scores_without_questions_are_as_before(database: Database) -> None:
    kept = await filled(database)
    before = (await kept.searcher.search(Query(question="kettles"), limit=5)).hits
    await kept.questions.save({KETTLE: (), POT: ()})
    assert (await kept.searcher.search(Query(question="kettles"), limit=5)).hits == before
    assert await kept.waiting() == []


async def test_importing_a_paper_again_keeps_its_questions(database: Database) -> None:
    kept = await filled(database)
    await kept.questions.save({KETTLE: ASKED, POT: ASKED})
    await kept.papers.upsert([KETTLE, replace(POT, upvotes=7)], now=2.0)
    assert await kept.waiting() == []
    # Its arXiv id becomes known, and with it another key.
    await kept.papers.upsert([replace(KETTLE, arxiv_id="2401.00001")], now=3.0)
    assert await kept.waiting() == []
    assert sorted(await kept.found("noisy boiler")) == ["Rattles", "Whistles"]


async def test_a_changed_abstract_is_asked_about_again(database: Database) -> None:
    kept = await filled(database)
    await kept.questions.save({KETTLE: ASKED})
    changed = replace(KETTLE, abstract="Kettles hum.")
    await kept.papers.upsert([changed], now=2.0)
    assert await kept.found("noisy boiler") == []
    assert await kept.waiting() == ["Rattles", "Whistles"]
    assert await kept.questions.save({KETTLE: ASKED}) == 0, "written from the abstract that is gone"
    assert await kept.questions.save({changed: ("what hums at home?",)}) == 1
    assert await kept.found("home") == ["Whistles"]


async def test_the_questions_of_deleted_papers_go(database: Database) -> None:
    kept = await filled(database)
    await kept.questions.save({KETTLE: ASKED, POT: ASKED})
    await database.change("DELETE FROM papers WHERE key = ?", (KETTLE.key,))
    assert [row["paper"] for row in await database.rows("SELECT paper FROM paper_questions")] == [POT.key]
    counts = await kept.questions.counts()
    assert (counts.waiting, counts.papers, counts.expanded) == (0, 1, 1)


async def test_the_next_papers_are_looked_up_by_an_index(database: Database) -> None:
    [plan, *_] = await database.rows(
        "EXPLAIN QUERY PLAN SELECT * FROM papers WHERE questioned = 0 ORDER BY published DESC, rowid DESC LIMIT 8"
    )
    assert "papers_to_question" in plan["detail"]
