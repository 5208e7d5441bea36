"""What a model may do beside lying: another language, the same again and again, no end, sources in its last line."""

from pathlib import Path

import pytest

from bot.answers.answer import Answer, Kind
from bot.answers.language import is_in_another
from tests.answers.asking import asked, assert_checked, with_model
from tests.apps import sample_app
from tests.fakes.model_readings import reads
from tests.fakes.model_server import Behaviour, FakeModel, says

QUESTION = "what is Stormer?"
SENTENCES = (
    "Stormer is a simple weather forecasting model",
    "It beats existing methods at lead times longer than 7 days",
    "Its accuracy keeps growing with more training tokens",
)
GERMAN = (
    "Stormer ist ein einfaches Modell, das mit einem Transformer das Wetter vorhersagt [1]. "
    "Es ist bei mehr als 7 Tagen besser als die anderen Verfahren, und die Genauigkeit wird mit mehr Daten besser [1]."
)
CHINESE = "Stormer 是一个简单的天气预报模型 [1]。它在 7 天以上的预报中优于现有方法 [1]。"


async def answer(
    folder: Path, *writing: Behaviour, question: str = QUESTION, reading: Behaviour | None = None
) -> Answer:
    async with FakeModel(writing[-1], reading=reading or reads()) as model:
        model.script(*writing[:-1])
        settings = with_model(model, reading_seconds=5.0 if reading else 0)
        async with sample_app(folder, openai=settings) as app:
            return await asked(app, question)


@pytest.mark.parametrize("written", [GERMAN, CHINESE])
@pytest.mark.parametrize("read", [True, False])
async def test_another_language_than_asked_gives_extracts_and_says_so(tmp_path: Path, written: str, read: bool) -> None:
    found = await answer(tmp_path, says(written), reading=reads() if read else None)
    assert found.kind is Kind.EXTRACTS
    assert found.notice == (
        "These sentences come word for word from abstracts because the model wrote in another language than it was "
        "asked to."
    )


async def test_the_language_that_was_asked_in_is_kept(tmp_path: Path) -> None:
    found = await answer(tmp_path, says(GERMAN), question="Was ist Stormer und wie gut ist es?", reading=reads())
    assert found.kind is Kind.ANSWER
    assert found.statements[0].text.startswith("Stormer ist ein einfaches Modell")


async def test_english_in_place_of_another_language_is_no_fault(tmp_path: Path) -> None:
    english = " ".join(f"{sentence} [1]." for sentence in SENTENCES)
    found = await answer(tmp_path, says(english), question="Was ist Stormer und wie gut ist es?")
    assert found.kind is Kind.ANSWER


@pytest.mark.parametrize(
    ("written", "question", "fixed", "another"),
    [
        (GERMAN, QUESTION, None, True),
        (GERMAN, QUESTION, "de", False),
        (GERMAN, "Was ist Stormer und wie gut ist es?", "fr", True),
        (CHINESE, "Stormer 是什么？", None, False),
        (CHINESE, QUESTION, "zh", False),
        (CHINESE, QUESTION, "ja", False),
        (CHINESE, QUESTION, "ru", True),
        ("Oui.", QUESTION, None, False),
        (GERMAN, "Stormer GPUs", None, False),
        ("El modelo es una red que predice el tiempo con los datos de la estación.", "que é o Stormer?", None, False),
        ("Le modèle est un réseau qui prédit le temps avec les données des stations.", QUESTION, None, True),
        ("Il modello è una rete che prevede il tempo con i dati della stazione.", QUESTION, None, True),
        ("SpikeGPT, Stormer, GPipe, BERT4Rec, VMFormer, DeiT-LT, SSAST, ClST [1].", QUESTION, None, False),
    ],
)
def test_languages_are_told_apart(written: str, question: str, fixed: str | None, another: bool) -> None:
    assert is_in_another(written, question=question, fixed=fixed) is another


@pytest.mark.parametrize("read", [True, False])
async def test_a_model_that_repeats_itself_is_shown_once(tmp_path: Path, read: bool) -> None:
    lines = [f"{sentence} [1]." for sentence in SENTENCES]
    looped = " ".join([*lines, *(f"{'Also, ' if n % 2 else ''}{lines[n % 3]}" for n in range(60))])
    found = await answer(tmp_path, says(looped), reading=reads() if read else None)
    assert found.kind is Kind.ANSWER
    texts = [statement.text.removeprefix("Also, ") for statement in found.statements]
    assert [text.removesuffix(".") for text in texts] == list(SENTENCES)


async def test_five_thousand_words_are_cut_to_whole_checked_sentences(tmp_path: Path) -> None:
    long = " ".join(
        f"{SENTENCES[n % 3]}, as variant {'abcdefghij'[n % 10]} of round {'abcdefghij'[n // 10 % 10]} shows [1]."
        for n in range(400)
    )
    found = await answer(tmp_path, says(long))
    assert len(long.split()) > 5000
    assert_checked(found)
    shown = " ".join(statement.text for statement in found.statements)
    assert len(shown) <= 4000
    assert found.kind in {Kind.ANSWER, Kind.EXTRACTS}
    assert all(statement.text.rstrip().endswith(("shows.", "shows")) for statement in found.statements) or (
        found.kind is Kind.EXTRACTS
    )


async def test_sources_only_in_the_last_line_are_asked_for_once(tmp_path: Path) -> None:
    uncited = ". ".join(SENTENCES) + ".\n\nSources: [1]"
    fixed = "\n".join(f"{letter}: {sentence} [1]." for letter, sentence in zip("ABC", SENTENCES, strict=True))
    found = await answer(tmp_path, says(uncited), says(fixed))
    assert found.kind is Kind.ANSWER
    assert [statement.text.removesuffix(".") for statement in found.statements] == list(SENTENCES)


@pytest.mark.parametrize("last", ["Sources: [1]", "[1]", "Sources: [1], [2]", "(Source: 1)", "References\n[1] Stormer"])
async def test_without_a_correction_the_reader_is_told_that_no_sources_were_named(tmp_path: Path, last: str) -> None:
    uncited = ". ".join(SENTENCES) + f".\n\n{last}"
    found = await answer(tmp_path, says(uncited))
    assert found.kind is Kind.EXTRACTS
    assert found.notice == ("These sentences come word for word from abstracts because the model named no sources.")
