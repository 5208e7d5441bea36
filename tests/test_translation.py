"""Sentences in the reader's language."""

import asyncio
from datetime import UTC, date, datetime

import pytest

from bot.answers.wording import NOUNS, count, day, days
from bot.digests import outlet as trouble
from bot.errors.requests import PaperUnknown, QuestionTooLong
from bot.errors.services import BudgetUsed, ModelLate
from bot.i18n.translation import (
    PhraseList,
    current_locale,
    gettext,
    locale_of,
    localized,
    month,
    ngettext,
    phrase,
    phrases,
    set_locale,
    use_locale,
)
from bot.search.query.filters import Filters
from bot.user_data import KINDS

MOMENT = datetime(2023, 12, 6, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "locale"),
    [("de", "de"), ("fr-CA", "fr"), ("de_AT", "de"), ("en-GB", "en"), ("pt-BR", "en"), ("", "en"), (None, "en")],
)
def test_a_code_means_the_nearest_language_that_there_is(code: object, locale: str) -> None:
    assert locale_of(code) == locale


def test_english_is_spoken_unless_something_else_is_asked_for() -> None:
    assert gettext("No answer") == "No answer"
    with use_locale("de"):
        assert gettext("No answer") == "Keine Antwort"
        with use_locale("fr-CA"):
            assert gettext("No answer") == "Pas de réponse"
        assert current_locale() == "de"
    assert gettext("No answer") == "No answer"


def test_what_has_no_translation_stays_english() -> None:
    with use_locale("de"):
        assert gettext("A sentence that nobody translated.") == "A sentence that nobody translated."
        assert ngettext("one kettle", "{number} kettles", 2) == "{number} kettles"
        assert gettext("") == ""


async def test_a_task_speaks_the_language_of_who_started_it() -> None:
    async def said() -> str:
        await asyncio.sleep(0)
        return await asyncio.to_thread(gettext, "No answer")

    async def ask(locale: str) -> str:
        set_locale(locale)
        return await asyncio.create_task(said())

    heard = await asyncio.gather(ask("de"), ask("fr"), ask("en-US"))
    assert list(heard) == ["Keine Antwort", "Pas de réponse", "No answer"]


def test_numbers_and_days_are_written_as_the_language_does() -> None:
    assert (count(1200, "paper"), day(date(2023, 12, 6))) == ("1,200 papers", "6 Dec 2023")
    with use_locale("de"):
        assert (count(1200, "paper"), count(1, "comment")) == ("1.200 Papers", "1 Kommentar")
        assert days(date(2026, 10, 6), date(2026, 10, 12)) == "6. Okt. bis 12. Okt. 2026"
    with use_locale("fr"):
        assert (count(1200, "paper"), count(0, "paper")) == ("1\u202f200 articles", "0 article")
        assert day(date(2023, 12, 6)) == "6 déc. 2023"


def test_every_kind_of_user_data_has_its_words() -> None:
    assert NOUNS.keys() >= set(KINDS)


def test_an_error_is_english_as_a_string_and_told_in_the_readers_language() -> None:
    error = QuestionTooLong(length=12345, limit=1000)
    with use_locale("de"):
        assert (
            error.localized()
            == "Die Frage ist 12.345 Zeichen lang; erlaubt sind 1.000. Kürze sie und frag noch einmal."
        )
        assert str(error) == "The question is 12,345 characters long; the limit is 1,000. Shorten it and ask again."


def test_phrases_and_errors_within_a_sentence_are_translated_as_well() -> None:
    whose = phrase("your budget for model answers")
    error = BudgetUsed(whose=whose, limit=phrase("{limit:,.0f} tokens", limit=150_000))
    unknown = PaperUnknown(
        name=phrases("the paper {keys}", "the papers {keys}", 2, keys="a, b"), advice=ModelLate(detail="1 s")
    )
    with use_locale("fr"):
        assert error.localized().startswith(
            "Épuisé pour aujourd’hui\xa0: votre quota de réponses du modèle (150\u202f000 tokens)."
        )
        assert unknown.localized().startswith("Je ne trouve pas les articles a, b. Le modèle a mis trop de temps (1 s)")
    assert str(error).startswith("Used up for today: your budget for model answers (150,000 tokens).")


def test_what_a_user_wrote_is_never_translated() -> None:
    error = PaperUnknown(name=phrase("a paper called “{text}”", text="Answer"), advice="Status")
    with use_locale("de"):
        assert error.localized() == "Nicht gefunden: ein Paper namens „Answer“. Status"
        assert localized("Answer") == "Answer"


def test_braces_in_what_is_filled_in_stay_as_they_are() -> None:
    with use_locale("de"):
        assert phrase("a paper called “{text}”", text="{text!r} {0}").localized() == "ein Paper namens „{text!r} {0}“"


def test_filters_are_told_in_the_readers_language() -> None:
    filters = Filters(after=date(2023, 12, 1), fields=("author:geoffrey hinton", "code:yes"))
    assert str(filters) == "by Geoffrey Hinton with code since 1 Dec 2023"
    with use_locale("de"):
        assert str(filters) == "von Geoffrey Hinton mit Code seit dem 1. Dez. 2023"
    with use_locale("fr"):
        assert str(filters) == "de Geoffrey Hinton avec code depuis le 1 déc. 2023"


def test_days_and_moments_among_the_facts_are_written_as_the_language_does() -> None:
    said = phrase("{feed} was last read on {when}; anything newer is missing here.", feed="arXiv", when=MOMENT)
    assert said == "arXiv was last read on 6 Dec 2023, 14:05 UTC; anything newer is missing here."
    with use_locale("de"):
        assert said.localized() == "arXiv wurde zuletzt am 6. Dez. 2023, 14:05 UTC gelesen; alles Neuere fehlt hier."
    until = phrase("{feed} is up to date ({day}).", feed="arXiv", day=MOMENT.date())
    assert until == "arXiv is up to date (6 Dec 2023)."
    with use_locale("fr"):
        assert until.localized() == "arXiv est à jour (6 déc. 2023)."
        assert month(MOMENT) == "déc. 2023"


def test_a_list_of_phrases_is_a_fact_like_another() -> None:
    lacking = PhraseList([phrase("Send Messages"), phrase("Embed Links")])
    said = phrase("I need {permissions} there", permissions=lacking)
    assert said == "I need Send Messages, Embed Links there"
    with use_locale("de"):
        assert said.localized() == "dort fehlt mir: Nachrichten senden, Links einbetten"


def test_the_code_of_missing_permissions_is_told_with_their_names_in_the_readers_language() -> None:
    kept = trouble.missing("Send Messages", "Embed Links")
    with use_locale("de"):
        assert "Zum Posten fehlt mir dort: Nachrichten senden, Links einbetten." in trouble.sentence(kept).localized()
        assert trouble.sentence(trouble.NOTHING_NEW).localized() == "Es gab nichts Neues."
        assert trouble.sentence("an unknown code").localized() == "an unknown code"
