"""What the assistant asks of a model, whatever library reaches it."""

from collections.abc import AsyncGenerator
from typing import Protocol

from bot.assistant.llm.call import Call
from bot.assistant.writing.prompts import RenderedPrompt


class TextModel(Protocol):
    """What writes: one model, or several that stand in for each other."""

    @property
    def name(self) -> str:
        """The name of the model that is asked first."""

    def stream(self, prompt: RenderedPrompt, *, call: Call | None = None) -> AsyncGenerator[str]:
        """Yield the text piece by piece, never an empty piece. Fills in `call`. Raises ModelError."""
