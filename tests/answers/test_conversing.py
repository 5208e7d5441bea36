"""Follow-ups through the assistant: what is understood, what is searched, what is kept and what is forgotten."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.answers.answer import Answer, Kind
from bot.answers.request import Conversation, RequestContext
from bot.app import App
from bot.errors.requests import ConversationOver
from tests.answers.asking import ANN, BEN, answer_of, assert_checked, with_model, within
from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.fakes.model_server import FakeModel, plans

QUESTION = "what is Stormer?"
FOLLOW_UP = "and what about its training cost?"
STORMER = "Scaling transformer neural networks for skillful and reliable medium-range weather forecasting"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def app(tmp_path: Path, clock: FakeClock) -> AsyncIterator[App]:
    async with sample_app(tmp_path, clock=clock) as opened:
        yield opened


async def say(app: App, question: str, conversation: Conversation) -> Answer:
    answer = await answer_of(app.assistant.ask(question, context=within(conversation)))
    assert_checked(answer)
    return answer


async def test_a_follow_up_is_understood_without_a_model(app: App) -> None:
    conversation = app.conversations.start("console", ANN)
    await say(app, QUESTION, conversation)
    answer = await say(app, FOLLOW_UP, conversation)
    assert answer.sources[0].paper.title == STORMER
    assert answer.question == FOLLOW_UP
    assert answer.wording is not None
    assert answer.wording.startswith(f"stormer, {STORMER}")
    assert answer.wording.endswith(FOLLOW_UP)


async def test_a_follow_up_is_worded_by_the_model_in_two_calls(tmp_path: Path, clock: FakeClock) -> None:
    worded = "What does it cost to train Stormer?"
    async with FakeModel() as model, sample_app(tmp_path, clock=clock, openai=with_model(model)) as app:
        conversation = app.conversations.start("console", ANN)
        await say(app, QUESTION, conversation)
        calls = len(model.requests)
        model.planning = plans(standalone=worded, keywords=["training compute", "Stormer"])
        answer = await say(app, FOLLOW_UP, conversation)
    assert answer.kind is Kind.ANSWER
    assert (answer.question, answer.keywords) == (FOLLOW_UP, ("training compute", "Stormer"))
    assert answer.wording is not None
    assert answer.wording.startswith(worded)
    assert answer.sources[0].paper.title == STORMER
    assert len(model.requests) == calls + 2
    planned = model.planned[-1]["messages"][1]["content"]
    assert f"Asked: {QUESTION}\nAnswered from: {STORMER}" in planned
    assert "simple weather forecasting model" not in planned, "the model's own words are no history"


async def test_a_third_question_still_knows_the_first(app: App) -> None:
    conversation = app.conversations.start("console", ANN)
    for question in (QUESTION, FOLLOW_UP, "thanks, and is its code public?"):
        answer = await say(app, question, conversation)
    assert answer.sources[0].paper.title == STORMER


async def test_a_question_that_stands_alone_is_not_bent_to_the_conversation(app: App) -> None:
    conversation = app.conversations.start("console", ANN)
    await say(app, QUESTION, conversation)
    answer = await say(app, "what is GPipe?", conversation)
    assert answer.wording is None
    assert answer.sources[0].paper.title.startswith("GPipe")


async def test_a_summary_is_a_turn_too(app: App) -> None:
    conversation = app.conversations.start("console", ANN)
    await answer_of(app.assistant.summarise(["Quantized Spike-driven Transformer"], context=within(conversation)))
    answer = await say(app, "and how much power does it save?", conversation)
    assert answer.sources[0].paper.title == "Quantized Spike-driven Transformer"


async def test_another_askers_turns_are_not_used(app: App) -> None:
    conversation = app.conversations.start("discord:1", ANN)
    await say(app, QUESTION, conversation)
    answer = await say(app, FOLLOW_UP, Conversation(conversation.id, conversation.place, BEN))
    assert answer.wording is None
    assert all(source.paper.title != STORMER for source in answer.sources)


async def test_without_a_conversation_nothing_is_remembered(app: App) -> None:
    await answer_of(app.assistant.ask(QUESTION, context=RequestContext(requester=ANN)))
    answer = await answer_of(app.assistant.ask(FOLLOW_UP, context=RequestContext(requester=ANN)))
    assert answer.wording is None


async def test_a_follow_up_to_an_expired_conversation_is_told_so(app: App, clock: FakeClock) -> None:
    conversation = app.conversations.start("console", ANN)
    await say(app, QUESTION, conversation)
    clock.move(hours=23.9)
    assert (await say(app, FOLLOW_UP, conversation)).wording is not None, "each question prolongs it"
    clock.move(hours=24.1)
    with pytest.raises(ConversationOver) as over:
        await say(app, FOLLOW_UP, conversation)
    assert str(over.value) == (
        "This conversation has ended: conversations last 24 hours after the last question. Ask again, "
        "naming the paper or topic."
    )
    answer = await say(app, "what is GPipe?", conversation)
    assert (answer.kind, answer.wording) == (Kind.EXTRACTS, None)
    assert (await say(app, FOLLOW_UP, conversation)).sources[0].paper.title.startswith("GPipe"), "it goes on from there"


async def test_a_restart_keeps_a_conversation(tmp_path: Path, clock: FakeClock) -> None:
    async with sample_app(tmp_path, clock=clock) as app:
        await say(app, QUESTION, app.conversations.start("console", ANN))
    async with sample_app(tmp_path, clock=clock) as app:
        conversation = await app.conversations.latest("console", ANN)
        assert conversation is not None
        answer = await say(app, FOLLOW_UP, conversation)
    assert answer.sources[0].paper.title == STORMER


async def test_what_is_forgotten_is_gone(app: App) -> None:
    conversation = app.conversations.start("console", ANN)
    kept = [await say(app, question, conversation) for question in (QUESTION, FOLLOW_UP)]
    assert await app.conversations.forget(conversation) == 2
    assert [await app.archive.get(answer.id or "") for answer in kept] == [None, None]
    assert await app.conversations.latest("console", ANN) is None
    assert (await say(app, FOLLOW_UP, conversation)).wording is None


@pytest.mark.slow
async def test_an_answer_keeps_its_evidence(tmp_path: Path, clock: FakeClock) -> None:
    async with FakeModel() as model:
        async with sample_app(tmp_path, clock=clock, openai=with_model(model)) as app:
            asked = await say(app, QUESTION, app.conversations.start("console", ANN))
            compared = await answer_of(app.assistant.compare(["DBConformer", "ClST"]))
        async with sample_app(tmp_path, clock=clock, openai=with_model(model)) as app:
            for answer in (asked, compared):
                assert answer.id
                assert await app.archive.get(answer.id) == answer
    assert asked.statements[0].evidence


@pytest.mark.parametrize("follow_up", ["hat es Code?", "und die Trainingskosten?", "et son coût d'entraînement ?"])
async def test_a_follow_up_in_german_or_french_stays_with_the_paper(app: App, follow_up: str) -> None:
    conversation = app.conversations.start("console", ANN)
    await say(app, QUESTION, conversation)
    answer = await say(app, follow_up, conversation)
    assert answer.sources[0].paper.title == STORMER
