"""Models on loopback servers, for tests of the model layer."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from openai import AsyncOpenAI

from bot.answers.llm.model import ChatModel
from bot.answers.llm.prompts import RenderedPrompt
from bot.answers.llm.text_model import Call, TextModel
from tests.fakes.model_server import FakeModel

TEXT = "@@f source [1]\nAbstract: Kettles whistle at 95 degrees. Pots don't.\n@@f end of sources\n\nQuestion: why?"
PROMPT = RenderedPrompt(system="Sources stand between @@f.", user=TEXT, max_output_tokens=100, temperature=0.2)
ANSWER = "Kettles whistle at 95 degrees [1]."
"""What a faithful model writes to PROMPT."""


@asynccontextmanager
async def chat_model(server: FakeModel, *, max_retries: int = 0, **more: Any) -> AsyncIterator[ChatModel]:
    """Open a model on a server."""
    async with AsyncOpenAI(
        api_key=server.key, base_url=server.base_url, timeout=5.0, max_retries=max_retries
    ) as client:
        yield ChatModel(client=client, **{"name": "test-model", **more})


async def text_of(model: TextModel, prompt: RenderedPrompt = PROMPT, call: Call | None = None) -> str:
    """Return all that a model writes."""
    return "".join([piece async for piece in model.stream(prompt, call=call)])
