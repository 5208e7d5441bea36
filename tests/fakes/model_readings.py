"""Second readings by the loopback model, right and wrong."""

import json
import re
from collections.abc import Mapping
from typing import Any

from bot.answers.sentences import MARKER
from bot.answers.writing.fitness import SENTENCES
from tests.fakes.model_reply import Behaviour, Json, Reply, in_pieces

_SENTENCES = re.compile(
    r"^(?P<fence>@@\w+) sentences\n(?P<sentences>.*)\n(?P=fence) end of sentences$", re.MULTILINE | re.DOTALL
)
_NUMBERED = re.compile(r"^(\d+)\. (.*)$", re.MULTILINE)
_KNOWN_FALSE = tuple(text for text, _, true in SENTENCES if not true)


def sentences_to_read(request: Json) -> dict[int, str]:
    """Return the sentences that a request wants read, by number; none when it wants something else."""
    match = _SENTENCES.search(request["messages"][-1]["content"])
    return {int(number): text for number, text in _NUMBERED.findall(match["sentences"])} if match else {}


def verdicts_of(request: Json, wrong: Mapping[str, str]) -> dict[str, Any]:
    """Return a careful reader's verdicts: supported, but for known false sentences and those with words of `wrong`."""
    wrong = {**dict.fromkeys(_KNOWN_FALSE, "contradicted"), **wrong}

    def verdict(sentence: str) -> str:
        uncited = "" if MARKER.search(sentence) else " 1"
        return next((said for words, said in wrong.items() if words in sentence), f"supported{uncited}")

    return {str(number): verdict(sentence) for number, sentence in sentences_to_read(request).items()}


def reads(wrong: Mapping[str, str] | None = None, *, around: str = "{}", delay_s: float = 0.0) -> Behaviour:
    """Write verdicts at the place of {} in a text around them; `wrong` are those of sentences with these words."""
    before, _, after = around.partition("{}")
    return lambda request: Reply(
        in_pieces(f"{before}{json.dumps(verdicts_of(request, wrong or {}))}{after}"), delay_s=delay_s
    )


def reads_in_lines(request: Json) -> Reply:
    """Write right verdicts in lines, as a model without JSON mode does."""
    return Reply(in_pieces("\n".join(f"{number}. {said}" for number, said in verdicts_of(request, {}).items())))


def finds_all_supported(request: Json) -> Reply:
    """Agree to everything, as a small model does."""
    return Reply(in_pieces(json.dumps(dict.fromkeys(map(str, sentences_to_read(request)), "supported"))))


def slow_reading(request: Json) -> Reply:
    """Write right verdicts, in an hour or so."""
    return Reply(in_pieces(json.dumps(verdicts_of(request, {}))), delay_s=30)
