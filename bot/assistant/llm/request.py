"""A request in the words that its server understands: what one refuses is left out from then on."""

from typing import Any

import openai
from openai import AsyncOpenAI

from bot.assistant.llm.errors import says_overflow, server_text
from bot.assistant.writing.prompts import RenderedPrompt

_LEAST_KNOWN = ("response_format", "stream_options")
"""What goes first when a server doesn't say what it refuses: fewest servers have JSON mode, then usage in streams."""


_RENAMED = {"max_tokens": "max_completion_tokens"}
"""What some models take under another name: OpenAI's that reason refuse max_tokens."""


class ModelRequest:
    """Opens streams of one model on one server, and remembers which optional parameters the server refused."""

    def __init__(self, *, client: AsyncOpenAI, name: str, extra_body: dict[str, Any] | None = None) -> None:
        # Named here, since openai imports it when it is named: with the first question, that would block the loop.
        self._completions = client.chat.completions
        self._name = name
        self._extra_body = extra_body or None
        self._refused: set[str] = set()
        self._taken: dict[str, str] = {}

    async def open(self, prompt: RenderedPrompt) -> Any:
        """Start a stream of chunks; again with fewer optional parameters while the server refuses the request.

        An answer of any length, or one that isn't asked to be JSON, is better than none. Raises OpenAIError.
        """
        options = self._known(_options(prompt))
        left_out: set[str] = set()
        taken: dict[str, str] = {}
        while True:
            try:
                stream = await self._completions.create(
                    model=self._name,
                    messages=[
                        {"role": "system", "content": prompt.system},
                        {"role": "user", "content": prompt.user},
                    ],
                    stream=True,
                    extra_body=self._extra_body,
                    **options,
                )
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if not options or says_overflow(error):
                    raise
                for name in _refused_by(error, options):
                    value = options.pop(name)
                    left_out.add(name)
                    renamed = _RENAMED.get(name)
                    if renamed and renamed not in left_out and renamed in server_text(error):
                        options[renamed] = value
                        taken[name] = renamed
            else:
                self._refused |= left_out
                self._taken |= {name: other for name, other in taken.items() if other not in left_out}
                return stream

    def _known(self, options: dict[str, Any]) -> dict[str, Any]:
        """Return the options without those that were refused before, or under the name that was taken instead."""
        named = {self._taken.get(name, name): value for name, value in options.items()}
        return {name: value for name, value in named.items() if name not in self._refused}


def _options(prompt: RenderedPrompt) -> dict[str, Any]:
    options: dict[str, Any] = {
        "max_tokens": prompt.max_output_tokens,
        "stream_options": {"include_usage": True},
    }
    if prompt.temperature is not None:
        options["temperature"] = prompt.temperature
    if prompt.json_object:
        options["response_format"] = {"type": "json_object"}
    return options


def _refused_by(error: openai.APIStatusError, options: dict[str, Any]) -> list[str]:
    """Return which options to leave out: the one that the server names, else the least known, in the end all."""
    if named := [name for name in options if error.param and error.param.startswith(name)]:
        return named
    text = server_text(error)
    if named := [name for name in options if name in text]:
        return named
    return next(([name] for name in _LEAST_KNOWN if name in options), list(options))
