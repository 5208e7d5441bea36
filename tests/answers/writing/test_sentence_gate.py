"""The gate between a model's stream and the reader."""

from bot.answers.answer import Evidence, Statement
from bot.answers.grounding.check import Grounder, Problem
from bot.answers.writing.claims import Failure
from bot.answers.writing.sentence_gate import SentenceGate
from tests.answers.writers import grounder_of
from tests.factories import make_sources

SOURCES = make_sources("Kettles of type A whistle.", "Pots of type B hum.", "Lids of type C rattle.")
A, B, C = (source.paper.abstract for source in SOURCES)


def new_gate(*, keep_numbers: bool = False) -> SentenceGate:
    grounder = Grounder({source.number: source.paper for source in SOURCES}, weight=lambda _term: 1.0)
    return SentenceGate(SOURCES, grounder, keep_numbers=keep_numbers)


def run(text: str, *, size: int = 7) -> tuple[list[Statement], SentenceGate]:
    """Feed a text in pieces of `size` characters."""
    gate = new_gate()
    released = [s for start in range(0, len(text), size) for s in gate.feed(text[start : start + size])]
    released += gate.finish()
    assert released == gate.released
    return released, gate


def texts(text: str) -> list[str]:
    return [statement.text for statement in run(text)[0]]


def test_citations_are_renumbered_in_the_order_in_which_they_appear() -> None:
    released, gate = run("Lids rattle [3]. Kettles whistle, lids rattle [1][3]. Pots hum [2].")
    assert released == [
        Statement("Lids rattle.", (1,), evidence=(Evidence(1, C),)),
        Statement("Kettles whistle, lids rattle.", (2, 1), evidence=(Evidence(2, A), Evidence(1, C))),
        Statement("Pots hum.", (3,), evidence=(Evidence(3, B),)),
    ]
    assert [(source.number, source.paper.title) for source in gate.cited] == [
        (1, "Study C"),
        (2, "Study A"),
        (3, "Study B"),
    ]
    assert (gate.passed, gate.failures, gate.abstained) == (3, [], False)


def test_the_same_passes_however_the_stream_is_cut() -> None:
    text = "# Kinds\n\n1. Lids rattle [3].\n2. Kettles whistle 5 times [1].\n\nPots hum. [2] And cut"
    assert [run(text, size=size)[0] for size in (1, 2, 3, 1000)] == [run(text)[0]] * 4


def test_what_fails_is_dropped_counted_and_does_not_use_up_a_number() -> None:
    released, gate = run("Pots have 5 handles [2]. PotBench helps [2]. They hum. Kettles whistle [1].")
    assert released == [Statement("Kettles whistle.", (1,), evidence=(Evidence(1, A),))]
    assert [source.paper.title for source in gate.cited] == ["Study A"]
    assert gate.failures == [
        Failure("Pots have 5 handles [2].", (Problem.FIGURE,)),
        Failure("PotBench helps [2].", (Problem.NAME,)),
        Failure("They hum.", (Problem.UNCITED,)),
    ]


def test_the_sentinel_is_an_abstention_and_never_shown() -> None:
    for text in ("INSUFFICIENT", "INSUFFICIENT.", "**INSUFFICIENT**", "The sources are INSUFFICIENT [1]."):
        released, gate = run(text)
        assert released == []
        assert gate.abstained
        assert gate.failures == []


def test_bullets_and_numbered_items_become_bullets() -> None:
    for text in (
        "- Kettles whistle [1].\n- Pots hum [2].",
        "* Kettles whistle. [1]\n* Pots hum. [2]",
        "• Kettles whistle [1]\n• Pots hum [2]",
        "1. Kettles whistle [1].\n2. Pots hum [2].",
        "1) Kettles whistle [1].\n2) Pots hum [2].",
    ):
        released, gate = run(text)
        assert [s.lead for s in released] == ["\n- ", "\n- "], text
        assert [s.text.rstrip(".") for s in released] == ["Kettles whistle", "Pots hum"]
        assert gate.failures == []


def test_headings_lose_their_signs_and_stand_only_over_what_passes() -> None:
    assert texts("## Kettles\n\nKettles whistle [1].") == ["Kettles:", "Kettles whistle."]
    assert texts("## Kettles\n\nKettles whistle 5 times [1].\n\n## Pots\n\nPots hum [2].") == ["Pots:", "Pots hum."]
    assert texts("### Kettles whistle [1]") == ["Kettles whistle"]


def test_paragraphs_and_lines_are_kept() -> None:
    released, _ = run("Kettles whistle [1].\nPots hum [2].\n\n\nLids rattle [3].")
    assert [s.lead for s in released] == [" ", "\n", "\n\n"]


def test_an_end_that_was_cut_off_is_not_shown() -> None:
    released, gate = run("Kettles whistle [1]. Pots of type B hum [2], and li")
    assert [s.text for s in released] == ["Kettles whistle."]
    assert gate.failures == []


def test_a_last_sentence_with_its_end_is_shown() -> None:
    assert texts("Kettles whistle [1]") == ["Kettles whistle"]
    assert texts("Kettles whistle. [1]") == ["Kettles whistle."]


def test_links_mentions_and_formatting_never_pass() -> None:
    assert texts("**Kettles** <@1> whistle, see [this](https://evil.example) @everyone [1].") == [
        "Kettles whistle, see this everyone."
    ]


def test_a_sentence_of_signs_alone_is_neither_shown_nor_counted() -> None:
    released, gate = run("--- [1]\n\n***\n\nKettles whistle [1].")
    assert [s.text for s in released] == ["Kettles whistle."]
    assert gate.failures == []


def test_nothing_gives_nothing() -> None:
    released, gate = run("")
    assert (released, gate.cited, gate.abstained) == ([], (), False)


def test_a_sentence_stands_once_unless_another_source_is_cited() -> None:
    released, gate = run("Kettles whistle [1]. Kettles whistle [1]. Pots hum [2].\nKettles whistle [1].")
    assert [statement.text for statement in released] == ["Kettles whistle.", "Pots hum."]
    assert gate.failures == []
    same = make_sources("Kettles whistle.", "Kettles whistle.")
    twice = SentenceGate(same, grounder_of(same))
    shown = [*twice.feed("Kettles whistle [1]. Kettles whistle [2]. "), *twice.finish()]
    assert [statement.citations for statement in shown] == [(1,), (2,)]
