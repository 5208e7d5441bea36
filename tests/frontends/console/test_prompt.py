"""The commands of the prompt."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from rich.console import Console

from bot.app import App
from bot.errors.requests import QuestionError
from bot.frontends.console.asking import CONSOLE, PLACE, Asking
from bot.frontends.console.prompt import ConsolePrompt
from tests.apps import sample_app
from tests.frontends.console.paper import make_paper_console, text_on


class Screen:
    """A prompt at which lines are typed; `seen` is what each of them shows."""

    def __init__(self, prompt: ConsolePrompt, console: Console) -> None:
        self._prompt = prompt
        self._console = console

    async def type(self, line: str) -> str:
        before = len(text_on(self._console))
        await self._prompt.do(line)
        return text_on(self._console)[before:]


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    async with sample_app(tmp_path) as app:
        yield app


@pytest.fixture
def screen(app: App) -> Screen:
    console = make_paper_console()
    asking = Asking(assistant=app.assistant, conversation=app.conversations.start(PLACE, CONSOLE))
    return Screen(ConsolePrompt(console=console, asking=asking, conversations=app.conversations), console)


async def test_a_line_is_a_question(screen: Screen) -> None:
    assert "“Stormer is a simple weather forecasting model" in await screen.type("what is Stormer?")


async def test_tasks_are_commands(screen: Screen) -> None:
    assert "In short: “" in await screen.type("/summarise Quantized Spike-driven Transformer")
    assert "GPipe [1]" in await screen.type("/compare GPipe; SpikeGPT")
    assert (await screen.type("/explain spiking network")).startswith("Explanation")
    assert (await screen.type("/EXPLAIN spiking network; Expert")).startswith("Explanation")


async def test_tasks_can_be_said_in_words(screen: Screen) -> None:
    assert "In short: “" in await screen.type(
        "summarise the paper SpikeGPT: Generative Pre-trained Language Model with Spiking Neural Networks"
    )
    assert "GPipe [1]" in await screen.type("compare GPipe and SpikeGPT on cost")
    assert (await screen.type("explain spiking networks to a newcomer")).startswith("Explanation")


async def test_a_follow_up_is_understood(screen: Screen) -> None:
    await screen.type("what is Stormer?")
    followed = await screen.type("and what about its training cost?")
    assert "Searched for: " in followed
    assert "[1] Scaling transformer neural networks for skillful and reliable medium-range" in followed


async def test_a_list_goes_on_with_more(screen: Screen) -> None:
    listed = await screen.type("papers about transformers, newest first")
    assert "papers have every word of “transformers” in their title or abstract. The first 5, " in " ".join(
        listed.split()
    )
    assert listed.endswith("/more shows the next ones.\n")
    more = await screen.type("/more")
    assert more.lstrip().startswith("[6]")
    assert "15 of " in more
    assert "[16]" in await screen.type("/more")
    await screen.type("what is GPipe?")
    assert (await screen.type("/more")).startswith("There are no more papers.")


async def test_a_fact_is_that_of_the_paper_before(screen: Screen) -> None:
    await screen.type("what is GPipe?")
    told = await screen.type("and does it have code?")
    assert "No code is known for GPipe [1]." in told
    assert "From the record of 52 papers in the store" in told
    assert "From the record: published 16 November 2018; 11 authors; no code is known." in await screen.type(
        "/evidence"
    )


async def test_evidence_is_that_of_the_last_answer(screen: Screen) -> None:
    assert await screen.type("/evidence") == "There's no answer yet. Ask something first.\n"
    await screen.type("what is Stormer?")
    assert await screen.type("/evidence") == "The sentences above come word for word from the abstracts.\n"


async def test_forgetting_begins_another_conversation(screen: Screen, app: App) -> None:
    await screen.type("what is Stormer?")
    assert await screen.type("/forget") == "The conversation was deleted. Your next question starts a new one.\n"
    assert await app.conversations.latest(PLACE, CONSOLE) is None
    assert await screen.type("/evidence") == "There's no answer yet. Ask something first.\n"
    assert "Stormer" not in await screen.type("and what about its training cost?")


async def test_help_lists_the_commands(screen: Screen) -> None:
    listed = await screen.type("/help")
    assert [line.split()[0] for line in listed.splitlines()] == [
        "/more",
        "/evidence",
        "/summarise",
        "/compare",
        "/explain",
        "/forget",
        "/help",
    ]


async def test_an_unknown_command_is_no_question(screen: Screen) -> None:
    assert await screen.type("/frobnicate") == "There's no command /frobnicate. Type /help for the commands.\n"


@pytest.mark.parametrize("line", ["/summarise", "/compare GPipe", "/explain ", "?!"])
async def test_what_is_incomplete_is_an_error(screen: Screen, line: str) -> None:
    with pytest.raises(QuestionError):
        await screen.type(line)
