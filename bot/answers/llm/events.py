"""The bytes of a model server's answer as events, whatever it sends: a stream of events, one JSON body, a web page."""

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

Event = dict[str, Any]

DONE: Event = {"done": True}
"""What a stream says when it is complete, whatever its chunks said of it."""

_LONGEST = 4_000_000
"""How many bytes a line, or a body that is no stream, may have: more is no answer, and would fill the memory."""


class UnreadableAnswer(Exception):
    """What came is neither events nor JSON. `text` is how it begins, which may repeat the key."""

    def __init__(self, text: str) -> None:
        """Keep the text."""
        super().__init__("not an answer")
        self.text = text


async def read_events(chunks: AsyncIterator[bytes]) -> AsyncIterator[Event]:
    """Yield the events of a body, and DONE where the server says so. Raises UnreadableAnswer.

    Comments, pings and keep-alives without data are left out. A body of JSON, which is what servers send that don't
    stream, is one event; so is JSON that breaks into a stream without being marked as data, as some errors do.
    """
    lines = EventLines()
    pending = b""
    async for chunk in chunks:
        pending += chunk
        # A line break may be cut in two, so a carriage return at the end waits for what follows.
        held = pending[-1:] if pending.endswith(b"\r") else b""
        *whole, pending = pending[: len(pending) - len(held)].replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        pending += held
        if len(pending) > _LONGEST:
            raise UnreadableAnswer(pending[:1000].decode(errors="replace"))
        for line in whole:
            for event in lines.feed(line):
                yield event
    for event in lines.finish(pending.rstrip(b"\r")):
        yield event


class EventLines:
    """Puts lines together to events."""

    def __init__(self) -> None:
        """Start before the first line."""
        self._data: list[str] = []
        self._bare: list[str] = []
        self._name = ""
        self._first = True
        self._size = 0

    def feed(self, raw: bytes) -> Iterator[Event]:
        """Add a line without its end; yield the events that it completes. Raises UnreadableAnswer."""
        line = raw.decode(errors="replace")
        if self._first:
            line, self._first = line.removeprefix("\ufeff"), False
        field, colon, value = line.partition(":")
        if not line.strip():
            yield from self._dispatch()
        elif colon and field == "data":
            self._data.append(value.removeprefix(" "))
        elif colon and field == "event":
            self._name = value.strip()
        elif field not in {"", "id", "retry", "data", "event"}:
            self._bare.append(line)
            self._size += len(line)
            if self._size > _LONGEST:
                raise UnreadableAnswer("\n".join(self._bare)[:1000])

    def finish(self, raw: bytes) -> Iterator[Event]:
        """Add what is left after the last line break; yield the last events. Raises UnreadableAnswer."""
        yield from self.feed(raw)
        yield from self._dispatch()
        if bare := "\n".join(self._bare).strip():
            yield _event(bare)

    def _dispatch(self) -> Iterator[Event]:
        lines, name = self._data, self._name
        self._data, self._name = [], ""
        data = "\n".join(lines).strip()
        # Relays put their comments, and keep-alives without anything, where data belongs.
        if not data or data.startswith(":"):
            return
        try:
            events = [_event(data)]
        except UnreadableAnswer:
            if len(lines) < 2:
                raise
            events = [_event(line.strip()) for line in lines if line.strip()]  # events without a line between them
        for event in events:
            yield {"error": event} if name == "error" and "error" not in event else event


def _event(text: str) -> Event:
    if text == "[DONE]":
        return DONE
    try:
        value = json.loads(text)
    except ValueError:
        raise UnreadableAnswer(text[:1000]) from None
    if isinstance(value, list) and value:  # Google puts its errors into a list
        value = value[0]
    if not isinstance(value, dict):
        raise UnreadableAnswer(text[:1000])
    return value
