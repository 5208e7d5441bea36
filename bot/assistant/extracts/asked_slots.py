"""What a question asks to be told: a cost, data, a result, limits or code."""

from collections.abc import Iterable

from bot.assistant.extracts.slots import Slot
from bot.search.tokens import tokenize

_WORDS = {
    Slot.COST: "speed speedup fast faster slow cost expensive cheap parameter params memory energy power saving save "
    "latency throughput flops gpu gpus compute big biggest size",
    Slot.DATA: "dataset data benchmark corpus corpora",
    Slot.RESULT: "result accuracy score performance better best beat outperform improve improvement gain finding",
    Slot.LIMITS: "limitation limits drawback weakness caveat",
    Slot.CODE: "code repo repository github link url weights checkpoint",
}
_TERMS = {slot: frozenset(tokenize(words)) for slot, words in _WORDS.items()}


def asked_slots(terms: Iterable[str]) -> frozenset[Slot]:
    """Return the slots that a query's index terms ask for."""
    asked = frozenset(terms)
    return frozenset(slot for slot, words in _TERMS.items() if words & asked)
