"""Requests to one model on one server, and what was learnt of what it takes."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import openai
from openai import AsyncOpenAI

from bot.answers.llm.events import Event, read_events
from bot.answers.llm.failures import says_overflow, server_text
from bot.answers.llm.prompts import RenderedPrompt
from bot.answers.llm.text_model import Learnt

_LEAST_KNOWN = ("response_format", "reasoning_effort", "stream_options")
"""What goes first when a server doesn't say what it refuses: fewest servers have JSON mode, then usage in streams."""

_RENAMED = {"max_tokens": "max_completion_tokens"}
"""What some models take under another name: OpenAI's that reason refuse max_tokens."""

_LIMITS = ("max_tokens", "max_completion_tokens")

# As templates of Gemma and Mistral say it through vLLM, llama.cpp and others.
_NO_SYSTEM = re.compile(
    r"system (?:role|message|prompt|instruction)s?[^.]{0,40}(?:not|n't|un)[ -]?(?:supported|allowed|enabled|permitted)"
    r"|(?:not|n't) (?:support|allow|accept)\w*[^.]{0,30}system|roles must alternate|only user and assistant roles"
    r"|(?:unsupported|unknown|invalid) role[^.]{0,20}system|developer instruction is not enabled",
    re.IGNORECASE,
)
_NO_STREAM = re.compile(r"\bstream(?:ing|ed)?\b", re.IGNORECASE)
_CONTEXT = re.compile(
    r"(?:context (?:length|window|size)|n_ctx)[^\d\n]{0,30}(\d{3,7})|(\d{3,7})[ -]?(?:tokens? )?(?:maximum )?context",
    re.IGNORECASE,
)
_MOST_OUTPUT = re.compile(
    r"(?:at most|up to|maximum(?: value)?(?: of| is|:)?|less than or equal to|<=|limit(?: of| is|:)?|range[^\n]{0,12},)"
    r"[^\d\n]{0,12}(\d{2,7})",
    re.IGNORECASE,
)


class ModelRequest:
    """Sends requests, each again in another way while the server refuses it and says what it can't take.

    `effort` is how much a model is asked to think, where its server takes that.
    """

    def __init__(
        self,
        *,
        client: AsyncOpenAI,
        name: str,
        learnt: Learnt,
        extra_body: dict[str, Any] | None = None,
        effort: str | None = None,
    ) -> None:
        # Named here, since openai imports it when it is named: with the first question, that would block the loop.
        self._completions = client.chat.completions.with_streaming_response
        self._name = name
        self._learnt = learnt
        self._extra_body = extra_body or None
        self._effort = effort

    @asynccontextmanager
    async def open(self, prompt: RenderedPrompt) -> AsyncIterator[AsyncIterator[Event]]:
        """Yield the events of an answer; again with fewer optional parameters while the server refuses the request.

        An answer of any length, or one that isn't asked to be JSON, is better than none. Raises OpenAIError.
        """
        attempt = _Attempt(prompt, self._learnt, effort=self._effort)
        while True:
            opened = self._completions.create(
                model=self._name,
                messages=attempt.messages(prompt),  # type: ignore[arg-type]
                stream=attempt.learnt.streaming,
                extra_body=self._extra_body,
                **attempt.options,
            )
            try:
                response = await opened.__aenter__()
            except openai.APIStatusError as error:
                if attempt.without(error):
                    continue
                self._learnt.context = attempt.learnt.context  # known, though this prompt is too long for it
                if self._learnt.recalled and not says_overflow(error) and _is_refusal(error):
                    self._learnt.forget()  # the server isn't what it was
                    attempt = _Attempt(prompt, self._learnt, effort=self._effort)
                    continue
                raise
            try:
                attempt.keep(self._learnt)
                yield read_events(response.iter_bytes())
            finally:
                await opened.__aexit__(None, None, None)
            return


class _Attempt:
    """One way to send a prompt, and what it would take to be known of the server if it is taken."""

    def __init__(self, prompt: RenderedPrompt, learnt: Learnt, *, effort: str | None) -> None:
        self.learnt = replace(learnt, refused=set(learnt.refused), renamed=dict(learnt.renamed))
        self._least = prompt.max_output_tokens
        named = {learnt.renamed.get(name, name): value for name, value in self._all(prompt, effort).items()}
        self.options = {name: value for name, value in named.items() if name not in learnt.refused}

    def _all(self, prompt: RenderedPrompt, effort: str | None) -> dict[str, Any]:
        limit = prompt.max_output_tokens + self.learnt.room
        options: dict[str, Any] = {"max_tokens": min(limit, self.learnt.most_output or limit)}
        if self.learnt.streaming:
            options["stream_options"] = {"include_usage": True}
        if prompt.temperature is not None:
            options["temperature"] = prompt.temperature
        if prompt.json_object:
            options["response_format"] = {"type": "json_object"}
        if effort is not None:
            options["reasoning_effort"] = effort
        return options

    def messages(self, prompt: RenderedPrompt) -> list[dict[str, str]]:
        """Return the prompt's two messages, or one where the model's template has no system role."""
        if self.learnt.system_role:
            return [{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.user}]
        return [{"role": "user", "content": f"{prompt.system.rstrip()}\n\n{prompt.user}"}]

    def without(self, error: openai.APIStatusError) -> bool:
        """Take out of the request what the server refused; return False when there is nothing to take out."""
        text = server_text(error)
        refusal = _is_refusal(error)
        if self.learnt.system_role and (refusal or error.status_code == 500) and _NO_SYSTEM.search(text):
            self.learnt.system_role = False
            return True
        if says_overflow(error):
            if found := _CONTEXT.search(text):
                self.learnt.context = int(found[1] or found[2])
            return self._with_less_room(self._least)
        if not refusal:
            return False
        param = error.param or ""
        if self.learnt.streaming and (param == "stream" or (not self._named(error) and _NO_STREAM.search(text))):
            self.learnt.streaming = False
            self.options.pop("stream_options", None)
            return True
        named = self._named(error)
        if any(name in _LIMITS for name in named) and self._within(text):
            return True
        if not self.options:
            return False
        for name in named or _guessed(self.options):
            self._leave_out(name, text)
        return True

    def keep(self, learnt: Learnt) -> None:
        """Write down what was learnt: the server took the request."""
        learnt.recalled = False
        for name in ("refused", "renamed", "system_role", "streaming", "room", "most_output", "context"):
            setattr(learnt, name, getattr(self.learnt, name))
        if "response_format" in self.options or "response_format" in self.learnt.refused:
            learnt.json_mode = "response_format" in self.options

    def _named(self, error: openai.APIStatusError) -> list[str]:
        """Return the options that a server names: in the error's field, else in its words."""
        if named := [name for name in self.options if error.param and error.param.startswith(name)]:
            return named
        text = server_text(error)
        return [name for name in self.options if name in text]

    def _limit(self) -> str | None:
        return next((name for name in _LIMITS if name in self.options), None)

    def _with_less_room(self, tokens: int) -> bool:
        """Ask for fewer tokens; return False when no more than that was asked for."""
        name = self._limit()
        if name is None or self.options[name] <= tokens:
            return False
        self.options[name] = tokens
        self.learnt.room = max(0, tokens - self._least)
        return True

    def _within(self, text: str) -> bool:
        """Ask for as many tokens as the server says it may; return False when it doesn't say."""
        found = _MOST_OUTPUT.search(text)
        if found is None or not self._with_less_room(int(found[1])):
            return False
        self.learnt.most_output = int(found[1])
        return True

    def _leave_out(self, name: str, text: str) -> None:
        value = self.options.pop(name)
        self.learnt.refused.add(name)
        renamed = _RENAMED.get(name)
        if renamed and renamed not in self.learnt.refused and renamed in text:
            self.options[renamed] = value
            self.learnt.renamed[name] = renamed
        self.learnt.renamed = {old: new for old, new in self.learnt.renamed.items() if new != name}


def _is_refusal(error: openai.APIStatusError) -> bool:
    return isinstance(error, openai.BadRequestError | openai.UnprocessableEntityError)


def _guessed(options: dict[str, Any]) -> list[str]:
    """Return which options to leave out when the server names none: the least known, in the end all."""
    return next(([name] for name in _LEAST_KNOWN if name in options), list(options))
