"""The second reading of sentences: what is sent, what is understood of a reply, and whom it believes."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

import pytest

from bot.answers.answer import Source
from bot.answers.llm.prompts import Prompts, RenderedPrompt, prompts_folder
from bot.answers.llm.text_model import estimate_tokens
from bot.answers.request import NOBODY, Requester
from bot.answers.writing.claims import Finding, Verdict
from bot.answers.writing.fitness import KNOWN, SENTENCES, Fitness
from bot.answers.writing.reading import ReadingLimits, SecondReader, verdicts_from
from bot.answers.writing.sentence_gate import SentenceGate
from bot.errors import PaperbotError
from bot.errors.operation import StoreError
from bot.errors.services import BudgetUsed, ModelDown
from bot.store.database import open_database
from bot.store.key_values import KeyValueStore
from tests.answers.writers import PROMPT_TOKENS, KeptPrompts, grounder_of
from tests.clocks import FakeClock
from tests.factories import make_sources

ANN = Requester("ann", "kettles")
SOURCES = make_sources("Kettles whistle at 91 degrees. They hum.", "Pots of iron rattle when they boil.")
FIT = "\n".join(
    f"{at}: {'supported' if true else 'contradicted'}" for at, (_, _, true) in enumerate(SENTENCES, start=1)
)
AGREES = "\n".join(f"{number}: supported" for number in range(1, KNOWN + 1))
SUPPORTED, CONTRADICTED = Verdict(Finding.SUPPORTED), Verdict(Finding.CONTRADICTED)
NOT_STATED = Verdict(Finding.NOT_STATED)


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ('{"1": "supported", "2": "contradicted", "3": "not stated"}', [SUPPORTED, CONTRADICTED, NOT_STATED]),
        ('```json\n{"1": "Supported", "2": "not_stated"}\n```', [SUPPORTED, NOT_STATED, None]),
        ("<think>1: contradicted?</think>\n1: supported\n2: unsupported", [SUPPORTED, NOT_STATED, None]),
        (
            "1. supported\n2) contradicted - the source says 91\n- 3: not supported",
            [SUPPORTED, CONTRADICTED, NOT_STATED],
        ),
        ("Sentence 1: **supported**\nSentence 2: *contradicted*", [SUPPORTED, CONTRADICTED, None]),
        ('{"verdicts": ["supported", "contradicted"]}', [SUPPORTED, CONTRADICTED, None]),
        ('{"verdicts": {"1": "supported", "3": "contradicted"}}', [SUPPORTED, None, CONTRADICTED]),
        (
            '{"verdicts": [{"sentence": 2, "verdict": "supported"}, {"sentence": 1, "verdict": "contradicted"}]}',
            [CONTRADICTED, SUPPORTED, None],
        ),
        (
            '{"1": {"verdict": "supported", "reason": "not stated otherwise"}, "2": {"verdict": "contradicted"}}',
            [SUPPORTED, CONTRADICTED, None],
        ),
        (
            '{"1": "surplus 2", "2": "surplus [1], [2]"}',
            [
                Verdict(Finding.SUPPORTED, surplus=frozenset({2})),
                Verdict(Finding.SUPPORTED, surplus=frozenset({1, 2})),
                None,
            ],
        ),
        (
            '{"1": "supported 1 2", "2": "supported [2]"}',
            [
                Verdict(Finding.SUPPORTED, sources=(1, 2)),
                Verdict(Finding.SUPPORTED, sources=(2,)),
                None,
            ],
        ),
        ('{"1": "supported", "1": "contradicted", "9": "supported", "x": 3}', [CONTRADICTED, None, None]),
        ("1: supported\n1: contradicted\n1: supported", [CONTRADICTED, None, None]),
        ("All of them are supported.", [None, None, None]),
        ('{"1": "perhaps"', [None, None, None]),
        ("", [None, None, None]),
    ],
)
def test_verdicts_are_read_in_whatever_form_they_come(text: str, verdicts: Sequence[Verdict | None]) -> None:
    found = verdicts_from(text, 3)
    assert [found.get(at) for at in range(3)] == verdicts


class Reader(KeptPrompts):
    """A model that has its own reply to the known sentences; `tried` counts how often it was asked for it."""

    def __init__(self, *replies: str | PaperbotError, known: str = FIT, delay_s: float = 0.0) -> None:
        super().__init__(*replies, delay_s=delay_s)
        self._known = known
        self.tried = 0

    async def stream(self, prompt: RenderedPrompt, *, requester: Requester) -> AsyncGenerator[str]:
        """Write the next reply, or the one on the known sentences."""
        if "Ternlight" in prompt.user:
            assert requester == NOBODY
            self.tried += 1
            yield self._known
            return
        async for piece in super().stream(prompt, requester=requester):
            yield piece


class Reading:
    """A gate over sentences, the model that reads them, and what is kept of its fitness."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "store.db"

    async def of(
        self,
        sentences: str,
        *replies: str | PaperbotError,
        sources: Sequence[Source] = SOURCES,
        limits: ReadingLimits | None = None,
        known: str = FIT,
        delay_s: float = 0.0,
    ) -> tuple[SentenceGate, Reader]:
        gate = SentenceGate(sources, grounder_of(sources))
        list(gate.feed(sentences))
        list(gate.finish())
        model = Reader(*replies, known=known, delay_s=delay_s)
        async with open_database(self._path) as database:
            reader = SecondReader(
                model=model,
                prompts=Prompts(prompts_folder()),
                limits=limits or ReadingLimits(seconds=5.0, sentences=40, prompt_tokens=PROMPT_TOKENS),
                fitness=Fitness(key_values=KeyValueStore(database=database), name="small"),
                clock=FakeClock(),
            )
            list(gate.settle(await reader.read(gate, request="what whistles?", requester=ANN)))
        return gate, model


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    return Reading(tmp_path)


def shown(gate: SentenceGate) -> list[str]:
    return [statement.text for statement in gate.released]


async def test_a_held_sentence_takes_its_place_and_one_that_is_not_supported_leaves(reading: Reading) -> None:
    text = "Kettles whistle at 92 degrees [1]. Kettles never hum [1]. Pots of iron rattle [2]."
    verdicts = '{"1": "supported", "2": "contradicted", "3": "supported"}'
    gate, model = await reading.of(text, verdicts)
    assert shown(gate) == ["Kettles whistle at 92 degrees.", "Pots of iron rattle."]
    assert gate.read_twice
    assert [failure.problems[0].name for failure in gate.failures] == ["CONTRADICTED"]
    assert gate.released[0].evidence[0].sentence == "Kettles whistle at 91 degrees."
    [read] = model.prompts
    listed = "1. Kettles whistle at 92 degrees [1].\n2. Kettles never hum [1].\n3. Pots of iron rattle [2].\n"
    assert listed in read.user
    assert "Asked for: what whistles?" in read.user
    assert model.askers == [ANN]


async def test_without_a_verdict_a_sentence_stays_as_words_left_it(reading: Reading) -> None:
    text = "Kettles whistle at 92 degrees [1]. Kettles hum [1]. Pots of iron rattle [2]."
    gate, _ = await reading.of(text, '{"3": "supported"}')
    assert shown(gate) == ["Kettles hum.", "Pots of iron rattle."]
    assert not gate.read_twice


@pytest.mark.parametrize(
    "reply",
    [
        ModelDown(detail="HTTP 500"),
        BudgetUsed(whose="your budget", limit="5 tokens"),
        StoreError(path="paperbot.db", reason="the disk is full"),
        "",
        "I can't.",
    ],
)
async def test_a_reading_that_fails_leaves_what_words_checked(reading: Reading, reply: str | PaperbotError) -> None:
    gate, _ = await reading.of("Kettles hum [1]. Pots glow at 300 degrees [2].", reply)
    assert shown(gate) == ["Kettles hum."]
    assert not gate.read_twice


async def test_a_late_reading_is_not_waited_for(reading: Reading) -> None:
    limits = ReadingLimits(seconds=0.05, sentences=40, prompt_tokens=PROMPT_TOKENS)
    started = asyncio.get_running_loop().time()
    gate, _ = await reading.of("Kettles hum [1].", '{"1": "contradicted"}', limits=limits, delay_s=3.0)
    assert asyncio.get_running_loop().time() - started < 2.0
    assert shown(gate) == ["Kettles hum."]


async def test_a_model_that_agrees_to_everything_is_not_believed_and_tried_once(reading: Reading) -> None:
    said = ("Kettles glow at 300 degrees [1]. Kettles hum [1].", "1: supported\n2: supported")
    gate, first = await reading.of(*said, known=AGREES)
    assert shown(gate) == ["Kettles hum."]
    assert first.tried == 1
    gate, second = await reading.of(*said, known=AGREES)
    assert shown(gate) == ["Kettles hum."]
    assert (second.tried, second.prompts) == (0, []), "how fit it is was kept in the store"


async def test_a_fit_model_is_tried_on_known_sentences_once(reading: Reading) -> None:
    _, first = await reading.of("Kettles hum [1].", "1: supported")
    gate, second = await reading.of("Kettles hum [1].", "1: supported")
    assert gate.read_twice
    assert (first.tried, second.tried) == (1, 0)


async def test_a_model_that_says_nothing_of_the_known_sentences_is_tried_again(reading: Reading) -> None:
    gate, _ = await reading.of("Kettles hum [1].", "1: contradicted", known="Hello!")
    assert shown(gate) == ["Kettles hum."]
    gate, model = await reading.of("Kettles hum [1].", "1: contradicted")
    assert (shown(gate), model.tried) == ([], 1)


async def test_a_surplus_source_is_taken_off_and_one_is_given_to_a_direct_answer_without(reading: Reading) -> None:
    text = "Yes, but mostly those that are made of iron and that boil. Pots and kettles hum [1][2]. Pots boil [2]."
    gate, _ = await reading.of(text, '{"1": "supported 2", "2": "surplus 2", "3": "supported"}')
    statements, sources = gate.renumbered()
    assert [(statement.text, statement.citations) for statement in statements] == [
        ("Yes, but mostly those that are made of iron and that boil.", (1,)),
        ("Pots and kettles hum.", (2,)),
        ("Pots boil.", (1,)),
    ]
    assert [source.paper.title for source in sources] == ["Study B", "Study A"]


async def test_an_uncited_remark_on_what_is_not_stated_is_read_beside_all_sources(reading: Reading) -> None:
    text = "Kettles whistle [1]. Neither abstract says how long the kettles last. Pots are sold in shops."
    gate, model = await reading.of(text, '{"1": "supported", "2": "supported 1 2"}')
    assert shown(gate) == ["Kettles whistle.", "Neither abstract says how long the kettles last."]
    assert "Pots are sold" not in model.prompts[-1].user, (
        "a sentence without a source that is no such remark is refused"
    )
    assert "source [2]" in model.prompts[-1].user


async def test_a_sentence_whose_subject_was_left_out_goes_too(reading: Reading) -> None:
    text = "Kettles whistle at 91 degrees [1]. They rattle when they boil [2]."
    gate, _ = await reading.of(text, '{"1": "contradicted", "2": "supported"}')
    assert shown(gate) == []
    assert [failure.problems[0].name for failure in gate.failures] == ["CONTRADICTED", "ORPHAN"]


async def test_one_that_may_point_at_another_of_its_source_stays(reading: Reading) -> None:
    text = "Kettles whistle at 91 degrees [1]. Kettles never hum [1]. They hum [1]."
    gate, _ = await reading.of(text, '{"1": "supported", "2": "contradicted", "3": "supported"}')
    assert shown(gate) == ["Kettles whistle at 91 degrees.", "They hum."]


async def test_long_abstracts_are_read_in_several_prompts_that_hold_them_whole(reading: Reading) -> None:
    long = " ".join(f"Kettle {number} hums." for number in range(900))
    sources = make_sources(*[f"Kettles of kind {kind} whistle. {long}" for kind in "abcd"])
    text = " ".join(f"Kettles whistle [{number}]." for number in (1, 2, 3, 4))
    gate, model = await reading.of(text, *['{"1": "supported", "2": "supported"}'] * 5, sources=sources)
    assert gate.read_twice
    assert len(model.prompts) > 2
    for prompt in model.prompts:
        assert estimate_tokens(prompt.system) + estimate_tokens(prompt.user) <= PROMPT_TOKENS
        assert "[…]" not in prompt.user.partition("Asked for")[0].partition("\n")[2]


async def test_no_more_sentences_are_read_than_the_limit(reading: Reading) -> None:
    limits = ReadingLimits(seconds=5.0, sentences=1, prompt_tokens=PROMPT_TOKENS)
    gate, model = await reading.of("Kettles hum [1]. Pots of iron rattle [2].", '{"1": "supported"}', limits=limits)
    assert "Pots of iron" not in model.prompts[-1].user.partition("sentences\n")[2]
    assert shown(gate) == ["Kettles hum.", "Pots of iron rattle."]
    assert not gate.read_twice
