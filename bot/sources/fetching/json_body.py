"""Decoding of JSON bodies."""

import json
from typing import Any

from bot.sources.fetching.request import UndecodableError


def decode_json(body: bytes) -> Any:
    """Return the value of a JSON document in UTF-8. Raises UndecodableError."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UndecodableError("it is not UTF-8 text") from None
    if text.lstrip()[:1] == "<":
        raise UndecodableError("it is HTML or XML instead of JSON")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise UndecodableError(f"the JSON is broken: {error.msg} at character {error.pos:,} of {len(text):,}") from None
    except (ValueError, RecursionError):  # an integer of thousands of digits; nested too deeply
        raise UndecodableError("the JSON can't be read") from None
