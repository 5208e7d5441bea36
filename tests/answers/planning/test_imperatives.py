"""Summaries, comparisons and explanations asked for in words."""

import pytest

from bot.answers.answer import Task
from bot.answers.planning.imperatives import Imperative, find_imperative, split_imperatives
from bot.answers.request import Level


@pytest.mark.parametrize(
    ("message", "subjects"),
    [
        ("summarise 2310.01234", ("2310.01234",)),
        ("tl;dr of https://arxiv.org/abs/2310.01234v2?", ("2310.01234",)),
        ("Summarize 2310.01234 and 2311.00001, please", ("2310.01234", "2311.00001")),
        ("please summarize spiking transformers since 2024", ("spiking transformers since 2024",)),
        ("can you give me a summary of the paper SpikeGPT?", ("SpikeGPT",)),
        ("TLDR Dual-Branch: How to Decode EEG", ("Dual-Branch: How to Decode EEG",)),
    ],
)
def test_a_summary_is_ordered(message: str, subjects: tuple[str, ...]) -> None:
    assert find_imperative(message) == Imperative(Task.SUMMARY, subjects)


@pytest.mark.parametrize(
    ("message", "sides", "aspects"),
    [
        ("compare GPipe and SpikeGPT", ("GPipe", "SpikeGPT"), ()),
        ("Compare GPipe, SpikeGPT and Stormer on cost and data.", ("GPipe", "SpikeGPT", "Stormer"), ("cost", "data")),
        ("pls compare DBConformer vs ClST in terms of parameters", ("DBConformer", "ClST"), ("parameters",)),
    ],
)
def test_a_comparison_is_ordered(message: str, sides: tuple[str, ...], aspects: tuple[str, ...]) -> None:
    assert find_imperative(message) == Imperative(Task.COMPARISON, sides, aspects=aspects)


@pytest.mark.parametrize(
    ("message", "term", "level"),
    [
        ("explain codebook features", "codebook features", Level.PRACTITIONER),
        (
            "can someone explain codebook features to me like i'm a second year student",
            "codebook features",
            Level.NEWCOMER,
        ),
        ("explain BERT like I'm 5", "BERT", Level.NEWCOMER),
        ("explain spiking networks for experts", "spiking networks", Level.EXPERT),
        ("define PSCA", "PSCA", Level.PRACTITIONER),
    ],
)
def test_an_explanation_is_ordered(message: str, term: str, level: Level) -> None:
    assert find_imperative(message) == Imperative(Task.EXPLANATION, (term,), level=level)


@pytest.mark.parametrize(
    "message",
    [
        "what is Stormer?",
        "compare A and B: which is faster?",
        "compare it to GPipe",
        "compare GPipe",
        "summarise it",
        "and explain that",
        "explain why LayerNorm helps",
        "explain",
        "explain to me",
        "how does Stormer compare with GPipe?",
        "",
    ],
)
def test_questions_and_replies_are_answered_in_prose(message: str) -> None:
    assert find_imperative(message) is None


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        ("fasse Stormer zusammen", "Stormer"),
        ("fass mir bitte das Paper SpikeGPT kurz zusammen", "SpikeGPT"),
        ("kannst du mir SpikeGPT zusammenfassen?", "SpikeGPT"),
        ("gib mir eine Zusammenfassung von GPipe", "GPipe"),
        ("worum geht es in GPipe?", "GPipe"),
        ("wovon handelt 2312.03876?", "2312.03876"),
        ("résume SpikeGPT", "SpikeGPT"),
        ("résume-moi l'article GPipe s'il te plaît", "GPipe"),
        ("resume SpikeGPT", "SpikeGPT"),
        ("peux-tu me résumer GPipe ?", "GPipe"),
        ("fais-moi un résumé de GPipe", "GPipe"),
        ("de quoi parle Stormer ?", "Stormer"),
        ("tl;dr GPipe", "GPipe"),
    ],
)
def test_a_summary_is_ordered_in_german_and_french(message: str, subject: str) -> None:
    found = find_imperative(message)
    assert found is not None
    assert (found.task, found.subjects) == (Task.SUMMARY, (subject,))


@pytest.mark.parametrize(
    ("message", "sides", "aspects"),
    [
        ("vergleiche GPipe und SpikeGPT", ("GPipe", "SpikeGPT"), ()),
        ("vergleich bitte LoRA mit QLoRA hinsichtlich Speicherbedarf", ("LoRA", "QLoRA"), ("Speicherbedarf",)),
        ("kannst du GPipe und SpikeGPT vergleichen?", ("GPipe", "SpikeGPT"), ()),
        ("compare GPipe et SpikeGPT", ("GPipe", "SpikeGPT"), ()),
        ("comparez LoRA à QLoRA sur la mémoire", ("LoRA", "QLoRA"), ("mémoire",)),
        ("fais une comparaison entre LoRA et QLoRA", ("LoRA", "QLoRA"), ()),
    ],
)
def test_a_comparison_is_ordered_in_german_and_french(
    message: str, sides: tuple[str, ...], aspects: tuple[str, ...]
) -> None:
    found = find_imperative(message)
    assert found is not None
    assert (found.task, found.subjects, found.aspects) == (Task.COMPARISON, sides, aspects)


@pytest.mark.parametrize(
    ("message", "term", "level"),
    [
        ("erkläre mir spiking neural networks", "spiking neural networks", Level.PRACTITIONER),
        ("erkläre Dropout für Anfänger", "Dropout", Level.NEWCOMER),
        ("kannst du mir pruning erklären?", "pruning", Level.PRACTITIONER),
        ("was bedeutet RLHF?", "RLHF", Level.PRACTITIONER),
        ("explique-moi BERT", "BERT", Level.PRACTITIONER),
        ("explique la quantification à un débutant", "quantification", Level.NEWCOMER),
        ("définis dropout pour un expert", "dropout", Level.EXPERT),
    ],
)
def test_an_explanation_is_ordered_in_german_and_french(message: str, term: str, level: Level) -> None:
    assert find_imperative(message) == Imperative(Task.EXPLANATION, (term,), level=level, english=False)


def test_what_the_sides_are_compared_for_is_kept() -> None:
    found = find_imperative("compare CNNs and transformers for EEG decoding")
    assert found == Imperative(Task.COMPARISON, ("CNNs", "transformers"), setting="eeg decoding")


@pytest.mark.parametrize(
    ("message", "task", "subjects"),
    [
        ("summarise it", Task.SUMMARY, ("First",)),
        ("now summarise this paper", Task.SUMMARY, ("First",)),
        ("summarise the second one", Task.SUMMARY, ("Second",)),
        ("explain this paper", Task.SUMMARY, ("First",)),
        ("compare it with GPipe", Task.COMPARISON, ("First", "GPipe")),
        ("compare them", Task.COMPARISON, ("First", "Second")),
        ("fasse es zusammen", Task.SUMMARY, ("First",)),
        ("jetzt fasse dieses Paper zusammen", Task.SUMMARY, ("First",)),
        ("fasse beide zusammen", Task.SUMMARY, ("First", "Second")),
        ("vergleiche es mit GPipe", Task.COMPARISON, ("First", "GPipe")),
        ("résume-le", Task.SUMMARY, ("First",)),
        ("maintenant résume cet article", Task.SUMMARY, ("First",)),
        ("compare-le à GPipe", Task.COMPARISON, ("First", "GPipe")),
    ],
)
def test_a_pronoun_stands_for_the_papers_that_were_shown(message: str, task: Task, subjects: tuple[str, ...]) -> None:
    assert find_imperative(message) is None
    found = find_imperative(message, shown=("First", "Second"))
    assert found is not None
    assert (found.task, found.subjects) == (task, subjects)


@pytest.mark.parametrize(
    "message",
    [
        "resume training from a checkpoint",
        "erkläre, warum LayerNorm hilft",
        "explique pourquoi le dropout marche",
        "vergleiche GPipe",
        "compare its training cost with GPipe",
    ],
)
def test_other_questions_stay_questions(message: str) -> None:
    assert find_imperative(message, shown=("First",)) is None


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("summarise GPipe and compare it with SpikeGPT", ("summarise GPipe", "compare it with SpikeGPT")),
        ("summarise GPipe and tell me who wrote it", ("summarise GPipe", "tell me who wrote it")),
        ("fasse GPipe zusammen und erkläre LoRA", ("fasse GPipe zusammen", "erkläre LoRA")),
        ("résume GPipe puis explique LoRA", ("résume GPipe", "explique LoRA")),
        ("compare GPipe and SpikeGPT", None),
        ("compare GPipe and SpikeGPT, which is faster?", None),
        ("summarise papers on vision, which use EEG", None),
    ],
)
def test_two_orders_in_one_message(message: str, parts: tuple[str, str] | None) -> None:
    assert split_imperatives(message) == parts


def test_a_language_may_be_asked_for() -> None:
    found = find_imperative("summarise GPipe in German")
    assert found is not None
    assert (found.subjects, found.language) == (("GPipe",), "de")
    found = find_imperative("résumez l'article SpikeGPT en français")
    assert found is not None
    assert (found.subjects, found.language) == (("SpikeGPT",), "fr")
