"""Names and descriptions of commands in Discord's languages."""

import asyncio
from datetime import date

from discord import Locale, app_commands
from discord.app_commands import TranslationContextLocation as Location

from bot.i18n.catalogues import catalogue, edition
from bot.i18n.formatting import weekday
from bot.i18n.translation import LOCALES, SOURCE_LOCALE, gettext, locale_of, pgettext, use_locale

COMMAND, OPTION, CHOICE = "command", "option", "choice"
"""The contexts in catalogues of what is a single word: the same word may be another one elsewhere."""


_CONTEXTS = {
    Location.command_name: COMMAND,
    Location.group_name: COMMAND,
    Location.parameter_name: OPTION,
    Location.choice_name: CHOICE,
}


class PaperbotTranslator(app_commands.Translator):
    """Finds translations in the catalogues; discord.py asks it for each text and each of Discord's languages.

    `edition` names what the catalogues say, once they are loaded.
    """

    def __init__(self) -> None:
        # Asked twenty thousand times when commands are registered.
        codes = {locale: locale_of(locale) for locale in Locale}
        self._codes = {locale: code for locale, code in codes.items() if code != SOURCE_LOCALE}
        self.edition = ""

    async def load(self) -> None:
        """Read the catalogues, and what Babel knows of days, away from the event loop."""
        for locale in LOCALES:
            await asyncio.to_thread(catalogue, locale)
            await asyncio.to_thread(weekday, date.min, locale)
        self.edition = await asyncio.to_thread(edition)

    async def translate(
        self, string: app_commands.locale_str, locale: Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """Return the translation; None where Discord is to show the English text."""
        code = self._codes.get(locale)
        if code is None:
            return None
        with use_locale(code):
            text = command_words(string.message, context.location)
        return None if text == string.message else text


def command_words(message: str, location: Location) -> str:
    """Return a command's words in the current language."""
    context = _CONTEXTS.get(location)
    return pgettext(context, message) if context else gettext(message)


def context_of(location: Location) -> str | None:
    """Return the catalogue's context for the words at a place of a command; None for sentences."""
    return _CONTEXTS.get(location)
