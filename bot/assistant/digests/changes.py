"""What somebody typed for a digest, put into its definition."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.assistant.digests.wishes import (
    read_categories,
    read_name,
    read_names,
    read_phrases,
    read_time,
    read_weekdays,
    read_zone,
)
from bot.store.digests import DigestDefinition
from bot.translation import phrase

_READERS: dict[str, Callable[[str], object]] = {
    "name": read_name,
    "at": read_time,
    "zone": read_zone,
    "weekdays": read_weekdays,
    "topics": lambda text: read_phrases(text, phrase("topics"), example="spiking transformers, speech recognition"),
    "excluded": lambda text: read_phrases(text, phrase("excluded words"), example="survey, medical imaging"),
    "categories": read_categories,
    "authors": lambda text: read_names(text, phrase("authors"), example="Ada Example, Ben Example"),
    "organisations": lambda text: read_names(text, phrase("organisations"), example="Example Lab, Example University"),
}


def with_changes(definition: DigestDefinition, typed: Mapping[str, Any]) -> DigestDefinition:
    """Return the definition with what was typed for its fields; None leaves one as it is. Raises DigestWrong.

    Texts are read as `wishes` tells; everything else is taken as it is.
    """
    changes = {name: value for name, value in typed.items() if value is not None}
    for name, read in _READERS.items():
        if name in changes:
            changes[name] = read(changes[name])
    return replace(definition, **changes)
