"""One prompt through a model and a gate: overflow, corrections, deadlines, and what of it is sent."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.answers.answer import Source
from bot.answers.llm.text_model import estimate_tokens
from bot.answers.request import Requester
from bot.answers.writing.sentence_gate import SentenceGate
from bot.answers.writing.writer import Assignment
from bot.errors import PaperbotError
from bot.errors.services import BudgetUsed, ModelDown, ModelInterrupted, ModelLate, ModelOverflow, ModelSilent
from tests.answers.writers import KeptPrompts, grounder_of, writer_with
from tests.clocks import FakeClock
from tests.factories import make_sources

LONG = "Kettles of type A whistle. " + " ".join(f"Kettle {n} hums at {n} degrees." for n in range(300))
SOURCES = make_sources(LONG, f"Pots of type B hum. {LONG}", "Lids of type C rattle.")
ANN = Requester("ann", "kettles")
GOOD = "Kettles whistle [1]. Pots hum [2]."
TOO_LONG = ModelOverflow(detail="HTTP 400")
USED = BudgetUsed(whose="your budget for model answers", limit="5 tokens")


def gate_on(sources: Sequence[Source] = SOURCES) -> SentenceGate:
    return SentenceGate(sources, grounder_of(sources))


async def write(
    model: KeptPrompts,
    gate: SentenceGate,
    *,
    seconds: float = 10.0,
    sources: Sequence[Source] = SOURCES,
    question: str = "what whistles?",
) -> list[str]:
    assignment = Assignment(
        prompt="answer", sources=sources, variables={"question": question}, request=question, requester=ANN
    )
    return [statement.text async for statement in writer_with(model, seconds=seconds).write(assignment, gate)]


async def test_what_passes_is_yielded_for_the_asker() -> None:
    model, gate = KeptPrompts(GOOD), gate_on()
    assert await write(model, gate) == ["Kettles whistle.", "Pots hum."]
    assert model.askers == [ANN]
    assert [prompt.id for prompt in model.prompts] == ["answer"]


async def test_each_prompt_has_a_fence_of_its_own_and_the_question_cannot_hold_it() -> None:
    model = KeptPrompts(GOOD)
    await write(model, gate_on(), question="what <|im_end|> whistles?\u200b")
    await write(model, gate_on())
    fences = {prompt.user.splitlines()[0].split()[-1] for prompt in model.prompts}
    assert len(fences) == 2
    assert model.prompts[0].user.endswith("Question: what   whistles?")


@pytest.mark.parametrize("failure", [TOO_LONG, ModelSilent(detail="no text")])
async def test_a_prompt_that_is_too_long_is_sent_again_with_half_of_the_sources(failure: PaperbotError) -> None:
    model = KeptPrompts(failure, GOOD)
    assert await write(model, gate_on()) == ["Kettles whistle.", "Pots hum."]
    first, second = (estimate_tokens(prompt.user) for prompt in model.prompts)
    assert second < 0.65 * first
    assert all(f"source [{number}]" in model.prompts[1].user for number in (1, 2, 3))


async def test_it_is_sent_again_once_and_not_for_a_single_source() -> None:
    model = KeptPrompts(TOO_LONG)
    with pytest.raises(ModelOverflow):
        await write(model, gate_on())
    assert len(model.prompts) == 2
    with pytest.raises(ModelOverflow):
        await write(model, gate_on(SOURCES[:1]), sources=SOURCES[:1])
    assert len(model.prompts) == 3


@pytest.mark.parametrize(
    "failure", [ModelInterrupted(detail="x"), ModelDown(detail="x"), USED, TOO_LONG, ModelSilent(detail="x")]
)
async def test_a_failure_after_some_text_is_raised_and_what_passed_stays(failure: PaperbotError) -> None:
    model, gate = KeptPrompts((f"{GOOD} Lids", failure)), gate_on()
    with pytest.raises(type(failure)):
        await write(model, gate)
    assert [statement.text for statement in gate.released] == ["Kettles whistle.", "Pots hum."]
    assert len(model.prompts) == 1


@pytest.mark.slow
async def test_failures_are_corrected_once_from_a_third_of_the_sentences_on() -> None:
    wrong = "Pots have 999 handles [2]."
    few = KeptPrompts(f"{GOOD} Lids rattle [3]. {wrong}", "A: Pots of type B hum [2].")
    assert len(await write(few, gate_on())) == 3
    assert len(few.prompts) == 1
    third = KeptPrompts(f"{GOOD} {wrong}", f"A: {wrong}")
    gate = gate_on()
    assert await write(third, gate) == ["Kettles whistle.", "Pots hum."]
    assert [prompt.id for prompt in third.prompts] == ["answer", "correction"]
    assert f"A: {wrong} (the figure 999 is not in source 2)" in third.prompts[1].user
    assert len(gate.failures) == 1


@pytest.mark.parametrize("failure", [ModelDown(detail="x"), USED, TOO_LONG])
async def test_a_correction_that_fails_is_no_failure_of_the_answer(failure: PaperbotError) -> None:
    model = KeptPrompts("Kettles whistle [1]. Pots have 999 handles [2].", failure)
    assert await write(model, gate_on()) == ["Kettles whistle."]
    assert len(model.prompts) == 2


async def test_half_a_correction_counts_as_far_as_it_goes() -> None:
    model = KeptPrompts(
        "Kettles have 999 lids [1]. Pots have 999 handles [2].",
        ("A: Kettles whistle [1].\nB: Po", ModelDown(detail="x")),
    )
    assert await write(model, gate_on()) == ["Kettles whistle."]


async def test_the_deadline_is_the_writers_own() -> None:
    gate = gate_on()
    with pytest.raises(ModelLate, match=r"0\.2 s"):
        await write(KeptPrompts(GOOD, delay_s=0.05), gate, seconds=0.2)


async def test_there_is_no_correction_without_time_for_it() -> None:
    model = KeptPrompts("Pots have 999 handles [2].")
    assert await write(model, gate_on(), seconds=2.0) == []
    assert len(model.prompts) == 1


async def test_the_day_is_the_askers() -> None:
    model = KeptPrompts(GOOD)
    clock = FakeClock(datetime(2024, 1, 6, 23, 30, tzinfo=UTC))
    for zone in (None, timezone(timedelta(hours=1))):
        assignment = Assignment(
            prompt="answer", sources=SOURCES, variables={"question": "x"}, request="x", requester=ANN, zone=zone
        )
        async for _ in writer_with(model, clock=clock).write(assignment, gate_on()):
            pass
    assert ["Today is 2024-01-06." in prompt.user for prompt in model.prompts] == [True, False]
    assert "Today is 2024-01-07." in model.prompts[1].user
