"""Comparisons: fixed rows, each cell from its own side, and what is said when sides are wrong."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.answers.answer import Answer, Kind, Task
from bot.app import App
from bot.errors.requests import PaperUnknown, QuestionEmpty, SidesWrong
from tests.answers.asking import FAILED_CHECKS, answer_of, assert_events_checked, events_of, with_model
from tests.apps import sample_app
from tests.fakes.model_behaviours import says, wrong_citation
from tests.fakes.model_server import FakeModel

DBCONFORMER = "DBConformer: Dual-Branch Convolutional Transformer for EEG Decoding"
CLST = "ClST: A Convolutional Transformer Framework for Automatic Modulation Recognition by Knowledge Distillation"
GPIPE = "GPipe: Efficient Training of Giant Neural Networks using Pipeline Parallelism"
SAME_PAPERS = "Two of the items lead to the same papers."
FIXED = ["Problem", "Method", "Data", "Result", "Cost"]
EXAMPLE = "Name two to five different papers or topics, for example: GPipe, SpikeGPT."
LINES = (
    "Method | A | DBConformer pairs a spatial Conformer with a temporal Conformer [1].\n"
    "Method | B | ClST has a transformer hierarchy containing convolution [2].\n"
    "Result | A | It beats 10 competitive models [1].\n"
    "Result | B | not stated\n"
)


@pytest.fixture
async def app(tmp_path: Path, model: FakeModel) -> AsyncIterator[App]:
    async with sample_app(tmp_path, openai=with_model(model)) as opened:
        yield opened


@pytest.fixture
async def bare(tmp_path: Path) -> AsyncIterator[App]:
    """An app without a model."""
    async with sample_app(tmp_path) as opened:
        yield opened


async def comparison_of(app: App, *sides: str, aspects: tuple[str, ...] = ()) -> Answer:
    events = await events_of(app.assistant.compare(sides, aspects=aspects))
    assert_events_checked(events)
    assert events.done.task is Task.COMPARISON
    return events.done


def cells(answer: Answer, label: str) -> list[str]:
    [row] = [row for row in answer.rows if row.label == label]
    return [" ".join(statement.text for statement in cell) for cell in row.cells]


@pytest.mark.slow
@pytest.mark.parametrize("configured", [True, False], ids=["model", "no model"])
async def test_the_rows_stand_in_a_fixed_order_with_the_askers_before_the_code(
    tmp_path: Path, model: FakeModel, configured: bool
) -> None:
    async with sample_app(tmp_path, openai=with_model(model) if configured else {}) as app:
        answer = await comparison_of(app, DBCONFORMER, CLST, aspects=("energy use", "cost", "Channels | rows"))
    assert [row.label for row in answer.rows] == [*FIXED, "Energy use", "Channels rows", "Code"]
    assert answer.kind is (Kind.ANSWER if configured else Kind.EXTRACTS)
    assert [column.numbers for column in answer.columns] == [(1,), (2,)]
    assert [source.paper.title for source in answer.sources] == [DBCONFORMER, CLST]


async def test_cells_are_what_passed_with_evidence_of_their_own_side(app: App, model: FakeModel) -> None:
    model.behaviour = says(LINES)
    answer = await comparison_of(app, DBCONFORMER, CLST)
    assert cells(answer, "Method") == [
        "DBConformer pairs a spatial Conformer with a temporal Conformer.",
        "ClST has a transformer hierarchy containing convolution.",
    ]
    assert cells(answer, "Result") == ["It beats 10 competitive models.", ""]
    rows = {row.label: row.cells for row in answer.rows}
    assert all(s.evidence for label in ("Method", "Result") for cell in rows[label] for s in cell)
    assert rows["Result"][1] == ()  # the model said so


async def test_a_cell_that_the_model_left_out_is_quoted_rather_than_called_not_stated(
    app: App, model: FakeModel
) -> None:
    model.behaviour = says(LINES)
    answer = await comparison_of(app, DBCONFORMER, CLST)
    (problem,) = next(row.cells[0] for row in answer.rows if row.label == "Cost")
    assert problem.verbatim
    assert problem.text in answer.sources[0].paper.abstract
    assert answer.notice is not None
    assert answer.notice.startswith("Quoted lines come word for word from abstracts because the model left them out")


async def test_no_sentence_stands_in_two_rows_of_a_side(app: App, bare: App, model: FakeModel) -> None:
    again = "DBConformer pairs a spatial Conformer with a temporal Conformer [1]."
    model.behaviour = says(f"{LINES}Problem | A | {again}\nData | A | {again}\n")
    for answer in (
        await comparison_of(app, DBCONFORMER, CLST),
        await comparison_of(bare, GPIPE, "SpikeGPT", aspects=("energy use",)),
        await comparison_of(bare, DBCONFORMER, CLST),
    ):
        for column in range(2):
            shown = [statement.text for row in answer.rows for statement in row.cells[column]]
            assert shown
            assert len(set(shown)) == len(shown)
    answer = await comparison_of(app, DBCONFORMER, CLST)
    assert cells(answer, "Method")[0] == again.replace(" [1]", "")
    assert cells(answer, "Problem")[0] == ""


@pytest.mark.slow
async def test_a_cell_never_cites_another_side(app: App, model: FakeModel) -> None:
    model.behaviour = says(f"{LINES}Cost | A | ClST has a block called convolution-transformer projection [2].")
    answer = await comparison_of(app, DBCONFORMER, CLST)
    assert "convolution-transformer projection" not in cells(answer, "Cost")[0]
    model.behaviour = wrong_citation
    answer = await comparison_of(app, DBCONFORMER, GPIPE)
    assert answer.notice == FAILED_CHECKS


async def test_a_markdown_table_is_understood(app: App, model: FakeModel) -> None:
    model.behaviour = says(
        "Here is the comparison:\n\n| Row | A | B |\n|---|---|---|\n"
        "| **Method** | It pairs a spatial with a temporal Conformer [1]. | It has three primary changes [2]. |\n"
        "| Result | It beats 10 competitive models [1] | not stated |\n"
    )
    answer = await comparison_of(app, DBCONFORMER, CLST)
    assert cells(answer, "Method") == [
        "It pairs a spatial with a temporal Conformer.",
        "It has three primary changes.",
    ]
    assert cells(answer, "Result") == ["It beats 10 competitive models", ""]


DIFFERS = "DBConformer decodes EEG with two Conformers, while ClST recognises modulation [1][2]."


@pytest.mark.parametrize("form", ["Difference | {}", "| **Difference** | {} |", "Difference: {}"])
async def test_a_last_line_says_what_differs_with_evidence_of_any_side(app: App, model: FakeModel, form: str) -> None:
    model.behaviour = says(LINES + form.format(DIFFERS))
    events = await events_of(app.assistant.compare([DBCONFORMER, CLST]))
    [closing] = events.done.statements
    assert closing.text == "DBConformer decodes EEG with two Conformers, while ClST recognises modulation."
    assert {evidence.number for evidence in closing.evidence} == {1, 2}
    assert events.sentences == [closing.text]


@pytest.mark.parametrize(
    "closing",
    [
        "",
        "DBConformer decodes EEG, ClST recognises modulation.",  # uncited
        "DBConformer beats ClST by 97% [1][2].",
        "DBConformer and ClST both run on GraphCastNet [1][2].",
        "DBConformer decodes EEG while ClST was retracted for fraud [1][2].",
        "DBConformer decodes EEG, and ClST recog",  # cut off
        "DBConformer decodes EEG | ClST recognises modulation [1][2].",
    ],
)
async def test_a_last_line_that_fails_is_absent_and_costs_nothing_else(
    app: App, model: FakeModel, closing: str
) -> None:
    model.behaviour = says(f"{LINES}Difference | {closing}")
    answer = await comparison_of(app, DBCONFORMER, CLST)
    assert answer.statements == ()
    assert cells(answer, "Method")[0].startswith("DBConformer pairs")
    assert len(model.answered) == 1, "it isn't sent back"


async def test_an_aspect_called_difference_is_a_row(app: App, model: FakeModel) -> None:
    model.behaviour = says(
        LINES
        + "Difference | A | DBConformer pairs a spatial Conformer with a temporal one [1].\n"
        + f"Difference | {DIFFERS}"
    )
    answer = await comparison_of(app, DBCONFORMER, CLST, aspects=("difference",))
    assert cells(answer, "Difference")[0].startswith("DBConformer pairs")
    assert len(answer.statements) == 1


async def test_code_comes_from_the_store_alone(app: App, model: FakeModel) -> None:
    model.behaviour = says(f"{LINES}Code | B | The code is public [2].")
    answer = await comparison_of(app, DBCONFORMER, CLST)
    assert cells(answer, "Code") == ["The code is public; see the link.", ""]
    [linked] = answer.rows[-1].cells[0]
    assert linked.evidence[0].sentence.startswith("From the record: ")
    assert "Code" not in model.answered[0]["messages"][1]["content"].rpartition("Rows: ")[2]


@pytest.mark.slow
async def test_topics_are_searched_one_by_one(app: App, model: FakeModel) -> None:
    answer = await comparison_of(app, "weather forecasting", "spiking neural networks", "GPipe")
    papers = {source.number: source.paper for source in answer.sources}
    weather, spiking, gpipe = ([papers[number] for number in column.numbers] for column in answer.columns)
    assert [column.name for column in answer.columns] == ["weather forecasting", "spiking neural networks", "GPipe"]
    assert "medium-range weather forecasting" in weather[0].title
    assert all("spik" in paper.abstract.casefold() for paper in spiking)
    assert [paper.title for paper in gpipe] == [GPIPE]
    assert "B = spiking neural networks: [" in model.answered[0]["messages"][1]["content"]


@pytest.mark.parametrize(
    ("sides", "reason"),
    [
        (["GPipe"], "1 paper or topic isn't enough to compare."),
        ([], "No papers or topics were named."),
        (["a", "b", "c", "d", "e", "f"], "6 papers or topics are too many to compare."),
        ([GPIPE, GPIPE], "Two of the items are the same."),
        ([GPIPE, GPIPE.upper()], "Two of the items are the same."),
        (["spiking nets", "Spiking Nets", "GPipe"], "Two of the items are the same."),
        ([GPIPE, "gpipe pipeline parallelism"], SAME_PAPERS),
        (
            ["SpikeGPT", "Spike GPT language model"],
            SAME_PAPERS,
        ),
    ],
)
async def test_wrong_sides_are_refused_with_an_example(bare: App, sides: list[str], reason: str) -> None:
    with pytest.raises(SidesWrong) as wrong:
        await answer_of(bare.assistant.compare(sides))
    assert str(wrong.value) == f"{reason} {EXAMPLE}"


async def test_five_sides_are_compared(bare: App) -> None:
    answer = await comparison_of(bare, "Stormer", "SpikeGPT", "GPipe", "DBConformer", "ClST")
    assert len(answer.columns) == 5
    assert all(any(cell for cell in column) for column in zip(*(row.cells for row in answer.rows), strict=True))


async def test_a_side_that_nothing_is_about_is_named_and_the_others_papers_are_offered(
    app: App, model: FakeModel
) -> None:
    answer = await comparison_of(app, "GPipe", "medieval poetry")
    assert answer.kind is Kind.CLOSEST
    assert answer.notice == "No paper in the store is about “medieval poetry”."
    assert [source.paper.title for source in answer.sources] == [GPIPE]
    assert answer.rows == ()
    answer = await comparison_of(app, "zorbnets", "medieval poetry")
    assert answer.kind is Kind.NOTHING
    assert answer.notice == "No paper in the store is about “zorbnets” or “medieval poetry”."
    assert model.answered == []


async def test_an_unknown_id_and_an_empty_side_are_told(bare: App) -> None:
    with pytest.raises(PaperUnknown, match=r"can't find the paper 2405\.99999"):
        await answer_of(bare.assistant.compare(["GPipe", "2405.99999"]))
    with pytest.raises(QuestionEmpty):
        await answer_of(bare.assistant.compare(["GPipe", "<@1>"]))


async def test_aspects_are_few_and_short(bare: App) -> None:
    aspects = ("", "|||", "energy", "Energy", *(f"aspect {n} {'x' * 200}" for n in range(9)))
    answer = await comparison_of(bare, DBCONFORMER, CLST, aspects=aspects)
    own = [row.label for row in answer.rows[len(FIXED) : -1]]
    assert own[0] == "Energy"
    assert len(own) == 4
    assert max(map(len, own)) <= 80
