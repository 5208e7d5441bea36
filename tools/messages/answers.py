"""Payloads of answers: what a model's texts become, what there is without a model, and an answer before its end."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace

import discord

from bot.answers.answer import Answer
from bot.answers.events import Done, Event
from bot.answers.request import RequestContext, Requester
from bot.app import App
from bot.frontends.discord.answers.buttons import view_below
from bot.frontends.discord.answers.rendering import (
    PartialAnswer,
    answer_embeds,
    evidence_embeds,
    reading_embed,
    stopped_embeds,
    waiting_embed,
    writing_embed,
)
from bot.frontends.discord.answers.streaming import cancel_view
from bot.sources.files import read_sample
from tests.fakes.model_server import FakeModel, fails, says
from tools.messages import samples
from tools.messages.payload import Asked, Payload, Payloads, payload

QUESTION = "How does Stormer forecast the weather, and how far ahead does it win?"
STORMER = "Scaling transformer neural networks for skillful and reliable medium-range weather forecasting"
SPIKING = (
    "Quantized Spike-driven Transformer",
    "Spike-driven Transformer V2: Meta Spiking Neural Network Architecture Inspiring the Design of Next-generation "
    "Neuromorphic Chips",
)
_ASKER = Requester(user="1", guild="2")
_JOB = "0123456789abcdef"


async def write_checked(app: App, server: FakeModel, to: Payloads) -> None:
    """Write what a model's texts become."""
    ask = app.assistant
    begun = app.conversations.start("discord:1", _ASKER)
    context = RequestContext(requester=_ASKER, conversation=begun)

    async def answered(events: AsyncGenerator[Event], *texts: str) -> Answer:
        server.script(*map(says, texts))
        return await _end(events)

    answer = await answered(ask.ask(QUESTION, context=context), samples.ANSWER)
    to.write("answer", *shown(answer, Asked("/ask")))
    to.write("answer-private", *shown(answer, Asked("/ask"), private=True))
    to.write("evidence", payload(evidence_embeds(answer), private=True))
    _write_states(answer, to)
    further = "and what about its training cost?"
    follow_up = await answered(ask.ask(further, context=context), samples.FOLLOW_UP)
    to.write("follow-up", *shown(follow_up, Asked(further)))
    kept = await _end(ask.ask(QUESTION))
    to.write("answer-kept", *shown(kept, Asked("/ask", by="jonas")))

    for name, events, texts, asked in (
        ("summary", ask.summarise([STORMER]), (samples.SUMMARY,), Asked("/summarise", by="jonas")),
        ("topic-summary", ask.summarise(["spiking transformers"]), (samples.LINES, samples.OVERVIEW), None),
        ("comparison", ask.compare(SPIKING), (samples.COMPARISON,), Asked("/compare")),
        ("explanation", ask.explain("spiking neural network"), (samples.EXPLANATION,), Asked("/explain", by="jonas")),
    ):
        answer = await answered(events, *texts)
        to.write(name, *shown(answer, asked or Asked("/summarise")))
    _write_comparison_states(await _end(ask.compare(SPIKING)), to)
    server.script(fails(401))  # others are tried again, which takes seconds
    failed = await _end(ask.ask("what is SpikeGPT?"))
    to.write("model-failed", *shown(failed, Asked("/ask", by="jonas")))


async def write_unchecked(app: App, to: Payloads) -> None:
    """Write what there is without a model."""
    ask = app.assistant
    for name, question, asked in (
        ("extracts", "what is GPipe?", Asked("@paperbot what is GPipe?", by="jonas")),
        ("no-answer", "alphafold style protein folding papers?", Asked("/ask")),
        ("papers", "what came out in December 2023?", Asked("/ask")),
        ("nothing-then", "spiking transformers before 1990", Asked("/ask")),
    ):
        to.write(name, *shown(await _end(ask.ask(question)), asked))
    titles = [paper.title for paper in read_sample()[:5]]
    to.write("two-messages", *shown(await _end(ask.compare(titles)), Asked("/compare")))


def shown(answer: Answer, asked: Asked, *, private: bool = False) -> Sequence[Payload]:
    """Return the messages of a finished answer, with the buttons below the last."""
    first, *others = answer_embeds(answer)
    view = view_below(answer, threads=not private)
    if not others:
        return [payload([first], view=view, asked=asked, private=private)]
    *between, last = others
    return [
        payload([first], asked=asked, private=private),
        *(payload([each], private=private) for each in between),
        payload([last], view=view, private=private),
    ]


def _write_states(answer: Answer, to: Payloads) -> None:
    """Write an answer before its end."""
    empty = PartialAnswer(question=answer.question)
    read = replace(empty, sources=answer.sources)
    begun = replace(read, statements=list(answer.statements[:2]))

    def write(name: str, embeds: Sequence[discord.Embed], *, cancel: bool = False) -> None:
        view = cancel_view(_JOB) if cancel else None
        to.write(name, payload(embeds, view=view, asked=Asked("/ask")))

    write("waiting", [waiting_embed(empty, 3)], cancel=True)
    write("reading", [reading_embed(read)], cancel=True)
    write("writing", [writing_embed(begun)], cancel=True)
    write("cancelled", stopped_embeds(begun))
    write("cancelled-early", stopped_embeds(read))
    write("broken-off", stopped_embeds(begun, interrupted=True))
    write("broken-off-early", stopped_embeds(empty, interrupted=True))


def _write_comparison_states(answer: Answer, to: Payloads) -> None:
    partial = PartialAnswer(answer.question, answer.sources, answer.columns, list(answer.rows[:2]))
    asked = Asked("/compare")
    to.write("writing-comparison", payload([writing_embed(partial)], view=cancel_view(_JOB), asked=asked))


async def _end(events: AsyncGenerator[Event]) -> Answer:
    *_, last = [event async for event in events]
    assert isinstance(last, Done)
    return last.answer
