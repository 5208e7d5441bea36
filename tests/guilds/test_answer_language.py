"""Answers in the language that a guild has fixed."""

from pathlib import Path

import pytest

from bot.answers.answer import Answer, Kind
from bot.answers.language import ENGLISH, language
from bot.answers.request import RequestContext, Requester
from bot.app import App
from bot.i18n.languages import ANSWER_LANGUAGES
from tests.answers.asking import answer_of, with_model
from tests.apps import sample_app
from tests.fakes.model_server import FakeModel, says

GERMAN = "Stormer ist ein Modell für die Wettervorhersage und verändert den Transformer kaum [1]."
SENTENCES = {
    "en": "The model is trained on the weather of forty years.",
    "de": GERMAN,
    "fr": "Le modèle est entraîné sur les données de la météo.",
    "es": "El modelo se entrena con los datos del tiempo.",
    "it": "Il modello è addestrato con i dati del tempo.",
    "pt": "O modelo é treinado com os dados do tempo.",
    "nl": "Het model is met de gegevens van het weer getraind.",
    "pl": "Model jest trenowany na danych o pogodzie i nie jest duży.",
    "uk": "Модель навчено на даних про погоду.",
    "ru": "Модель обучена на данных о погоде.",
    "ar": "النموذج مدرب على بيانات الطقس.",
    "hi": "मॉडल मौसम के आँकड़ों पर प्रशिक्षित है।",
    "zh": "该模型使用天气数据进行训练。",
    "ja": "このモデルは天気のデータで訓練されています。",
    "ko": "이 모델은 날씨 데이터로 훈련되었습니다.",
}


async def asked(app: App, guild: str | None, question: str = "what is Stormer?") -> Answer:
    return await answer_of(app.assistant.ask(question, context=RequestContext(requester=Requester("ann", guild))))


def test_every_language_that_can_be_fixed_is_told_from_english_by_the_checks() -> None:
    assert SENTENCES.keys() == ANSWER_LANGUAGES.keys()
    for code, sentence in SENTENCES.items():
        assert (language(sentence) in {ENGLISH, None}) == (code == ENGLISH), code


async def test_the_model_is_told_the_language_and_its_sentences_pass_the_checks(tmp_path: Path) -> None:
    async with FakeModel(says(GERMAN)) as model:
        async with sample_app(tmp_path, openai=with_model(model, plan_seconds=0)) as app:
            await app.guild_settings.change("1", answer_language="de")
            answer = await asked(app, "1")
            assert answer.kind is Kind.ANSWER
            assert [statement.text for statement in answer.statements] == [GERMAN.replace(" [1]", "")]
            [sent] = [body["messages"][0]["content"] for body in model.requests]
            assert sent.endswith("- In any case write in Deutsch (language code de), whatever the question is in.")


async def test_an_answer_in_another_language_is_not_given_again_where_none_is_fixed(tmp_path: Path) -> None:
    english = "Stormer forecasts the weather and barely changes the standard transformer [1]."
    async with FakeModel() as model:
        model.script(says(GERMAN), says(english))
        async with sample_app(tmp_path, openai=with_model(model, plan_seconds=0)) as app:
            await app.guild_settings.change("1", answer_language="de")
            first, other, again = await asked(app, "1"), await asked(app, "2"), await asked(app, "1")
    assert [answer.cached for answer in (first, other, again)] == [False, False, True]
    assert other.statements[0].text == english.replace(" [1]", "")
    assert again.statements == first.statements


@pytest.mark.parametrize("guild", ["2", None])
async def test_elsewhere_the_prompt_leaves_it_to_the_question(tmp_path: Path, guild: str | None) -> None:
    async with FakeModel(says("Stormer forecasts the weather [1].")) as model:
        async with sample_app(tmp_path, openai=with_model(model, plan_seconds=0)) as app:
            await app.guild_settings.change("1", answer_language="de")
            await asked(app, guild)
            assert "language code" not in str(model.requests)
