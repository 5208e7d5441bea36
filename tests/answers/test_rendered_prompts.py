"""What is sent to a model: the golden renderings of all prompts, and that each keeps to its own budget."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.answers.answer import Source
from bot.answers.llm.prompts import REQUIRED, Prompts, RenderedPrompt, prompts_folder
from bot.answers.llm.text_model import estimate_tokens
from bot.answers.request import NOBODY, READERS, Level
from bot.answers.writing.sentence_gate import SentenceGate
from bot.answers.writing.sources_block import render_sources
from bot.answers.writing.writer import Assignment
from tests.answers.writers import PROMPT_TOKENS, KeptPrompts, grounder_of, writer_with
from tests.factories import make_sources

GOLDEN = Path(__file__).parent / "golden"
FENCE = "@@0a1b2c3d"
FAILURES = (
    "A: Kettles whistle at 99 degrees [1]. (a figure is not in the cited sources)\nB: Pots sing. (it cites no source)"
)
LONG = " ".join(f"Kettle number {n} whistles at {n}.5 degrees, which is more than before." for n in range(400))


def variables(name: str) -> dict[str, str]:
    """Return all that a prompt holds beside the sources, the fence and the day."""
    summary = {"rows": "In short; Problem; Method; Result; Limits", "columns": "1; 2"}
    comparison = {
        "rows": "Problem; Method; Data; Result; Cost; Energy use",
        "columns": "A = Study A: [1]; B = pots: [2]",
    }
    return {
        "conversation": f"{FENCE} conversation\nAsked: what is KettleNet?\nAnswered from: Study A; Study B\n",
        "question": "Study A ; pots" if name == "comparison" else "which vessel whistles, and at $what degrees?",
        "term": "whistling",
        "level": READERS[Level.NEWCOMER],
        "topic": "whistling vessels",
        "request": "which vessel whistles?",
        "failures": FAILURES,
        "sentences": "1. Kettles whistle at 91.5 degrees [1].\n2. Pots never rattle [2].",
        **(comparison if name == "comparison" else summary),
    }


@pytest.mark.parametrize("name", REQUIRED)
def test_what_is_sent_to_a_model(name: str) -> None:
    """When a prompt changes on purpose, write its new rendering into the golden file, and read it there."""
    sources = make_sources("Kettles whistle at 91.5 degrees. They hum.", "Pots of $5 rattle.")
    values = {
        "today": "2024-01-06",
        "numbers": ", ".join(f"[{source.number}]" for source in sources),
        "fence": FENCE,
        "sources": render_sources(sources, fence=FENCE, tokens=3000),
        **variables(name),
    }
    assert as_text(Prompts(prompts_folder())[name].render(values)) == (GOLDEN / f"{name}.txt").read_text("utf-8")


def test_every_golden_file_is_of_a_prompt() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(REQUIRED)


@pytest.mark.parametrize("name", [name for name in REQUIRED if name not in {"plan", "questions", "reading"}])
@pytest.mark.parametrize("title", ["", "Endless " * 500], ids=["short title", "endless title"])
async def test_six_long_sources_stay_within_the_prompts_own_budget(name: str, title: str) -> None:
    sources = [Source(s.number, s.paper) for s in make_sources(*[title + LONG] * 6)]
    prompt = await sent(name, sources)
    limit = min(Prompts(prompts_folder())[name].max_prompt_tokens, PROMPT_TOKENS)
    tokens = estimate_tokens(prompt.system) + estimate_tokens(prompt.user)
    assert 0.8 * limit < tokens <= limit, "the room is used, and no more than that"
    assert all(f" source [{number}]\n" in prompt.user for number in range(1, 7))


async def sent(name: str, sources: Sequence[Source]) -> RenderedPrompt:
    """Return what a writer sends for a prompt."""
    model = KeptPrompts("INSUFFICIENT")
    needed = {key: value for key, value in variables(name).items() if key != "conversation"}
    assignment = Assignment(prompt=name, sources=sources, variables=needed, request="kettles", requester=NOBODY)
    async for _ in writer_with(model).write(assignment, SentenceGate(sources, grounder_of(sources))):
        pass
    [prompt] = model.prompts
    return prompt


def as_text(prompt: RenderedPrompt) -> str:
    return (
        f"id: {prompt.id}\nmax_output_tokens: {prompt.max_output_tokens}\ntemperature: {prompt.temperature}\n"
        f"json_object: {prompt.json_object}\n"
        f"--- system\n{prompt.system}\n--- user\n{prompt.user}\n"
    )
