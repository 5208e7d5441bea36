"""Summaries of one paper, of several, of a topic within a span: each paper once, each line checked or verbatim."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.answers.answer import Answer, Kind, Task
from bot.answers.events import RowReady
from bot.answers.grounding.check import MOST_COPIED, copied_share
from bot.answers.request import RequestContext
from bot.answers.summaries import LABELS
from bot.answers.topic_summary import IN_SHORT
from bot.app import App
from bot.errors.requests import PaperUnknown, QuestionEmpty
from bot.errors.services import ModelDown
from bot.search.query.filters import Filters
from tests.answers.asking import answer_of, assert_checked, assert_events_checked, events_of, with_model
from tests.apps import sample_app
from tests.factories import make_paper
from tests.fakes.model_behaviours import fails, faithful, says
from tests.fakes.model_server import Behaviour, FakeModel, Json, Reply, in_pieces, sources_of

VESSELS = ("Kettles", "Pots", "Pans", "Lids", "Cups", "Jugs")
PAPERS = [
    make_paper(
        title=f"{name} That Whistle",
        arxiv_id=f"2401.0000{number}",
        published=date(2024, number, 1),
        abstract=f"{name} whistle, but nobody knows why. We present {name[:-1]}Net, a network that listens to {name}. "
        f"It reaches {90 + number}% accuracy on recordings. Our results hold for small {name} only.",
    )
    for number, name in enumerate(VESSELS, start=1)
]
KEYS = [paper.key for paper in PAPERS]


QUOTED = (
    "Quoted lines come word for word from abstracts because the model left them out or what it wrote failed the checks."
)


async def summary_of(app: App, *subjects: str, filters: Filters = Filters()) -> Answer:
    events = await events_of(app.assistant.summarise(subjects, context=RequestContext(filters=filters)))
    assert_events_checked(events)
    assert events.done.task is Task.SUMMARY
    return events.done


def told(answer: Answer) -> dict[str, list[str]]:
    """Return the lines of a summary: a label and its sentences."""
    return {row.label: [statement.text for statement in row.cells[0]] for row in answer.rows}


@pytest.mark.parametrize(
    "name",
    [
        *("2401.00001", "arXiv:2401.00001v2", "https://arxiv.org/abs/2401.00001", "https://arxiv.org/pdf/2401.00001v3"),
        *("Kettles That Whistle", "“kettles that whistle”"),
    ],
)
@pytest.mark.parametrize("configured", [True, False], ids=["model", "no model"])
async def test_one_paper_by_its_id_link_or_title(tmp_path: Path, model: FakeModel, name: str, configured: bool) -> None:
    async with sample_app(tmp_path, papers=PAPERS, openai=with_model(model) if configured else {}) as app:
        answer = await summary_of(app, name)
    assert answer.kind is (Kind.ANSWER if configured else Kind.EXTRACTS)
    assert [source.paper.key for source in answer.sources] == [KEYS[0]]
    # A model that copies has nothing in short.
    assert [row.label for row in answer.rows] == list(LABELS)[1 if configured else 0 :]
    assert answer.question == answer.columns[0].name == "Kettles That Whistle"
    assert answer.statements == ()


async def test_the_rows_of_one_paper_are_told_with_evidence(tmp_path: Path, model: FakeModel) -> None:
    model.behaviour = says(
        "In short | 1 | KettleNet, which listens to small Kettles, is a network [1]\n"
        "Problem | 1 | Nobody knows why kettles whistle [1].\n"
        "Method | 1 | KettleNet listens to Kettles [1].\n"
        "Result | 1 | It reaches 91% accuracy [1].\n"
        "Limits | 1 | not stated"
    )
    async with sample_app(tmp_path, papers=PAPERS, openai=with_model(model)) as app:
        answer = await summary_of(app, KEYS[0])
    assert told(answer) == {
        "In short": ["KettleNet, which listens to small Kettles, is a network"],
        "Problem": ["Nobody knows why kettles whistle."],
        "Method": ["KettleNet listens to Kettles."],
        "Result": ["It reaches 91% accuracy."],
        "Limits": [],
    }
    [result] = answer.rows[3].cells[0]
    assert [evidence.sentence for evidence in result.evidence] == ["It reaches 91% accuracy on recordings."]
    assert len(model.answered) == 1


async def test_what_is_in_short_is_not_copied(tmp_path: Path, model: FakeModel) -> None:
    copied = PAPERS[0].abstract.split(". ")[1]
    own = "KettleNet, which listens to small Kettles, is a network"
    model.script(
        says(f"In short | 1 | {copied} [1]\nResult | 1 | It reaches 91% accuracy [1]."), says(f"A: {own} [1].")
    )
    async with sample_app(tmp_path, papers=PAPERS, openai=with_model(model)) as app:
        answer = await summary_of(app, KEYS[0])
    assert told(answer)[IN_SHORT] == [f"{own}."]
    assert "it is copied, not put in other words" in model.answered[1]["messages"][1]["content"]


@pytest.mark.parametrize("name", ["Quantized Spike-driven Transformer", *VESSELS[:2]])
async def test_no_summary_by_a_model_that_copies_has_a_copy_in_short(
    tmp_path: Path, model: FakeModel, name: str
) -> None:
    title = f"{name} That Whistle" if name in VESSELS else name
    async with sample_app(tmp_path, openai=with_model(model)) as app:
        await app.papers.upsert(PAPERS, now=app.clock().timestamp())
        answer = await summary_of(app, title)
    in_short = [row for row in answer.rows if row.label == "In short"]
    for statement in (statement for row in in_short for cell in row.cells for statement in cell):
        assert copied_share(statement.text, answer.sources[0].paper.abstract) <= MOST_COPIED
    assert [row.label for row in answer.rows][-4:] == list(LABELS)[1:]


def in_own_words(request: Json) -> Reply:
    """Write a line for each paper, and the overview from the abstracts' beginnings."""
    if "Write the overview now." in request["messages"][1]["content"]:
        return faithful(request)
    vessels = {number: text.split()[0] for number, text in sources_of(request).items()}
    lines = (
        f"In short | {number} | {name[:-1]}Net, which listens to small {name}, is a network [{number}]."
        for number, name in vessels.items()
    )
    return Reply(in_pieces("\n".join(lines)))


async def test_several_papers_have_one_line_each_in_order_and_an_overview(tmp_path: Path, model: FakeModel) -> None:
    model.behaviour = in_own_words
    async with sample_app(tmp_path, papers=PAPERS, openai=with_model(model)) as app:
        answer = await summary_of(app, KEYS[2], "Cups That Whistle", KEYS[0], KEYS[1], KEYS[5])
    assert [row.label for row in answer.rows] == [PAPERS[at].title for at in (2, 4, 0, 1, 5)]
    assert all(row.cells[0] for row in answer.rows)
    assert answer.statements, "the overview"
    assert [len(sources_of(request)) for request in model.answered] == [4, 1, 5], "two batches and the overview"
    assert answer.notice is None


async def test_ids_in_one_text_are_several_papers_and_the_same_one_counts_once(
    tmp_path: Path, model: FakeModel
) -> None:
    async with sample_app(tmp_path, papers=PAPERS, openai=with_model(model)) as app:
        answer = await summary_of(app, f"{KEYS[1]}, {KEYS[0]} and {KEYS[1]}v2", "Pots That Whistle")
        alone = await summary_of(app, KEYS[0], "Kettles That Whistle")
    assert [row.label for row in answer.rows] == ["Pots That Whistle", "Kettles That Whistle"]
    assert [row.label for row in alone.rows] == list(LABELS)[1:]  # the model copies, which is no summary


async def test_a_paper_whose_line_fails_has_a_verbatim_one(tmp_path: Path, model: FakeModel) -> None:
    model.script(
        says(
            "In short | 1 | KettleNet hears kettles [1].\nIn short | 2 | PotNet gets 99% [2].\n"
            "In short | 3 | PanNet hears pans [3].\nResult | 3 | It gets 93% accuracy [3]."
        ),
        faithful,
    )
    async with sample_app(tmp_path, papers=PAPERS, openai=with_model(model)) as app:
        answer = await summary_of(app, *KEYS[:3])
    assert [row.label for row in answer.rows] == [paper.title for paper in PAPERS[:3]]
    [pots] = answer.rows[1].cells[0]
    assert pots.evidence == ()
    assert pots.text in PAPERS[1].abstract
    assert answer.kind is Kind.ANSWER
    assert answer.notice == QUOTED


async def test_papers_of_a_batch_that_fails_have_verbatim_lines(tmp_path: Path, model: FakeModel) -> None:
    model.script(in_own_words)
    model.behaviour = fails(500, **{"retry-after-ms": "5"})
    async with sample_app(tmp_path, papers=PAPERS, openai=with_model(model)) as app:
        answer = await summary_of(app, *KEYS)
    assert [row.label for row in answer.rows] == [paper.title for paper in PAPERS]
    verbatim = [not statement.evidence for row in answer.rows for statement in row.cells[0][:1]]
    assert verbatim == [False, False, False, False, True, True]
    assert type(answer.failure) is ModelDown
    assert answer.notice == (
        "Quoted lines come word for word from abstracts because the model server is unreachable or failing."
    )


async def test_an_overview_that_fails_leaves_the_lines(tmp_path: Path, model: FakeModel) -> None:
    model.script(in_own_words, fails(401))
    async with sample_app(tmp_path, papers=PAPERS, openai=with_model(model)) as app:
        answer = await summary_of(app, *KEYS[:3])
    assert all(statement.evidence for row in answer.rows for statement in row.cells[0])
    assert answer.statements == ()
    assert answer.notice is not None
    assert "the model server rejected the key" in answer.notice


async def test_the_overview_is_checked_against_the_abstracts(tmp_path: Path, model: FakeModel) -> None:
    def overview(request: Json) -> Reply:
        if "Write the overview now." in request["messages"][1]["content"]:
            wrong, right = "All three reach 99% [1][2][3].", "KettleNet and PotNet listen to Kettles and Pots [1][2]."
            return Reply(in_pieces(f"{right} {wrong}"))
        return in_own_words(request)

    model.behaviour = overview
    async with sample_app(tmp_path, papers=PAPERS, openai=with_model(model)) as app:
        answer = await summary_of(app, *KEYS[:3])
    assert [statement.text for statement in answer.statements] == ["KettleNet and PotNet listen to Kettles and Pots."]
    assert answer.statements[0].citations == (1, 2)


@pytest.mark.parametrize("configured", [True, False], ids=["model", "no model"])
async def test_a_topic_within_a_span(tmp_path: Path, model: FakeModel, configured: bool) -> None:
    async with sample_app(tmp_path, papers=PAPERS, openai=with_model(model) if configured else {}) as app:
        span = Filters(after=date(2024, 2, 1), before=date(2024, 3, 31))
        answer = await summary_of(app, "what whistles", filters=span)
        empty = await summary_of(app, "what whistles", filters=Filters(after=date(2025, 1, 1)))
        worded = await summary_of(app, "what whistles in May 2024")
    assert {row.label for row in answer.rows} == {"Pots That Whistle", "Pans That Whistle"}
    assert (answer.searched, answer.span) == (2, (date(2024, 2, 1), date(2024, 3, 1)))
    assert (empty.kind, empty.rows) == (Kind.NOTHING, ())
    assert empty.notice == "Nothing came since 1 Jan 2025; the newest papers are of 1 Jun 2024."
    assert [source.paper.title for source in worded.sources] == ["Cups That Whistle"]


@pytest.mark.parametrize("configured", [True, False], ids=["model", "no model"])
async def test_papers_with_part_of_a_topic_are_not_about_it(tmp_path: Path, model: FakeModel, configured: bool) -> None:
    spiking = make_paper(
        title="Kettles That Spike",
        arxiv_id="2401.00008",
        abstract="Kettles spike, and spiking kettles save energy. We count the spikes of spiking kettles.",
    )
    pots = make_paper(
        title="Pots With Spikes",
        arxiv_id="2401.00007",
        abstract="Spiking pots spike. We count the spikes of a spiking pot.",
    )
    papers = [spiking, pots, *PAPERS]
    async with sample_app(tmp_path, papers=papers, openai=with_model(model) if configured else {}) as app:
        answer = await summary_of(app, "spiking pots")
    assert [source.paper.title for source in answer.sources] == ["Pots With Spikes"]
    assert answer.notice is not None
    assert answer.notice.startswith("1 of the ")
    assert "closest papers are about it." in answer.notice


def leaving_out(*vessels: str) -> Behaviour:
    """Write lines as `in_own_words` does, and "off topic" for the papers on some vessels."""

    def behaviour(request: Json) -> Reply:
        if "Write the overview now." in request["messages"][1]["content"]:
            return faithful(request)
        names = {number: text.split()[0] for number, text in sources_of(request).items()}
        lines = [
            f"Result | {number} | off topic"
            if name in vessels
            else f"In short | {number} | {name[:-1]}Net, which listens to small {name}, is a network [{number}]."
            for number, name in names.items()
        ]
        return Reply(in_pieces("\n".join(lines)))

    return behaviour


async def test_what_the_model_finds_off_topic_is_left_out_and_told(tmp_path: Path, model: FakeModel) -> None:
    model.behaviour = leaving_out("Pots", "Cups")
    async with sample_app(tmp_path, papers=PAPERS, openai=with_model(model, plan_seconds=0)) as app:
        answer = await summary_of(app, "networks that whistle")
    assert {row.label.split()[0] for row in answer.rows} == {"Kettles", "Pans", "Lids", "Jugs"}
    assert [source.number for source in answer.sources] == [1, 2, 3, 4]
    assert [source.paper.title for source in answer.sources] == [row.label for row in answer.rows]
    assert [row.cells[0][0].citations for row in answer.rows] == [(n,) for n in range(1, 5)]
    assert answer.notice == "4 of the 6 closest papers are about it."
    assert "Topic: networks that whistle" in model.answered[0]["messages"][1]["content"]


async def test_papers_that_are_all_off_topic_are_offered_as_the_closest(tmp_path: Path, model: FakeModel) -> None:
    model.behaviour = leaving_out(*VESSELS)
    async with sample_app(tmp_path, papers=PAPERS, openai=with_model(model, plan_seconds=0)) as app:
        answer = await summary_of(app, "networks that whistle")
    assert (answer.kind, answer.rows) == (Kind.CLOSEST, ())
    assert answer.notice == "0 of the 6 closest papers are about it."
    assert len(answer.sources) == 6


async def test_papers_that_were_named_are_never_off_topic(tmp_path: Path, model: FakeModel) -> None:
    model.behaviour = leaving_out("Pots")
    async with sample_app(tmp_path, papers=PAPERS, openai=with_model(model)) as app:
        answer = await summary_of(app, *KEYS[:3])
    assert [row.label for row in answer.rows] == [paper.title for paper in PAPERS[:3]]
    assert "Topic: none" in model.answered[0]["messages"][1]["content"]


@pytest.mark.parametrize(("limit", "at_once"), [(1, 1), (2, 2), (5, 3)])
async def test_parts_are_asked_for_side_by_side_within_the_limit_and_shown_in_order(
    tmp_path: Path, model: FakeModel, limit: int, at_once: int
) -> None:
    papers = [
        make_paper(
            title=f"{name} Number {n}",
            arxiv_id=f"2402.{n:02}{number:03}",
            abstract=f"{name} whistle. We present {name[:-1]}Net, a network that listens to {name} of kind {n}.",
        )
        for n in range(2)
        for number, name in enumerate(VESSELS)
    ]
    slow_at_first = iter([0.3, 0.05, 0.05])

    def behaviour(request: Json) -> Reply:
        reply = in_own_words(request)
        is_overview = "Write the overview now." in request["messages"][1]["content"]
        return reply if is_overview else replace(reply, first_delay_s=next(slow_at_first))

    model.behaviour = behaviour
    async with sample_app(tmp_path, papers=papers, openai=with_model(model), limits={"concurrent": limit}) as app:
        events = await events_of(app.assistant.summarise([paper.key for paper in papers]))
    assert model.most_at_once == at_once
    rows = [event.row.label for event in events if isinstance(event, RowReady)]
    assert rows == [paper.title for paper in papers]
    assert [row.label for row in events.done.rows] == rows


async def test_a_span_without_a_topic_holds_all_its_papers(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=PAPERS) as app:
        answer = await summary_of(app, "papers from April 2024 to June 2024")
    assert {row.label for row in answer.rows} == {paper.title for paper in PAPERS[3:]}


async def test_nothing_about_a_topic_is_said(tmp_path: Path, model: FakeModel) -> None:
    async with sample_app(tmp_path, openai=with_model(model)) as app:
        answer = await summary_of(app, "medieval poetry")
    assert (answer.kind, answer.rows) == (Kind.NOTHING, ())
    assert model.answered == []


async def test_an_unknown_paper_is_told(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=PAPERS) as app:
        with pytest.raises(PaperUnknown) as unknown:
            await answer_of(app.assistant.summarise([KEYS[0], "2405.99999"]))
    assert str(unknown.value) == (
        "I can't find the paper 2405.99999. None of the enabled feeds has a match right now. Check the id, or "
        "try again later; an operator can add papers with: paperbot import FILE."
    )


async def test_nothing_to_summarise_is_no_request(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=PAPERS) as app:
        with pytest.raises(QuestionEmpty):
            await answer_of(app.assistant.summarise(["<@123>"]))


async def test_a_paper_without_an_abstract_has_nothing_made_up(tmp_path: Path, model: FakeModel) -> None:
    bare = make_paper(title="Spoons That Hum", abstract="", arxiv_id="2401.00009")
    async with sample_app(tmp_path, papers=[*PAPERS, bare], openai=with_model(model)) as app:
        alone = await summary_of(app, bare.key)
        beside = await summary_of(app, KEYS[0], bare.key)
    assert not any(row.cells[0] for row in alone.rows)
    assert [row.label for row in beside.rows] == ["Kettles That Whistle", "Spoons That Hum"]
    assert_checked(beside)
