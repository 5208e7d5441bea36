"""What the loopback model server sends back."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """What the server does with one request: a status, or the pieces of a stream and how it ends.

    `first_delay_s` is waited before the first piece, `delay_s` before each. `finish_reason` None leaves it out;
    `dropped` cuts the connection after the last piece; `error_event` sends an error within the stream; without `usage`
    the tokens are never told; without `done` the stream just ends. `body` is sent as it is: as the stream, or with
    another status than 200 as plain text. `error` is the JSON of another status than 200.
    """

    pieces: tuple[str, ...] = ()
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    first_delay_s: float = 0.0
    delay_s: float = 0.0
    finish_reason: str | None = "stop"
    dropped: bool = False
    error_event: bool = False
    usage: bool = True
    done: bool = True
    body: str | None = None
    error: Json | None = None


Behaviour = Callable[[Json], Reply]
"""What a model does with a request."""


def in_pieces(text: str, size: int = 7) -> tuple[str, ...]:
    """Cut a text as a model's tokens would."""
    return tuple(text[at : at + size] for at in range(0, len(text), size))


def in_long_pieces(behaviour: Behaviour) -> Behaviour:
    """Write the same in few pieces where nothing depends on that: a piece takes longer to send than to check."""

    def longer(request: Json) -> Reply:
        reply = behaviour(request)
        if reply.dropped or reply.delay_s:
            return reply
        return replace(reply, pieces=in_pieces("".join(reply.pieces), size=70))

    return longer
