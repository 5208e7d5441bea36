"""Bring the catalogues up to date: `python -m tools.locales.update` adds what is new and drops what is gone.

What is new has no translation then and is shown in English; a test names it.
"""

import asyncio
import io

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from bot.i18n.catalogues import FOLDER, read
from bot.i18n.translation import LOCALES, SOURCE_LOCALE
from tools.locales.sentences import all_sentences, catalogue_of

_WIDTH = 110


def update(catalogue: Catalog, template: Catalog) -> None:
    """Let a catalogue have the sentences of the template, with its translations where it has them."""
    # A sentence that was changed is a new one: a translation that nearly fits would be taken for one that does.
    catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
    catalogue.obsolete.clear()


def written(catalogue: Catalog) -> bytes:
    """Return the file: sorted, without places in the code or dates, so that differences are small."""
    file = io.BytesIO()
    write_po(file, catalogue, width=_WIDTH, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    return _HEADER.format(locale=catalogue.locale, plurals=catalogue.plural_forms).encode() + file.getvalue()


_HEADER = """msgid ""
msgstr ""
"Language: {locale}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


async def main() -> None:
    """Update every catalogue."""
    template = catalogue_of(await all_sentences())
    for locale in LOCALES:
        if locale == SOURCE_LOCALE:
            continue
        path = FOLDER / f"{locale}.po"
        catalogue = read(locale) if path.is_file() else Catalog(locale=locale)
        update(catalogue, template)
        path.write_bytes(written(catalogue))


if __name__ == "__main__":
    asyncio.run(main())
