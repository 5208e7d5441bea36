"""Papers for a plan."""

from datetime import date
from pathlib import Path

import pytest

from bot.answers.answer import Kind
from bot.answers.events import Done
from bot.answers.planning.followups import Turn
from bot.answers.request import RequestContext
from bot.search.query.filters import Filters
from bot.search.ranking.confidence import Confidence
from tests.answers.asking import answer_of, with_model
from tests.apps import sample_app
from tests.factories import make_paper
from tests.fakes.model_server import FakeModel, sources_of


async def test_both_sides_of_a_comparison_are_found(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app:
        found = await app.assistant.find("dbconformer vs ClST, how does each mix convs with attention?", limit=2)
    assert {paper.title.split(":")[0] for paper in found.papers} == {"DBConformer", "ClST"}


async def test_a_comparison_with_something_unknown_is_not_answered_from_the_other_side(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app:
        known = await app.assistant.find("DBConformer vs ClST", limit=6)
        unknown = await app.assistant.find("DBConformer vs ZorbNet", limit=6)
    assert known.confidence is Confidence.ANSWER
    assert unknown.confidence is Confidence.CLOSEST
    assert unknown.papers[0].title.startswith("DBConformer")


async def test_a_side_whose_title_has_a_symbol_for_its_name_is_not_unknown(tmp_path: Path) -> None:
    papers = [
        make_paper(title=r"\inftyBench: Long Texts for Kettles", arxiv_id="2401.00002"),
        make_paper(title="LongKettle: Compressing Whistles", arxiv_id="2401.00003"),
    ]
    async with sample_app(tmp_path, papers=papers) as app:
        found = await app.assistant.find("LongKettle vs InfiniteBench", limit=4)
    assert found.missing == ()
    assert {paper.title for paper in found.papers} == {paper.title for paper in papers}


async def test_an_order_by_date_stands_before_a_papers_own_name(tmp_path: Path) -> None:
    papers = [
        make_paper(title="STEP: Whistling Kettles", arxiv_id="2401.00002", published=date(2022, 1, 5)),
        make_paper(title="Kettles That Whistle Like STEP", arxiv_id="2401.00003", published=date(2024, 1, 5)),
    ]
    async with sample_app(tmp_path, papers=papers) as app:
        newest = await app.assistant.find("whistling kettles such as STEP, newest first", limit=2)
        best = await app.assistant.find("whistling kettles such as STEP", limit=2)
    assert [paper.published and paper.published.year for paper in newest.papers] == [2024, 2022]
    assert best.papers[0].title.startswith("STEP:")


async def test_dates_in_a_question_are_a_hard_filter(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app:
        found = await app.assistant.find("spiking transformers in 2025", limit=10)
        none = await app.assistant.find(
            "spiking transformers in 2025", context=RequestContext(filters=Filters(before=date(2024, 1, 1))), limit=9
        )
    assert found.papers
    assert {paper.published.year for paper in found.papers if paper.published} == {2025}
    assert none.papers == ()


async def test_a_question_for_a_time_alone_lists_its_papers_newest_first(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app:
        events = [event async for event in app.assistant.ask("what came out in December 2023?")]
    assert isinstance(events[-1], Done)
    answer = events[-1].answer
    assert answer.kind is Kind.PAPERS
    days = [source.paper.published for source in answer.sources if source.paper.published]
    assert len(days) == 4
    assert days == sorted(days, reverse=True)
    assert {(day.year, day.month) for day in days} == {(2023, 12)}
    assert answer.notice == "4 papers from 1 Dec 2023 to 31 Dec 2023."


async def test_the_newest_on_a_topic_comes_first(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app:
        found = await app.assistant.find("newest spiking paper?", limit=3)
    assert found.papers[0].title.startswith("STEP")


async def test_a_title_in_quotation_marks_names_its_paper(tmp_path: Path) -> None:
    question = 'how much power does "Quantized Spike-driven Transformer" save beside SpikeGPT, spiking nets and GPT?'
    async with sample_app(tmp_path) as app:
        found = await app.assistant.find(question, limit=3)
    assert found.papers[0].title == "Quantized Spike-driven Transformer"


async def test_a_named_paper_is_answered_from_whatever_the_words_around_it(tmp_path: Path, model: FakeModel) -> None:
    async with sample_app(tmp_path, openai=with_model(model)) as app:
        answer = await answer_of(app.assistant.ask("How many GPUs are needed for Stormer?"))
    [request] = model.answered
    given = sources_of(request)
    assert "Stormer" in given[1]
    assert answer.kind is Kind.ANSWER
    assert "Stormer" in answer.sources[0].paper.abstract


NAMED = {"Stormer", "BERT4Rec", "SpikeGPT", "GPipe", "I-ViT"}


@pytest.mark.parametrize(
    "question",
    [
        "How many GPUs are needed for Stormer?",
        "Which datasets is BERT4Rec evaluated on?",
        "SpikeGPT energy use on neuromorphic hardware",
        "can GPipe train on a single GPU?",
        "What accuracy does I-ViT lose after quantization?",
    ],
)
async def test_sources_far_behind_a_named_paper_are_in_neither_prompt_nor_extracts(
    tmp_path: Path, model: FakeModel, question: str
) -> None:
    for folder in ("model", "none"):
        (tmp_path / folder).mkdir()
    async with sample_app(tmp_path / "model", openai=with_model(model)) as app:
        answer = await answer_of(app.assistant.ask(question))
    [request] = model.answered
    named = next(word for word in question.replace("?", "").split() if word in NAMED)
    assert len(sources_of(request)) == 1
    assert [named in f"{s.paper.title} {s.paper.abstract}" for s in answer.sources] == [True]
    async with sample_app(tmp_path / "none") as app:
        extracts = await answer_of(app.assistant.ask(question))
    assert [named in f"{s.paper.title} {s.paper.abstract}" for s in extracts.sources] == [True]


@pytest.mark.parametrize(
    "question",
    [
        "what are alternatives to SpikeGPT?",
        "papers similar to Stormer",
        "how does GPipe relate to other ways to train large models?",
        "SpikeGPT vs Stormer",
        "what was proposed after SpikeGPT in 2023?",
        "how do you forecast weather with a transformer?",
    ],
)
async def test_a_question_for_more_than_the_named_paper_keeps_the_others(
    tmp_path: Path, model: FakeModel, question: str
) -> None:
    async with sample_app(tmp_path, openai=with_model(model)) as app:
        await answer_of(app.assistant.ask(question))
    [request] = model.answered
    assert len(sources_of(request)) > 1


async def test_a_followup_on_several_papers_keeps_all_of_them(tmp_path: Path, model: FakeModel) -> None:
    titles = (
        "GPipe: Efficient Training of Giant Neural Networks using Pipeline Parallelism",
        "Self-slimmed Vision Transformer",
    )
    history = (Turn("user", "which nets train fast?"), Turn("assistant", "Two [1][2].", titles=titles))
    async with sample_app(tmp_path, openai=with_model(model, plan_seconds=0)) as app:
        await answer_of(app.assistant.ask("which of the two is faster on it?", history=history))
    [request] = model.answered
    assert all(title in request["messages"][-1]["content"] for title in titles)


async def test_the_sides_of_a_comparison_keep_what_they_are_compared_for(tmp_path: Path) -> None:
    right = make_paper(
        title="Layout Models Side by Side",
        arxiv_id="2401.00001",
        abstract="For document layout analysis we test graph-based models and a transformer on pages.",
    )
    others = [
        make_paper(
            title=f"{side} Study {n}",
            arxiv_id=f"2401.1{n:04}",
            abstract=f"A {side}, a {side} and one more {side}: {side} number {n} of all {side}s.",
        )
        for n in range(8)
        for side in ("graph" if n % 2 else "transformer",)
    ]
    async with sample_app(tmp_path, papers=[right, *others]) as app:
        found = await app.assistant.find(
            "which is better for document layout analysis, graph based or transformer?", limit=3
        )
    assert found.papers[0] == right
