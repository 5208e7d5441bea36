"""What members do with each command of the real tree: a row each, for test_every_command.py.

A row may also name the payload of docs/messages that is written from it, by tools/messages.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.digests.parsing import NAME_LIMIT


@dataclass(frozen=True, kw_only=True)
class Row:
    """A command with options that work, and ones that can't.

    `has_private_option`: whether it has the option `private`; without it, its asker alone sees the reply (`quiet`).
    `admin`: it needs Manage Server. `wrong`: options that are refused, with a part of the sentence. `first`: a command
    given before it.
    `payload`: the name in docs/messages of the reply; empty where another writer of tools/messages makes one.
    """

    options: Mapping[str, Any] = field(default_factory=dict)
    shows: str
    has_private_option: bool = False
    admin: bool = False
    wrong: tuple[tuple[Mapping[str, Any], str], ...] = ()
    first: tuple[str, Mapping[str, Any]] | None = None
    payload: str = ""

    @property
    def quiet(self) -> bool:
        """Whether its asker alone sees all of it."""
        return not self.has_private_option


_EMPTY = "There's no question yet."
_LONG = "x" * 5000
_MORNING = ("digest add", {"name": "Morning", "topics": "spiking neural networks, speech recognition"})
_PAPER_WRONG = (
    ({"paper": _LONG}, "the limit is 1,000"),
    ({"paper": "2401.99999"}, "I can't find the paper 2401.99999"),
)


def _digest(name: str, shows: str, **options: Any) -> dict[str, Row]:
    wrong = (({"digest": "*Nope* @everyone" + _LONG}, "has no digest called “\\*Nope\\*"),)
    given = {"digest": "Morning", **options}
    return {
        f"digest {name}": Row(
            options=given, shows=shows, admin=True, wrong=wrong, first=_MORNING, payload=f"digest-{name}"
        )
    }


def _follow(
    kind: str, good: str, wrong: tuple[tuple[Mapping[str, Any], str], ...], *, payload: str = ""
) -> dict[str, Row]:
    return {f"follow {kind}": Row(options={kind: good}, shows="Now following ", wrong=wrong, payload=payload)}


ROWS: dict[str, Row] = {
    "ask": Row(
        options={"question": "what is Stormer?"},
        shows="Stormer",
        has_private_option=True,
        wrong=(({"question": "?"}, _EMPTY), ({"question": _LONG}, "the limit is 1,000")),
    ),
    "summarise": Row(
        options={"subject": "GPipe"},
        shows="GPipe",
        has_private_option=True,
        wrong=(({"subject": " "}, _EMPTY), ({"subject": "2401.99999"}, "I can't find the paper 2401.99999")),
    ),
    "compare": Row(
        options={"first": "GPipe", "second": "SpikeGPT"},
        shows="GPipe",
        has_private_option=True,
        wrong=(({"first": "GPipe", "second": "gpipe"}, "Name two to five different"),),
    ),
    "explain": Row(
        options={"term": "spiking neural network"},
        shows="spiking",
        has_private_option=True,
        wrong=(({"term": "?"}, _EMPTY),),
    ),
    "search": Row(
        options={"query": "spiking transformers"},
        shows="Spiking Transformer",
        has_private_option=True,
        wrong=(
            ({"query": "?"}, _EMPTY),
            ({"query": "x", "since": "*soon* @everyone" + _LONG}, "2026"),
            ({"query": "x", "author": "!" * 5000}, "Geoffrey Hinton"),
            ({"query": "x", "category": "!"}, "cs.CL"),
        ),
    ),
    "paper": Row(options={"paper": "SpikeGPT"}, shows="SpikeGPT", has_private_option=True, wrong=_PAPER_WRONG),
    "similar": Row(options={"paper": "SpikeGPT"}, shows="SpikeGPT", has_private_option=True, wrong=_PAPER_WRONG),
    "latest": Row(shows="Papers from", has_private_option=True, wrong=(({"day": "*soon* @everyone" + _LONG}, "2026"),)),
    "trending": Row(shows="Trending: ", has_private_option=True),
    "trends": Row(
        options={"topic": "xyzzy"},  # of which no chart is drawn, by a process
        shows="xyzzy",
        has_private_option=True,
        wrong=(({"topic": "the vs of"}, "topics"), ({"topic": "a vs b vs c vs d vs e"}, "topics")),
    ),
    "save": Row(options={"paper": "2401.00001"}, shows="Saved: ", wrong=_PAPER_WRONG),
    "saved": Row(shows="saved", payload="saved-none"),
    "following": Row(shows="of 25 followed", payload="following-none"),  # before anything is followed
    **_follow("topic", "spiking transformers", (({"topic": "the of"}, "too general"),)),
    **_follow("author", "Ada Example", (({"author": "!"}, "too general"),)),
    **_follow(
        "organisation",
        "Google DeepMind",
        (({"organisation": "!"}, "too general"),),
        payload="follow-organisation",
    ),
    **_follow("paper", "2401.00001", _PAPER_WRONG),
    "email start": Row(  # test_email.py has a mail server
        options={"address": "ada@example.org"},
        shows="Email isn't set up here.",
        wrong=(({"address": "@everyone"}, "Email isn't set up here."),),
    ),
    "email confirm": Row(
        options={"code": "ABCD-2345"},
        shows="You have no active code",
        wrong=(({"code": "@everyone"}, "You have no active code"),),
    ),
    "email stop": Row(shows="You weren't subscribed."),
    "email status": Row(shows="You're not subscribed."),
    "help": Row(shows="/ask", payload="help"),
    "status": Row(shows="papers"),
    "privacy": Row(shows="Forget me"),
    "setup": Row(shows="Channel memory", admin=True),
    "settings": Row(shows="Channel memory", admin=True),
    "digest add": Row(
        options={
            "name": "Evening",
            "time": "18:30",
            "zone": "Europe/Berlin",
            "period": "weekly",
            "weekdays": "Fri",
            "authors": "Ada Kettle",
            "min_upvotes": 3,
            "thread": True,
        },
        shows="Digest set up.",
        admin=True,
        payload="digest-add",
        wrong=(
            *(({"name": "A", name: "*Nope* @everyone" + _LONG}, "\\*Nope\\*") for name in ("time", "zone", "weekdays")),
            ({"name": "A", "topics": "the"}, "doesn't work as the digest's topics"),
            ({"name": "*" * NAME_LIMIT}, "doesn't work as the digest's name"),
        ),
    ),
    **_digest("edit", "Changes saved.", length=5, writer="extracts", exclude="survey"),
    **_digest("preview", "papers"),
    **_digest("now", "Posted: "),
    **_digest("remove", "Remove this digest?"),
    "digest list": Row(shows="Morning", admin=True, first=_MORNING, payload="digest-list"),
}

MENUS = {"Explain these papers": "Alpha Waves", "Save these papers": "Saved: "}
"""The message menus, with what each shows for a message on Alpha Waves."""
