"""What the assistant asks of a model, whatever library reaches it."""

import math
import threading
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from typing import Protocol

from bot.answers.llm.prompts import RenderedPrompt
from bot.answers.request import Requester


@dataclass(slots=True)
class Call:
    """What becomes known of a call while it runs: who answered, at which price, and what it used.

    Tokens are None where the server doesn't count them. Prices are for a million tokens. `alive` is called once the
    model has begun, be it with thinking that isn't shown.
    """

    model: str = ""
    price_input: float = 0.0
    price_output: float = 0.0
    input_tokens: int | None = None
    output_tokens: int | None = None
    alive: Callable[[], None] | None = None


LIMITS = ("room", "thinks", "refused", "renamed", "system_role", "streaming", "context", "most_output")
"""What of a server is kept over restarts: all that changes a request."""


@dataclass(slots=True)
class Learnt:
    """What became known of one model on one server, so that each request needs no second try.

    `room` is how many tokens more than an answer's are asked for, since servers count thinking into the limit.
    `context` and `most_output` are the limits in tokens that the server named; `tokens_per_second` is of the last
    answer. What is None isn't known yet. `recalled`: the limits are of a run before, and no request has proven them.
    """

    room: int = 0
    refused: set[str] = field(default_factory=set)
    renamed: dict[str, str] = field(default_factory=dict)
    system_role: bool = True
    streaming: bool = True
    streamed: bool | None = None
    thinks: bool | None = None
    unopened: bool = False
    tells_end: bool = False
    json_mode: bool | None = None
    context: int | None = None
    most_output: int | None = None
    tokens_per_second: float | None = None
    recalled: bool = False
    configured_room: int = field(init=False)

    def __post_init__(self) -> None:
        """Keep the room that the settings give."""
        self.configured_room = self.room

    def forget(self) -> None:
        """Forget the limits, as if the server had never been asked."""
        fresh = Learnt(room=self.configured_room)
        for name in LIMITS:
            setattr(self, name, getattr(fresh, name))
        self.recalled = False

    def prompt_limit(self, *, output: int) -> int | None:
        """Return how many tokens a prompt may have beside `output` ones, or None where the context isn't known.

        A model that thinks has its room beside the output, but never more than half of the context.
        """
        if self.context is None:
            return None
        beside = output + (self.room if self.thinks else 0)
        return max(self.context // 2, self.context - beside) - _FRAME


class TextModel(Protocol):
    """What writes: one model, or several that stand in for each other."""

    @property
    def name(self) -> str:
        """The name of the model that is asked first."""

    def stream(self, prompt: RenderedPrompt, *, call: Call | None = None) -> AsyncGenerator[str]:
        """Yield the text piece by piece, never an empty piece. Fills in `call`. Raises ModelError."""


_CHARS = 3
_FRAME = 16  # what a chat template puts around two messages
_LOWEST, _HIGHEST = 0.5, 3.0
_MARGIN = 1.1
_FORGETTING = 0.05
_TELLING = 200  # the frame of a shorter prompt weighs more than its text


def estimate_tokens(text: str) -> int:
    """Estimate tokens: a third of the ASCII characters, rounded up, and one for each other (two beyond U+FFFF).

    That is on the safe side for English text, and about right for scripts of which a token holds one character.
    """
    plain = len(text.encode("ascii", "ignore"))
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    return math.ceil(plain / _CHARS) + units - plain


def cut_to_tokens(text: str, tokens: int) -> str:
    """Return the longest beginning of `text` that is estimated at no more than `tokens`."""
    low, high = 0, min(len(text), max(0, tokens) * _CHARS)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if estimate_tokens(text[:middle]) <= tokens else (low, middle - 1)
    return text[:low]


class TokenEstimator:
    """Estimates that learn from what endpoints count; safe to share among threads.

    The ratio of what is counted to the plain estimate rises at once with an endpoint that counts more, and falls slowly
    with those that count less. It stays within bounds, whatever a server claims.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ratio = 1.0

    @property
    def ratio(self) -> float:
        """What the plain estimate is multiplied by."""
        with self._lock:
            return self._ratio

    def at_most(self, prompt: RenderedPrompt) -> int:
        """Return what a prompt may take, for a reservation: never less than the plain estimate."""
        return _FRAME + math.ceil(_plain(prompt) * max(1.0, self.ratio))

    def likely(self, prompt: RenderedPrompt) -> int:
        """Return what a prompt took, where the server didn't count: no more than `at_most`."""
        return _FRAME + math.ceil(_plain(prompt) * self.ratio)

    def written(self, text: str) -> int:
        """Return what an answer's text took, where the server didn't count."""
        return math.ceil(estimate_tokens(text) * self.ratio)

    def learn(self, prompt: RenderedPrompt, tokens: int) -> None:
        """Take in how many tokens an endpoint counted for a prompt."""
        plain = _plain(prompt)
        if plain < _TELLING:
            return
        seen = min(_HIGHEST, max(_LOWEST, _MARGIN * (tokens - _FRAME) / plain))
        with self._lock:
            self._ratio = seen if seen > self._ratio else self._ratio + _FORGETTING * (seen - self._ratio)


def _plain(prompt: RenderedPrompt) -> int:
    return estimate_tokens(prompt.system) + estimate_tokens(prompt.user)


class Metered(Protocol):
    """A model whose calls are counted for their requester."""

    @property
    def name(self) -> str:
        """The model's name."""

    def stream(self, prompt: RenderedPrompt, *, requester: Requester) -> AsyncGenerator[str]:
        """Yield the text piece by piece. Raises ModelError and BudgetUsed."""
