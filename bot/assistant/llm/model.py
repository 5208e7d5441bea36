"""The model: chat completions of any OpenAI-compatible server, streamed."""

from collections.abc import AsyncGenerator
from typing import Any

from openai import AsyncOpenAI

from bot.assistant.llm.call import Call
from bot.assistant.llm.errors import model_error
from bot.assistant.llm.request import ModelRequest
from bot.assistant.llm.stream import StreamReader
from bot.assistant.writing.prompts import RenderedPrompt
from bot.errors import ModelInterrupted, ModelSilent


class ChatModel:
    """One model on one server. The client, its retries and its time-out are the caller's.

    Prices are for a million tokens. `extra_body` are more fields for every request.
    """

    def __init__(
        self,
        *,
        client: AsyncOpenAI,
        name: str,
        price_input: float = 0.0,
        price_output: float = 0.0,
        extra_body: dict[str, Any] | None = None,
    ) -> None:
        self._request = ModelRequest(client=client, name=name, extra_body=extra_body)
        self._price_input = price_input
        self._price_output = price_output
        self._unopened = False
        self.name = name

    async def stream(self, prompt: RenderedPrompt, *, call: Call | None = None) -> AsyncGenerator[str]:
        """Yield the answer's text piece by piece, without what a model thinks aloud in `<think>`.

        A text of more than eight characters for each of the prompt's output tokens is cut there, as if it ended.
        Closing the generator closes the connection. Raises ModelError: before the first piece when the server fails,
        ModelSilent after a stream without text, ModelInterrupted when it breaks off or ends without saying that it is
        finished.
        """
        reader = StreamReader(
            call=self._begun(call), max_output_tokens=prompt.max_output_tokens, unopened=self._unopened
        )
        try:
            async with await self._request.open(prompt) as chunks:
                async for chunk in chunks:
                    if text := reader.feed(chunk):
                        yield text
                    if reader.full:
                        break
        except Exception as error:  # noqa: BLE001 - servers send what no client library expects
            if not (reader.written and reader.finish_reason):  # else all of the text is there
                # Without its cause: that holds the server's own text, which may repeat the key.
                raise model_error(error, written=reader.written) from None
        if text := reader.finish():
            yield text
        self._unopened = reader.unopened
        if not reader.written:
            raise ModelSilent(detail=f"finish reason {reader.finish_reason or 'missing'}")
        if reader.finish_reason is None and not reader.full:
            raise ModelInterrupted(detail="no finish reason")

    async def ping(self) -> None:
        """Ask for one word, to see whether the model answers. Raises ModelError."""
        prompt = RenderedPrompt(
            system="Answer with one word.", user="Say ready.", max_output_tokens=200, temperature=None
        )
        async for _ in self.stream(prompt):
            pass

    def _begun(self, call: Call | None) -> Call:
        """Return the call with this model in it and nothing used yet."""
        call = Call() if call is None else call
        call.model, call.price_input, call.price_output = self.name, self._price_input, self._price_output
        call.input_tokens = call.output_tokens = None
        return call
