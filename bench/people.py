"""Greetings, orders and comparisons in three languages: how many messages are routed rightly, without a store."""

import json
from pathlib import Path

import click

from bot.answers.answer import Task
from bot.answers.planning.actions import ALL_SHOWN, Order, find_order, split_order
from bot.answers.planning.imperatives import Imperative, find_imperative
from bot.answers.planning.sides import find_sides
from bot.answers.planning.small_talk import find_small_talk, without_greeting

MESSAGES = Path(__file__).with_name("people.jsonl")
"""One message a line with the route that a person expects. "unseen" is the half that was tried once the rules stood."""

_SHOWN = ("This",)


def route(message: str, *, history: bool = False) -> str:
    """Return what is done for a message, in words: "greeting", "save: GPipe", "sides: A | B", "question: …"."""
    text = without_greeting(message)
    if talk := find_small_talk(text, begun=history):
        return talk.talk
    if wishes := split_order(text):
        return f"{route(wishes[0])} + {_order(wishes[1], short=True)}"
    if order := find_order(text):
        return _order(order)
    if wanted := find_imperative(text, shown=_SHOWN if history else ()):
        return _imperative(wanted)
    sides = find_sides(text)
    return f"sides: {' | '.join(sides)}" if sides else f"question: {text}"


def _order(order: Order, *, short: bool = False) -> str:
    kind = f" {order.kind or 'topic'}" if order.action == "follow" else ""
    meant = order.subject or {None: "", ALL_SHOWN: "all", 1: "it" if short else "this"}.get(
        order.shown, f"{order.shown}"
    )
    return f"{order.action}{kind}: {meant}"


def _imperative(wanted: Imperative) -> str:
    sides = wanted.task is Task.COMPARISON
    return f"{wanted.task}: {' | '.join(wanted.subjects) if sides else wanted.subjects[0]}"


@click.command()
@click.option("--wrong", is_flag=True, help="Print the messages that are routed otherwise than expected.")
def main(wrong: bool) -> None:
    """Print, for each half, how many messages are routed rightly."""
    halves: dict[str, list[bool]] = {}
    for line in MESSAGES.read_text(encoding="utf-8").splitlines():
        message = json.loads(line)
        made = route(message["say"], history=message.get("history", False))
        halves.setdefault(message["half"], []).append(made == message["route"])
        if wrong and made != message["route"]:
            click.echo(f"{message['say']}: {made}, not {message['route']}")
    for half, right in halves.items():
        click.echo(f"{half}: {sum(right)} of {len(right)} routed rightly")


if __name__ == "__main__":
    main()
