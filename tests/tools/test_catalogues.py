"""The catalogues are complete: every sentence that members can meet is there in every language."""

import re
import string
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message

from bot.i18n.catalogues import FOLDER, read
from bot.i18n.translation import LOCALES, SOURCE_LOCALE
from tools.locales.sentences import Sentence, all_sentences, catalogue_of, of_commands
from tools.locales.update import update, written

pytestmark = pytest.mark.slow

TRANSLATED = [locale for locale in LOCALES if locale != SOURCE_LOCALE]

# What Discord takes: https://discord.com/developers/docs/interactions/application-commands.
NAME = re.compile(r"[-_'\w]{1,32}")
DESCRIPTION_LIMIT = 100

each_language = pytest.mark.parametrize("locale", TRANSLATED)


@cache
def catalogue(locale: str) -> Catalog:
    return read(locale)


def messages(locale: str) -> list[Message]:
    return [message for message in catalogue(locale) if message.id]


def key(message: Message) -> Sentence:
    if isinstance(message.id, str):
        return Sentence(message.id, context=message.context)
    return Sentence(message.id[0], message.id[1], message.context)


def forms(value: object) -> list[str]:
    return [value] if isinstance(value, str) else [str(form) for form in value or ()]  # type: ignore[attr-defined]


def placeholders(text: str) -> set[tuple[str, str | None]]:
    return {(name, spec) for _, name, spec, _ in string.Formatter().parse(text) if name is not None}


@each_language
async def test_every_sentence_is_there_and_none_that_nobody_says(locale: str) -> None:
    there = {key(message) for message in messages(locale)}
    wanted = await all_sentences()
    assert wanted - there == set(), "`make locales` adds them"
    assert there - wanted == set(), "`make locales` drops them"


@each_language
def test_every_sentence_is_translated(locale: str) -> None:
    open_ones = [m.id for m in messages(locale) if m.fuzzy or not forms(m.string) or not all(forms(m.string))]
    assert not open_ones


@each_language
def test_a_translation_has_the_placeholders_of_its_sentence(locale: str) -> None:
    for message in messages(locale):
        wanted = [placeholders(form) for form in forms(message.id)]
        assert all(placeholders(form) in wanted for form in forms(message.string)), message.id
        assert placeholders(forms(message.string)[-1]) == wanted[-1], message.id


@each_language
def test_a_translation_keeps_what_is_code_and_what_is_bold(locale: str) -> None:
    for message in messages(locale):
        for form in forms(message.string):
            for mark in ("**", "`", "\n"):
                assert form.count(mark) == forms(message.id)[-1].count(mark), message.id


@each_language
def test_there_is_a_form_for_every_number(locale: str) -> None:
    for message in messages(locale):
        if message.pluralizable:
            assert len(forms(message.string)) == catalogue(locale).num_plurals


@each_language
def test_discord_takes_the_names_of_commands_and_options(locale: str) -> None:
    for message in messages(locale):
        if message.context in {"command", "option"} and forms(message.id)[0].islower():
            name = str(message.string)
            assert NAME.fullmatch(name), name
            assert name == name.lower()


@each_language
async def test_discord_takes_the_descriptions(locale: str) -> None:
    described = {each.text for each in await of_commands() if each.context is None}
    said = {str(message.id): str(message.string) for message in messages(locale)}
    assert [said[text] for text in described if len(said[text]) > DESCRIPTION_LIMIT] == []


@each_language
def test_no_two_commands_have_the_same_name(locale: str) -> None:
    names = [str(message.string) for message in messages(locale) if message.context == "command"]
    assert len(set(names)) == len(names)


@each_language
def test_a_sentence_names_commands_as_its_readers_have_them(locale: str) -> None:
    names = {str(m.id): str(m.string) for m in messages(locale) if m.context == "command"}
    for message in messages(locale):
        for command in re.findall(r"(?<![\w/])/([a-z]+)\b", forms(message.id)[-1]):
            if command in names:
                assert all(re.search(rf"/{names[command]}\b", form) for form in forms(message.string)), message.id


@each_language
async def test_updating_changes_nothing_that_is_complete(locale: str) -> None:
    entries = read(locale)
    update(entries, catalogue_of(await all_sentences()))
    assert written(entries) == (FOLDER / f"{locale}.po").read_bytes()


async def test_updating_keeps_translations_adds_what_is_new_and_drops_what_is_gone() -> None:
    entries = Catalog(locale="de")
    entries.add("yes", "ja")
    entries.add("gone", "weg")
    update(entries, catalogue_of({Sentence("yes"), Sentence("{number} kettle", "{number} kettles")}))
    file = written(entries).decode()
    assert 'msgid "yes"\nmsgstr "ja"\n' in file
    assert 'msgid "{number} kettle"\nmsgid_plural "{number} kettles"\nmsgstr[0] ""\nmsgstr[1] ""\n' in file
    assert "gone" not in file
