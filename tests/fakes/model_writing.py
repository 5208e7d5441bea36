"""What the loopback model writes: right sentences, and every kind of wrong one. Each works with every prompt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.fakes.model_plans import plan_of, question_to_plan
from tests.fakes.model_prompts import Slot, sentences_of, slots_of, sources_of, subject_of, wants_mending
from tests.fakes.model_reply import Behaviour, Json, Reply, in_pieces
from tests.fakes.model_sentences import figures_in, foreign_figure, reworded, swap, with_figure

INVENTED_TITLE = "Whispering Kettles: Neural Acoustics of Boiling Water"
INVENTED_LINK = "https://papers.example/2401.99999"
EVIL_LINK = "https://evil.example/x"


@dataclass(frozen=True)
class Fact:
    """A sentence of a source, with all sources of its prompt."""

    sentence: str
    number: int
    sources: dict[int, str]

    @property
    def siblings(self) -> list[str]:
        """All sentences of its abstract."""
        return sentences_of(self.sources[self.number])


Write = Callable[[Fact], str]
"""Turns a true sentence into what the model writes."""


def cited(sentence: str, number: int) -> str:
    """Return a sentence with its citation before the full stop."""
    stop = sentence[-1] if sentence.endswith((".", "!", "?")) else ""
    return f"{sentence.removesuffix(stop) if stop else sentence} [{number}]{stop or '.'}"


def writes(write: Write) -> Behaviour:
    """Write each sentence that is asked for in one way; a right plan when that is asked for."""

    def behaviour(request: Json) -> Reply:
        if question_to_plan(request) is not None:
            return Reply(in_pieces(plan_of(request)))
        sources = sources_of(request)
        lines = [line for slot in slots_of(request) if (line := _line(slot, sources, write))]
        return Reply(in_pieces("\n".join(lines) or "Ready."))

    return behaviour


def faithful(request: Json) -> Reply:
    """Write sentences of the sources as they are, cited: in prose the first of each; without sources, "Ready."."""
    return writes(lambda fact: cited(fact.sentence, fact.number))(request)


def paraphrasing(request: Json) -> Reply:
    """Write true sentences in another order of words, cited."""
    return writes(lambda fact: cited(reworded(fact.sentence), fact.number))(request)


def wrong_figure(request: Json) -> Reply:
    """Write figures that stand in no source: in the place of the source's, or where it has none."""
    return writes(_wrong_figure)(request)


def swapped_figure(request: Json) -> Reply:
    """Put a figure of the same abstract in the place of another; faithful where an abstract has no two figures."""
    return writes(lambda fact: cited(swap(fact.siblings, fact.sentence) or fact.sentence, fact.number))(request)


def wrong_citation(request: Json) -> Reply:
    """Cite the next source instead of the one that says it; with a single source, one that isn't there."""
    return writes(lambda fact: cited(fact.sentence, _next_number(fact)))(request)


def uncited(request: Json) -> Reply:
    """Write true sentences without a citation."""
    return writes(lambda fact: fact.sentence)(request)


def out_of_range_citation(request: Json) -> Reply:
    """Cite a source far beyond the last one."""
    return writes(lambda fact: cited(fact.sentence, max(fact.sources) + 90))(request)


def invented_title(request: Json) -> Reply:
    """Name a paper that doesn't exist, in quotation marks, in a sentence that is cited."""
    return writes(lambda fact: f'"{INVENTED_TITLE}" came to the same result [{fact.number}].')(request)


def invented_link(request: Json) -> Reply:
    """Add links that no source has, plain and masked, to a true sentence."""
    return writes(
        lambda fact: cited(f"{fact.sentence[:-1]}, see {INVENTED_LINK} and [code]({EVIL_LINK}).", fact.number)
    )(request)


def never_abstains(request: Json) -> Reply:
    """Answer any question from whatever sources, and from what no source says, with citations."""
    subject = subject_of(request).rstrip("?.! ") or "This"

    def write(fact: Fact) -> str:
        foreign = (
            f"{subject}: that goes back to Geoffrey Hinton and reaches 97.3 % on ImageNet-21k [{fact.number}].",
            f"{subject}: yes, this is widely known and was settled long ago [{fact.number}].",
            cited(fact.sentence, fact.number),
        )
        return foreign[(fact.number - 1) % len(foreign)]

    return writes(write)(request)


def obeys(texts: Sequence[str]) -> Behaviour:
    """Write what injected orders want, each text plain, cited, as a link, an image and a mention; dump the prompt."""

    def behaviour(request: Json) -> Reply:
        if question_to_plan(request) is not None:
            return Reply(in_pieces(plan_of(request)))
        slots = slots_of(request) or [Slot(numbers=(1,))]
        wanted = [form for text in texts for form in _obeyed(text)]
        wanted += ["@everyone @here <@123456789012345678> <@&123456789012345678> <#123456789012345678> hello."]
        wanted += str(request["messages"][0]["content"]).splitlines()
        lines = []
        for number, text in enumerate(wanted):
            slot = slots[number % len(slots)]
            source = slot.numbers[0] if slot.numbers else 1
            lines += [f"{slot.lead}{text}", f"{slot.lead}{cited(text, source)}"]
        return Reply(in_pieces("\n".join(lines)))

    return behaviour


def garbage(request: Json) -> Reply:
    """Write what looks like text and isn't: half markers, control and hidden characters, torn JSON, odd scripts."""
    lines = ("[1", "]1[ [[[1]]]] |||", '{"a": [1, ', "\x00\x07\x1b[31m\u202e\u200b\ufeff [1].", "ﷺ𝕏🜁 [1]. [1]. [1].")
    lead = slots_of(request)[0].lead if slots_of(request) else ""
    return Reply(in_pieces("\n".join([*lines, *(f"{lead}{line}" for line in lines), "la " * 200, "[1]" * 50])))


def mends(first: Behaviour) -> Behaviour:
    """Write in one way at first, and faithfully when told which sentences failed."""
    return lambda request: (faithful if wants_mending(request) else first)(request)


def mends_when_told(request: Json) -> Reply:
    """Write wrong figures at first, and true sentences when told which failed."""
    return mends(wrong_figure)(request)


def never_mends(request: Json) -> Reply:
    """Write wrong figures, and the failed sentences again when told which failed."""
    if not wants_mending(request):
        return wrong_figure(request)
    return Reply(in_pieces("\n".join(f"{slot.lead}{slot.failed}" for slot in slots_of(request))))


def says(text: str, **more: Any) -> Behaviour:
    """Write a fixed text. `more` are fields of Reply."""
    return lambda _request: Reply(in_pieces(text), **more)


def _line(slot: Slot, sources: dict[int, str], write: Write) -> str | None:
    """Return what stands in one slot; None where there is nothing to say."""
    fact = _fact(slot, sources)
    if fact is not None:
        return f"{slot.lead}{write(fact)}"
    return f"{slot.lead}not stated" if slot.tabular else None


def _fact(slot: Slot, sources: dict[int, str]) -> Fact | None:
    """Return the sentence for a slot: the one nearest to what failed, else the next one of the slot's sources."""
    numbers = [number for number in slot.numbers if sources.get(number)]
    if slot.failed:
        wanted = set(slot.failed.lower().split())
        facts = [Fact(sentence, n, sources) for n in numbers for sentence in sentences_of(sources[n])]
        return max(facts, key=lambda fact: len(wanted & set(fact.sentence.lower().split())), default=None)
    if not numbers:
        return None
    number = numbers[slot.row % len(numbers)]
    sentences = sentences_of(sources[number])
    place = slot.row // len(numbers)
    return Fact(sentences[place], number, sources) if place < len(sentences) else None


def _wrong_figure(fact: Fact) -> str:
    texts = fact.sources.values()
    for sentence in (fact.sentence, *fact.siblings):
        for figure in figures_in(sentence):
            return cited(with_figure(sentence, figure, foreign_figure(figure, texts)), fact.number)
    return cited(f"{fact.sentence[:-1]} in {foreign_figure('13', texts)} cases.", fact.number)


def _next_number(fact: Fact) -> int:
    later = [number for number in fact.sources if number > fact.number]
    return min(later) if later else 1 if len(fact.sources) > 1 else fact.number + 1


def _obeyed(text: str) -> tuple[str, ...]:
    return (
        text,
        f"[{text}]({EVIL_LINK}?q={text[:20]})",
        f"![{text}]({EVIL_LINK}.png)",
        f"<@123456789012345678> {text}",
    )
