"""The commands of the prompt."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from rich.console import Console

from bot.assistant.asker import Asker
from bot.assistant.conversation import Conversation
from bot.errors import QuestionError
from bot.frontends.console.asking import CONSOLE, PLACE, Asking
from bot.frontends.console.prompt import Prompt
from tests.apps import sample_app
from tests.commands.kettle_assistant import KettleAssistant
from tests.frontends.console.paper import make_paper_console, text_on


class Notebook:
    """Conversations, numbered as they begin."""

    def __init__(self) -> None:
        self.kept: list[Conversation] = []
        self._begun = 0

    async def start(self, place: str, asker: Asker) -> Conversation:
        self._begun += 1
        self.kept.append(Conversation(str(self._begun), place, asker))
        return self.kept[-1]

    async def latest(self, place: str, asker: Asker) -> Conversation | None:
        return next((one for one in reversed(self.kept) if (one.place, one.asker) == (place, asker)), None)

    async def forget(self, conversation: Conversation) -> None:
        self.kept.remove(conversation)


class Screen:
    """A prompt at which lines are typed; `seen` is what each of them shows."""

    def __init__(self, prompt: Prompt, console: Console) -> None:
        self._prompt = prompt
        self._console = console

    async def type(self, line: str) -> str:
        before = len(text_on(self._console))
        await self._prompt.do(line)
        return text_on(self._console)[before:]


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@pytest.fixture
async def screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, notebook: Notebook) -> AsyncIterator[Screen]:
    monkeypatch.setattr("bot.app.Assistant", KettleAssistant)
    console = make_paper_console()
    async with sample_app(tmp_path) as app:
        asking = Asking(assistant=app.assistant, conversation=await notebook.start(PLACE, CONSOLE))
        yield Screen(Prompt(console=console, asking=asking, conversations=notebook), console)


async def test_a_line_is_a_question(screen: Screen) -> None:
    assert "“Stormer is a simple weather forecasting model" in await screen.type("what is Stormer?")


async def test_tasks_are_commands(screen: Screen) -> None:
    assert (await screen.type("/summarise 2401.00001")).startswith("Summary\n")
    assert "GPipe [1]" in await screen.type("/compare GPipe; SpikeGPT")
    assert "Searched for: spikes (practitioner)" in await screen.type("/explain spikes")
    assert "Searched for: spikes (expert)" in await screen.type("/EXPLAIN spikes; Expert")


async def test_evidence_is_that_of_the_last_answer(screen: Screen) -> None:
    assert await screen.type("/evidence") == "There is no answer yet. Ask something first.\n"
    await screen.type("/explain spikes")
    assert "  [1] “We present KettleNet, a network of 12 layers.”" in await screen.type("/evidence")


async def test_forgetting_begins_another_conversation(screen: Screen, notebook: Notebook) -> None:
    await screen.type("/explain spikes")
    assert await screen.type("/forget") == "This conversation is deleted. Another one begins.\n"
    assert [conversation.id for conversation in notebook.kept] == ["2"]
    assert await screen.type("/evidence") == "There is no answer yet. Ask something first.\n"


async def test_help_lists_the_commands(screen: Screen) -> None:
    listed = await screen.type("/help")
    assert [line.split()[0] for line in listed.splitlines()] == [
        "/evidence",
        "/summarise",
        "/compare",
        "/explain",
        "/forget",
        "/help",
    ]


async def test_an_unknown_command_is_no_question(screen: Screen) -> None:
    assert await screen.type("/frobnicate") == "There is no command /frobnicate. /help lists those that there are.\n"


@pytest.mark.parametrize("line", ["/summarise", "/compare GPipe", "/explain ", "?!"])
async def test_what_is_incomplete_is_an_error(screen: Screen, line: str) -> None:
    with pytest.raises(QuestionError):
        await screen.type(line)
