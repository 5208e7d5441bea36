"""Questions that are none, or not as expected: in another language, too long, full of markup."""

from pathlib import Path

import pytest

from bot.answers.answer import Kind
from bot.errors.requests import QuestionEmpty, QuestionTooLong
from tests.answers.asking import FAILED_CHECKS, NAMED_NO_SOURCES, asked, assert_checked, with_model
from tests.apps import sample_app
from tests.fakes.model_behaviours import plans, says
from tests.fakes.model_server import FakeModel

GERMAN = "Was ist Stormer und wie weit sagt es das Wetter voraus?"
NOTHING = "Nothing in the store is about this. Try words that a paper about it would use."
STORMER = "Scaling transformer neural networks for skillful and reliable medium-range weather forecasting"
TERMS = ["Stormer", "weather forecasting", "transformer", "lead time"]


@pytest.mark.parametrize("configured", [True, False], ids=["model", "no model"])
@pytest.mark.parametrize(
    "question", ["asdf qwer zxcv", "who won the cup final?", "lorem ipsum dolor", "1234567890", "ok"]
)
async def test_a_question_about_nothing_gets_no_answer_and_no_call(
    tmp_path: Path, question: str, configured: bool
) -> None:
    async with FakeModel() as model:
        async with sample_app(tmp_path, openai=with_model(model) if configured else {}) as app:
            answer = await asked(app, question)
    assert answer.kind in {Kind.NOTHING, Kind.CLOSEST}
    assert answer.statements == ()
    assert model.answered == []


async def test_a_german_question_is_answered_in_german_from_the_sources(tmp_path: Path) -> None:
    said = (
        "Stormer ist ein einfaches Modell für die Wettervorhersage, das den Transformer kaum verändert [1]. "
        "Auf WeatherBench 2 ist es ab 7 Tagen besser als andere Verfahren [1]."
    )
    async with FakeModel(says(said), planning=plans(standalone=GERMAN, keywords=TERMS)) as model:
        async with sample_app(tmp_path, openai=with_model(model)) as app:
            answer = await asked(app, GERMAN)
    assert answer.kind is Kind.ANSWER
    assert " ".join(statement.text for statement in answer.statements) == said.replace(" [1]", "")
    assert answer.sources[0].paper.title == STORMER
    assert_checked(answer)


@pytest.mark.parametrize(
    "wrong",
    [
        "Stormer ist ab 9 Tagen besser als andere Verfahren [1].",
        "Stormer ist besser als das Modell GraphCastNet [1].",
        "Stormer ist ein einfaches Modell für das Wetter.",
        "Die Autoren schreiben „das Wetter ist immer schön und warm“ [1].",
        "Das hat mit Kuchen und Katzen zu tun [1].",
    ],
    ids=["figure", "name", "no citation", "quotation", "nothing in common"],
)
async def test_german_sentences_are_checked_too(tmp_path: Path, wrong: str) -> None:
    async with FakeModel(says(wrong), planning=plans(standalone=GERMAN, keywords=TERMS)) as model:
        async with sample_app(tmp_path, openai=with_model(model)) as app:
            answer = await asked(app, GERMAN)
    why = FAILED_CHECKS if "[1]" in wrong else NAMED_NO_SOURCES
    assert (answer.kind, answer.notice) == (Kind.EXTRACTS, why)


async def test_a_question_of_4000_characters_is_refused_without_a_call(tmp_path: Path) -> None:
    question = ("what is Stormer? " * 300)[:4000].strip("?") + "?"
    async with FakeModel() as model, sample_app(tmp_path, openai=with_model(model)) as app:
        with pytest.raises(QuestionTooLong, match=r"is 4,000 characters long; the limit is 1,000\. Shorten it"):
            await asked(app, question[:3999] + "?")
    assert model.requests == []


@pytest.mark.slow
async def test_as_many_characters_are_answered_where_the_limit_allows_them(tmp_path: Path) -> None:
    question = ("what is Stormer, the weather model? " * 120)[:4000].strip()
    async with FakeModel() as model:
        async with sample_app(tmp_path, openai=with_model(model), limits={"question_chars": 4000}) as app:
            answer = await asked(app, question)
    assert answer.kind is Kind.ANSWER
    assert_checked(answer)


@pytest.mark.parametrize(
    "question",
    [
        "<@123> <:emoji:1> what is Stormer? <#5> </ask:77>",
        "<@!123> **what** is __Stormer__?",
        "`what is Stormer?`",
        "> what is Stormer?",
        "||what is Stormer?||",
        "what\u200b is\u202e Stormer\x00?",
        "[what is Stormer?](https://evil.example/x)",
    ],
)
async def test_markup_around_a_question_does_no_harm(tmp_path: Path, question: str) -> None:
    async with FakeModel() as model, sample_app(tmp_path, openai=with_model(model)) as app:
        answer = await asked(app, question)
    assert answer.kind is Kind.ANSWER
    assert answer.sources[0].paper.title == STORMER
    assert not any(sign in answer.question for sign in ("<@", "<:", "<#", "</", "\u200b", "\u202e", "\x00"))
    assert_checked(answer)


async def test_a_question_in_a_block_of_code_is_read(tmp_path: Path) -> None:
    question = '```python\nstormer = load("stormer")  # what is Stormer?\n```\nwhat is Stormer?'
    async with FakeModel() as model, sample_app(tmp_path, openai=with_model(model)) as app:
        answer = await asked(app, question)
    assert STORMER in [source.paper.title for source in answer.sources]
    assert_checked(answer)


@pytest.mark.parametrize("question", ["<:emoji:1>", "<@123> <a:dance:2> <#3>", "```\n```", "**__||", "\U0001f600"])
async def test_markup_alone_is_no_question(tmp_path: Path, question: str) -> None:
    async with sample_app(tmp_path) as app:
        with pytest.raises(QuestionEmpty, match="There's no question yet"):
            await asked(app, question)
