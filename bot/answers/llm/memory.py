"""What was learnt of model servers, kept over restarts, so that the first question after one needs no second try."""

import hashlib
import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from bot.answers.llm.text_model import LIMITS, Learnt
from bot.errors.operation import StoreError
from bot.store.key_values import KeyValueStore

log = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=30)
"""After so long everything is tried again: servers are updated, and models behind a name exchanged."""

_OPTIONS = frozenset(
    "max_tokens max_completion_tokens temperature stream_options response_format reasoning_effort".split()
)


class ServerMemory:
    """Keeps the limits of each model on each server. Neither addresses, which may hold a key, nor keys are written."""

    def __init__(self, *, key_values: KeyValueStore, clock: Callable[[], datetime]) -> None:
        self._key_values = key_values
        self._clock = clock
        self._written: dict[str, dict[str, Any]] = {}

    async def recall(self, base_url: str, model: str, learnt: Learnt) -> None:
        """Put what is known of a server's model into `learnt`, unless that is too old or of another room's setting."""
        name = _name(base_url, model)
        try:
            kept = json.loads(await self._key_values.get(name) or "{}")
        except (StoreError, ValueError, RecursionError) as error:
            log.warning("what was learnt of the model server can't be read: %s", type(error).__name__)
            return
        values = _valid(kept)
        too_old = self._clock().timestamp() - values.pop("at", 0.0) > KEPT_FOR.total_seconds()
        if too_old or values.pop("configured_room", None) != learnt.configured_room:
            return
        for field, value in values.items():
            setattr(learnt, field, value)
        self._written[name] = _values(learnt)
        learnt.recalled = True

    async def keep(self, base_url: str, model: str, learnt: Learnt) -> None:
        """Write down what is known of a server's model, where that has changed. Raises nothing."""
        name, values = _name(base_url, model), _values(learnt)
        if self._written.get(name, _values(Learnt(room=learnt.configured_room))) == values:
            return
        self._written[name] = values
        stamped = {**values, "at": self._clock().timestamp(), "configured_room": learnt.configured_room}
        try:
            await self._key_values.set(name, json.dumps(stamped))
        except StoreError as error:
            log.warning("what was learnt of the model server can't be kept: %s", error)


def _name(base_url: str, model: str) -> str:
    digest = hashlib.sha256(f"{base_url.rstrip('/')}\n{model}".encode()).hexdigest()
    return f"learnt {digest[:32]}"


def _values(learnt: Learnt) -> dict[str, Any]:
    values = {field: getattr(learnt, field) for field in LIMITS}
    return {**values, "refused": sorted(learnt.refused), "renamed": dict(sorted(learnt.renamed.items()))}


def _valid(kept: object) -> dict[str, Any]:
    """Return the values of a record that are of the right kind; a store may be of another version."""
    record = kept if isinstance(kept, dict) else {}
    found: dict[str, Any] = {}
    for field in ("at", "configured_room", "room", "context", "most_output"):
        value = record.get(field)
        if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0:
            found[field] = value if field == "at" else int(value)
    for field in ("system_role", "streaming", "thinks"):
        if isinstance(record.get(field), bool):
            found[field] = record[field]
    refused, renamed = record.get("refused"), record.get("renamed")
    if isinstance(refused, list):
        found["refused"] = {name for name in refused if name in _OPTIONS}
    if isinstance(renamed, dict):
        found["renamed"] = {old: new for old, new in renamed.items() if {old, new} <= _OPTIONS}
    return found
