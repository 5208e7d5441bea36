"""Catalogues of sentences, read once from gettext's PO files beside this one."""

import gettext
import hashlib
import io
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent


@cache
def catalogue(locale: str) -> gettext.NullTranslations:
    """Return the translations into a language; without a catalogue, everything stays English.

    Reading takes some tens of milliseconds, the first time only.
    """
    path = FOLDER / f"{locale}.po"
    if not path.is_file():
        return gettext.NullTranslations()
    entries = read(locale)
    for message in list(entries):
        # gettext would take an empty form for the translation; what is missing must stay English.
        if message.id and message.pluralizable and not all(message.string or ()):
            entries.delete(message.id, message.context)
    compiled = io.BytesIO()
    write_mo(compiled, entries)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def edition() -> str:
    """Return a hash of all catalogues, which changes with any of them."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.po")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def read(locale: str) -> Catalog:
    """Return a language's catalogue as its file has it, with comments and flags. Raises OSError and PoFileError."""
    with (FOLDER / f"{locale}.po").open("rb") as file:
        return read_po(file, locale=locale, abort_invalid=True)
