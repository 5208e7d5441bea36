"""Chat completions of any OpenAI-compatible server, streamed where it streams, and its failures as errors of ours."""

import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

from openai import AsyncOpenAI

from bot.answers.llm.failures import model_error, server_words
from bot.answers.llm.prompts import RenderedPrompt
from bot.answers.llm.request import ModelRequest
from bot.answers.llm.stream import StreamReader
from bot.answers.llm.text_model import Call, Learnt, estimate_tokens
from bot.errors.services import (
    ModelDeclined,
    ModelError,
    ModelFiltered,
    ModelInterrupted,
    ModelSilent,
    ModelThought,
)

_MORE_ROOM = 4
"""How many times the room for thinking a second try has, when all of it went into thinking."""

_LEAST_ROOM = 8000
"""What a second try has at least, in tokens: models that think hard take several thousand for a question."""

_PING_SYSTEM = "Answer the question from the source in one short sentence, and end it with [1]."
_PING = """\
@@ping source [1]
Title: Kettles
Abstract: Kettles whistle once their water boils.
@@ping end of sources

Question: When do kettles whistle?"""
"""As short as a question from a source can be: some models have nothing to say to less."""


class ChatModel:
    """One model on one server. The client, its retries and its time-out are the caller's.

    Prices are for a million tokens. `extra_body` are more fields for every request. `learnt` may be shared by those
    that are the same model on the same server; `keep` writes it down after a request.
    """

    def __init__(
        self,
        *,
        client: AsyncOpenAI,
        name: str,
        price_input: float = 0.0,
        price_output: float = 0.0,
        extra_body: dict[str, Any] | None = None,
        effort: str | None = None,
        learnt: Learnt | None = None,
        keep: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self.learnt = Learnt() if learnt is None else learnt
        self._request = ModelRequest(client=client, name=name, learnt=self.learnt, extra_body=extra_body, effort=effort)
        self._key = client.api_key
        self._keep = keep
        self._price_input = price_input
        self._price_output = price_output
        self.name = name

    async def stream(self, prompt: RenderedPrompt, *, call: Call | None = None) -> AsyncGenerator[str]:
        """Yield the answer's text piece by piece, without what a model thinks and what its template adds.

        A text of more than eight characters for each of the prompt's output tokens is cut there, as if it ended. When
        thinking takes all of the tokens, it is asked once more with room for more. Closing the generator closes the
        connection. Raises ModelError: before the first piece when the server fails, ModelSilent after a stream
        without text, ModelInterrupted when it stops early or ends without saying that it is finished.
        """
        call, recalled = self._begun(call), self.learnt.recalled
        for last in (False, True):
            reader = self._reader(call, prompt)
            async for piece in self._pieces(reader, prompt):
                yield piece
            if reader.written or reader.finish_reason != "length" or last:
                break
            room = max(_LEAST_ROOM, _MORE_ROOM * self.learnt.room)
            if self.learnt.most_output is not None and room + prompt.max_output_tokens > self.learnt.most_output:
                break
            self.learnt.room = room
        if not reader.written and recalled:
            self.learnt.forget()  # whatever it is, the next request begins anew
        if self._keep is not None:
            await self._keep()
        if failure := self._failure(reader):
            raise failure

    async def ping(self) -> None:
        """Ask a question of one sentence, to see whether the model answers. Raises ModelError."""
        prompt = RenderedPrompt(system=_PING_SYSTEM, user=_PING, max_output_tokens=200, temperature=None)
        async for _ in self.stream(prompt):
            pass

    def _reader(self, call: Call, prompt: RenderedPrompt) -> StreamReader:
        return StreamReader(
            call=call,
            max_output_tokens=prompt.max_output_tokens,
            unopened=self.learnt.unopened,
            json_object=prompt.json_object,
        )

    async def _pieces(self, reader: StreamReader, prompt: RenderedPrompt) -> AsyncGenerator[str]:
        """Yield the text of one request, and keep what it shows of the server. Raises ModelError."""
        text = ""
        began = 0.0
        try:
            async with self._request.open(prompt) as events:
                async for event in events:
                    began = began or time.monotonic()
                    if piece := reader.feed(event):
                        text += piece
                        yield piece
                    if reader.full:
                        break
        except Exception as error:  # noqa: BLE001 - servers send what no client library expects
            if not (reader.written and reader.finish_reason):  # else all of the text is there
                # Without its cause: that holds the server's own text, which may repeat the key.
                raise model_error(error, written=reader.written, key=self._key) from None
        if piece := reader.finish():
            text += piece
            yield piece
        self._learn(reader, text, time.monotonic() - began, json_object=prompt.json_object)

    def _learn(self, reader: StreamReader, text: str, seconds: float, *, json_object: bool) -> None:
        learnt = self.learnt
        # JSON mode keeps some models from thinking, so a plan without it says nothing of answers.
        learnt.unopened = reader.unopened or (learnt.unopened and json_object)
        learnt.thinks = bool(learnt.thinks) or reader.thought
        if not reader.written:
            return
        learnt.streamed = reader.streamed
        learnt.tells_end = learnt.tells_end or reader.complete
        if reader.streamed and seconds > 0:
            learnt.tokens_per_second = (reader.output_tokens or estimate_tokens(text)) / seconds

    def _failure(self, reader: StreamReader) -> ModelError | None:
        """Return what is wrong with an answer whose stream ended, if anything."""
        reason = reader.finish_reason
        if not reader.written:
            return self._silence(reader)
        if reason in {"content_filter", "error"}:
            return ModelInterrupted(detail=f"finish reason {reason}")
        # Some servers never give a reason, and a few don't say either that they are done. One that did so once is
        # taken at its word from then on.
        unsaid = self.learnt.tells_end and not reader.complete
        if reason is None and not reader.full and (unsaid or not reader.ends_well):
            return ModelInterrupted(detail="no finish reason")
        return None

    def _silence(self, reader: StreamReader) -> ModelError:
        """Return why there is no text."""
        reason = reader.finish_reason
        if reader.refusal:
            return ModelDeclined(detail=server_words(reader.refusal, key=self._key))
        if reason == "content_filter":
            return ModelFiltered(detail=f"finish reason {reason}")
        if reader.called_tool:
            return ModelSilent(detail="it called a tool")
        if reader.thought and (reason == "length" or reader.full):
            return ModelThought(detail=f"{self.learnt.room} tokens for thinking")
        if reason == "length":
            return ModelThought(detail="no text before the limit of tokens")
        return ModelSilent(detail=f"finish reason {reason or 'missing'}")

    def _begun(self, call: Call | None) -> Call:
        """Return the call with this model in it and nothing used yet."""
        call = Call() if call is None else call
        call.model, call.price_input, call.price_output = self.name, self._price_input, self._price_output
        call.input_tokens = call.output_tokens = None
        return call
