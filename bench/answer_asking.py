"""Requests to the assistant with a loopback model, and what came of each: the answer, and what the model was asked."""

import json
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.answers.answer import Answer
from bot.answers.events import Done, Event
from bot.answers.planning.followups import Turn
from bot.answers.request import RequestContext, Requester
from bot.app import App, open_app
from bot.config import Settings
from bot.errors import PaperbotError
from bot.models import Paper
from bot.store.database import MEMORY
from tests.fakes.model_plans import plan_of, plans, question_to_plan
from tests.fakes.model_prompts import wants_mending
from tests.fakes.model_reply import Behaviour, Json, Reply, in_pieces
from tests.fakes.model_server import FakeModel

ASKER = Requester("bench", "bench")
NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)  # "last month" is the same month in every run
_PIECE_CHARS = 60
_NO_LIMITS = {"user_tokens": 0, "guild_tokens": 0, "day_tokens": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question of the question file, its conversation, and the recorded plan as a model wrote it."""

    id: str
    text: str
    history: tuple[Turn, ...]
    plan: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a user gets, an answer or an error, and the bodies of the requests that were made for it."""

    answer: Answer | None
    error: PaperbotError | None
    requests: tuple[Json, ...]

    @property
    def plans(self) -> int:
        """How many requests were for a plan."""
        return sum(question_to_plan(request) is not None for request in self.requests)

    @property
    def corrections(self) -> int:
        """How many requests were for mending sentences."""
        return sum(wants_mending(request) for request in self.requests)

    @property
    def answers(self) -> int:
        """How many requests were for the text itself."""
        return len(self.requests) - self.plans - self.corrections


@dataclass(frozen=True, slots=True)
class Bench:
    """An app and its loopback model; None where it has none."""

    app: App
    model: FakeModel | None

    async def outcome(self, events: AsyncGenerator[Event]) -> Outcome:
        """Consume a request's events and return what came of it."""
        before = len(self.model.requests) if self.model else 0
        answer, error = None, None
        try:
            async for event in events:
                if isinstance(event, Done):
                    answer = event.answer
        except PaperbotError as raised:
            error = raised
        requests = tuple(self.model.requests[before:]) if self.model else ()
        return Outcome(answer=answer, error=error, requests=requests)

    async def ask(self, asked: Asked) -> Outcome:
        """Ask a question of the file."""
        return await self.outcome(self.app.assistant.ask(asked.text, history=asked.history, context=context()))


def context() -> RequestContext:
    """Return the circumstances of every request: who asks, and never an answer that was given before."""
    return RequestContext(requester=ASKER, fresh=True)


@asynccontextmanager
async def bench_with(
    papers: Sequence[Paper],
    behaviour: Behaviour | None,
    *,
    planning: Behaviour | None = None,
    store: Path = MEMORY,
    limits: dict[str, int] | None = None,
    **openai: Any,
) -> AsyncIterator[Bench]:
    """Open an app that holds `papers`, with a model that behaves so; without a behaviour there is no model.

    `limits` are LIMITS_*, none by default; `openai` are further OPENAI_*.
    """
    async with AsyncExitStack() as stack:
        model = None
        groups: dict[str, Any] = {"limits": _NO_LIMITS | (limits or {})}
        if behaviour is not None:
            model = await stack.enter_async_context(
                FakeModel(_in_larger_pieces(behaviour), planning=_in_larger_pieces(planning or plans()))
            )
            groups["openai"] = {"base_url": model.base_url, "api_key": model.key, "reading_seconds": 0, **openai}
        settings = Settings.model_validate(groups)
        app = await stack.enter_async_context(
            open_app(settings, store_path=store, use_model=behaviour is not None, clock=lambda: NOW)
        )
        await app.papers.upsert(papers, now=NOW.timestamp())
        yield Bench(app, model)


def read_asked(folder: Path) -> list[Asked]:
    """Return the questions of questions.jsonl with the plans of plans.jsonl."""
    plans = {record["id"]: record for record in records(folder / "plans.jsonl")}
    return [
        Asked(
            id=record["id"],
            text=record["question"],
            history=tuple(Turn(turn["role"], turn["content"]) for turn in record.get("history", [])),
            plan={key: value for key, value in plans.get(record["id"], {}).items() if key != "id"},
        )
        for record in records(folder / "questions.jsonl")
    ]


def recorded_plans(asked: Sequence[Asked]) -> Behaviour:
    """Plan as the recorded model did; other questions by their own words."""
    recorded = {_key(one.text): one.plan for one in asked if one.plan}

    def behaviour(request: Json) -> Reply:
        question = question_to_plan(request) or ""
        plan = recorded.get(_key(question))
        return Reply(in_pieces(json.dumps(plan) if plan else plan_of(request)))

    return behaviour


def records(path: Path) -> list[Json]:
    """Return the objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _in_larger_pieces(behaviour: Behaviour) -> Behaviour:
    """Let a model send as much at once as some servers do: each piece costs the bench a third of a millisecond."""

    def larger(request: Json) -> Reply:
        reply = behaviour(request)
        return reply if reply.delay_s else replace(reply, pieces=in_pieces("".join(reply.pieces), _PIECE_CHARS))

    return larger


def _key(question: str) -> str:
    return "".join(char for char in question.casefold() if char.isalnum())
