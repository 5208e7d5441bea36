"""Lists, counts and facts of the record, asked of the assistant: from the store, without a model."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.answers.answer import Answer, Kind
from bot.answers.request import RequestContext
from bot.app import App
from bot.search.query.filters import Filters
from tests.answers.asking import ANN, answer_of, with_model, within
from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.factories import make_paper
from tests.fakes.model_server import FakeModel

SATURDAY = datetime(2026, 11, 28, 12, tzinfo=UTC)
PRUNE = make_paper(
    title="PruneKettle: Pruning Kettles Without Data",
    abstract="We prune kettles without data; pruning keeps the whistle.",
    arxiv_id="2611.00001",
    authors=("Mira Okafor",),
    author_count=1,
    published=date(2026, 11, 24),
    upvotes=212,
    comments=7,
    code_url="https://github.com/okafor/prune",
    organisation="Google DeepMind",
    venue="NeurIPS 2026",
)
FED = make_paper(
    title="FedKettle: Federated Learning Across Kitchens",
    abstract="Federated learning trains one model across kitchens.",
    arxiv_id="2611.00002",
    authors=("Jonas Feld", "Ana Ruiz"),
    author_count=2,
    published=date(2026, 11, 23),
    upvotes=95,
    comments=12,
)
OLD = make_paper(
    title="Pruning Spouts at Initialisation",
    abstract="We revisit pruning of spouts at initialisation.",
    arxiv_id="2009.00003",
    author_count=3,
    published=date(2020, 9, 14),
    upvotes=18,
    venue="NeurIPS 2020",
)
SURVEY = make_paper(
    title="A Survey of Kettle Pruning",
    abstract="This survey reviews pruning for kettles.",
    arxiv_id="2010.00004",
    authors=("Sara Lind",),
    author_count=1,
    published=date(2020, 10, 21),
    code_url="https://github.com/lind/survey",
)
PAPERS = [PRUNE, FED, OLD, SURVEY]


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    async with sample_app(tmp_path, papers=PAPERS, clock=FakeClock(SATURDAY)) as opened:
        yield opened


async def ask(app: App, question: str, context: RequestContext = RequestContext()) -> Answer:
    return await answer_of(app.assistant.ask(question, context=context))


def keys(answer: Answer) -> list[str]:
    return [source.paper.key for source in answer.sources]


@pytest.mark.parametrize(
    ("question", "papers", "notice"),
    [
        (
            "papers about pruning in 2020",
            {OLD, SURVEY},
            "2 papers from 1 Jan 2020 to 31 Dec 2020 have every word of “pruning” in their title or abstract.",
        ),
        (
            "how many papers are there on federated learning?",
            {FED},
            "1 paper has every word of “federated learning” in its title or abstract.",
        ),
        ("papers with more than 90 upvotes", {PRUNE, FED}, "2 papers with at least 91 upvotes."),
        ("solo papers with code", {PRUNE, SURVEY}, "2 papers with code by a single author."),
        ("survey papers", {SURVEY}, "1 paper classed as survey."),
        ("how many papers do you have?", set(PAPERS), "4 papers in the store."),
        (
            "papers at NeurIPS 2026 with code on pruning",
            {PRUNE},
            "1 paper at NeurIPS 2026 with code has every word of “pruning” in its title or abstract.",
        ),
        (
            "Wie viele Paper gibt es zu Pruning?",
            {PRUNE, OLD, SURVEY},
            "3 Papers haben alle Wörter von „Pruning“ in Titel oder Abstract.",
        ),
        ("Zeig mir alle Paper mit Code", {PRUNE, SURVEY}, "2 Papers mit Code."),
        (
            "combien d'articles sur le pruning ?",
            {PRUNE, OLD, SURVEY},
            "3 articles contiennent tous les mots de « pruning » dans leur titre ou leur résumé.",
        ),
        ("quels articles avez-vous avec du code ?", {PRUNE, SURVEY}, "2 articles avec code."),
    ],
)
async def test_a_list_has_every_paper_that_fits_and_says_how_it_was_counted(
    app: App, question: str, papers: set[object], notice: str
) -> None:
    answer = await ask(app, question)
    assert answer.kind is Kind.PAPERS
    assert {source.paper for source in answer.sources} == papers
    assert answer.notice == notice
    assert answer.statements == ()


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("most upvoted papers", PRUNE),
        ("die beliebtesten Paper", PRUNE),
        ("les articles les plus populaires", PRUNE),
        ("most commented papers on pruning", PRUNE),
        ("oldest papers on pruning", OLD),
        ("newest papers on pruning", PRUNE),
    ],
)
async def test_what_shall_come_first_does(app: App, question: str, first: object) -> None:
    assert (await ask(app, question)).sources[0].paper == first


async def test_the_one_with_the_highest_number_is_named(app: App) -> None:
    answer = await ask(app, "which paper has the most comments?")
    assert keys(answer) == [FED.key]
    assert answer.notice == "The highest number, 12 comments, has “FedKettle: Federated Learning Across Kitchens”."


async def test_a_long_list_shows_its_first_papers_and_keeps_the_others(tmp_path: Path) -> None:
    papers = [make_paper(title=f"Kettle {n}", arxiv_id=f"2401.{n:05}", upvotes=n) for n in range(1, 31)]
    async with sample_app(tmp_path, papers=papers) as app:
        answer = await ask(app, "list the most upvoted papers on kettles")
        assert [source.paper.upvotes for source in answer.sources] == [30, 29, 28, 27, 26]
        assert (answer.notice or "").endswith("The first 5, most upvotes first:")
        assert len(answer.list_keys) == 30
        assert answer.id is not None
        kept = await app.archive.get(answer.id)
        assert kept == answer
        assert [paper.upvotes for paper in await app.assistant.papers(answer.list_keys[5:7])] == [25, 24]


@pytest.mark.parametrize(
    ("question", "papers"),
    [
        ("what's new this week?", [PRUNE, FED]),
        ("anything interesting this week?", [PRUNE, FED]),
        ("trending this month", [PRUNE, FED]),
        ("the most upvoted this week", [PRUNE, FED]),
        ("which has the most comments this week?", [FED]),
        ("what's new?", [PRUNE]),
    ],
)
async def test_what_came_lately_is_listed_as_the_commands_list_it(
    app: App, question: str, papers: list[object]
) -> None:
    answer = await ask(app, question)
    assert [source.paper for source in answer.sources] == papers


async def test_where_nothing_came_it_is_said_and_the_newest_are_offered(app: App) -> None:
    answer = await ask(app, "anything interesting today?")
    assert answer.notice == (
        "No paper in the store was listed or published in this period: 28 Nov 2026. The newest are from 24 Nov 2026:"
    )
    assert keys(answer) == [PRUNE.key]


async def test_where_the_conditions_leave_nothing_no_other_paper_is_shown(app: App) -> None:
    answer = await ask(app, "federated learning papers in 2020")
    assert (answer.kind, answer.sources) == (Kind.NOTHING, ())
    assert answer.notice == (
        "No paper from 1 Jan 2020 to 31 Dec 2020 has every word of “federated learning” in its title or abstract. "
        "Without these conditions there is 1. The newest of all is from 23 Nov 2026: “FedKettle: Federated Learning "
        "Across Kitchens”."
    )
    answer = await ask(app, "papers at NeurIPS 2020 with code")
    assert answer.notice == "The store has no papers at NeurIPS 2020 with code."


@pytest.mark.parametrize(
    ("question", "notice"),
    [
        ("papers by Hinton", "The store has no papers by Hinton. Author names are known for 3 of its 4 papers."),
        ("papers at ICLR 2024", "The store has no papers at ICLR 2024. The venue is known for 2 of its 4 papers."),
        ("Paper von Hinton", "Im Bestand gibt es keine Papers von Hinton."),
        ("articles de Hinton", "La base ne contient aucun article par Hinton."),
    ],
)
async def test_an_unknown_name_is_told_and_never_searched_for(app: App, question: str, notice: str) -> None:
    answer = await ask(app, question)
    assert (answer.kind, answer.sources) == (Kind.NOTHING, ())
    assert "Hinton" in (answer.notice or "") or "ICLR" in (answer.notice or "")
    if question.startswith("papers"):
        assert answer.notice == notice


async def test_where_labs_are_seldom_known_the_topic_is_shown_and_marked(app: App) -> None:
    answer = await ask(app, "what has OpenAI published on pruning?")
    assert answer.notice == (
        "The store has no papers from OpenAI. The lab or organisation is known for 1 of its 4 papers. "
        "3 papers have every word of “pruning” in their title or abstract."
    )
    assert len(answer.sources) == 3


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("who wrote FedKettle?", "The authors of FedKettle: Jonas Feld, Ana Ruiz."),
        ("who is behind PruneKettle?", "The authors of PruneKettle: Mira Okafor. PruneKettle is from Google DeepMind."),
        ("when did FedKettle come out?", "FedKettle was first published on 23 Nov 2026."),
        ("where was PruneKettle published?", "The venue of PruneKettle: NeurIPS 2026."),
        ("how many authors does FedKettle have?", "FedKettle has 2 authors."),
        ("is there code for FedKettle?", "No code is known for FedKettle."),
        ("does PruneKettle have code?", "Yes, there is code for PruneKettle; see the link."),
        ("how many upvotes has PruneKettle?", "PruneKettle has 212 upvotes."),
        ("what is the arXiv id of FedKettle?", "The arXiv id of FedKettle is 2611.00002."),
        ("who wrote 2611.00002?", "The authors of FedKettle: Jonas Feld, Ana Ruiz."),
        (
            "who wrote pruning spouts at initialisation?",
            "“Pruning Spouts at Initialisation” has 3 authors; the store",
        ),
        ("Wer hat FedKettle geschrieben?", "Die Autoren von FedKettle: Jonas Feld, Ana Ruiz."),
        ("Gibt es Code zu FedKettle?", "Zu FedKettle ist kein Code bekannt."),
        ("Wie viele Upvotes hat PruneKettle?", "PruneKettle hat 212 Upvotes."),
        ("Qui a écrit FedKettle ?", "Les auteurs de FedKettle : Jonas Feld, Ana Ruiz."),
        ("y a-t-il du code pour FedKettle ?", "Aucun code n’est connu pour FedKettle."),
    ],
)
async def test_a_fact_comes_from_the_record_with_its_source(app: App, question: str, said: str) -> None:
    answer = await ask(app, question)
    assert answer.kind is Kind.ANSWER
    [statement] = answer.statements
    assert statement.text.startswith(said)
    assert statement.citations == (1,)
    assert statement.evidence[0].sentence.startswith("From the record: ")
    assert len(answer.sources) == 1


async def test_a_fact_is_about_the_paper_of_the_conversation(app: App) -> None:
    conversation = app.conversations.start("console", ANN)
    await ask(app, "what is FedKettle?", within(conversation))
    answer = await ask(app, "does it have code and who wrote it?", within(conversation))
    assert [said.text for said in answer.statements] == [
        "No code is known for FedKettle.",
        "The authors of FedKettle: Jonas Feld, Ana Ruiz.",
    ]
    again = await ask(app, "when was it published?", within(conversation))
    assert again.statements[0].text == "FedKettle was first published on 23 Nov 2026."


async def test_a_list_can_be_narrowed_to_the_papers_that_were_shown(app: App) -> None:
    conversation = app.conversations.start("console", ANN)
    await ask(app, "papers on pruning", within(conversation))
    answer = await ask(app, "which of these has code?", within(conversation))
    assert set(keys(answer)) == {PRUNE.key, SURVEY.key}
    answer = await ask(app, "do they have code?", within(conversation))
    assert len(answer.statements) == 2


@pytest.mark.parametrize("question", ["anything newer?", "gibt es was Neueres?", "quelque chose de plus récent ?"])
async def test_newer_papers_like_the_one_before_are_found(app: App, question: str) -> None:
    conversation = app.conversations.start("console", ANN)
    await ask(app, "what is Pruning Spouts at Initialisation?", within(conversation))
    answer = await ask(app, question, within(conversation))
    assert keys(answer) == [PRUNE.key, SURVEY.key]
    again = await ask(app, "anything newer?", within(conversation))
    assert again.notice == "No paper like “PruneKettle: Pruning Kettles Without Data” is newer than 24 Nov 2026."


@pytest.mark.parametrize(
    "question", ["does it have code?", "anything newer?", "which of these has code?", "who wrote this paper?"]
)
async def test_what_points_back_at_nothing_is_told(app: App, question: str) -> None:
    answer = await ask(app, question)
    assert answer.notice == "This refers to something earlier, but there's nothing before it. Name the paper or topic."


@pytest.mark.parametrize(
    "question",
    [
        "how many kitchens does FedKettle need?",
        "which papers show that pruning keeps the whistle?",
        "who wrote the book on tea?",
        "who invented federated learning?",
        "when did pruning come out?",
        "is there code for tea bags?",
    ],
)
async def test_a_question_stays_one(app: App, question: str) -> None:
    answer = await ask(app, question)
    assert answer.kind in {Kind.EXTRACTS, Kind.CLOSEST, Kind.NOTHING}
    assert "every word" not in (answer.notice or "")


async def test_the_filters_of_a_request_hold_too(app: App) -> None:
    context = RequestContext(filters=Filters(after=date(2026, 1, 1)))
    assert keys(await ask(app, "papers on pruning", context)) == [PRUNE.key]


async def test_the_papers_of_a_digest_come_first(app: App) -> None:
    context = RequestContext(among=frozenset({OLD.key, SURVEY.key}))
    assert set(keys(await ask(app, "papers on pruning", context))) == {OLD.key, SURVEY.key}
    assert keys(await ask(app, "papers on federated learning", context)) == [FED.key]


async def test_no_model_is_asked(tmp_path: Path) -> None:
    async with FakeModel() as model:
        async with sample_app(tmp_path, papers=PAPERS, openai=with_model(model)) as app:
            for question in ("papers on pruning", "who wrote FedKettle?", "what's new?"):
                await ask(app, question)
    assert model.requests == []
