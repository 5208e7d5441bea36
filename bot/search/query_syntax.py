"""What other search engines understand, and what becomes of it here: it never fails, and is not searched for.

| typed | what happens |
|---|---|
| `AND`, `OR`, `+word`, `( )`, `&&` | left out: papers with more of the words come first anyway |
| `-word`, `NOT word`, `ANDNOT word` | left out with its word: nothing is excluded, but it isn't searched for either |
| `title:`, `ti:`, `abs:`, `all:`, `intitle:` | left out: words are looked for in titles and abstracts alike |
| `word*`, `word~2`, `word^3`, `"…"~5` | the sign is left out: endings and typing errors are taken care of |
| `site:…`, `filetype:…`, `inurl:…`, `lang:…` | left out with the value |

Fields such as `au:` and `cat:` are read before, in `bot.search.field_syntax`.
"""

import re

from bot.search.tokens import STOP_WORDS

_QUOTED = r"[\"“][^\"“”]*[\"”]"
_PLACE = re.compile(r"(?<![\w:])-?(?:site|filetype|ext|inurl|lang|language):\S+", re.IGNORECASE)
_PART = re.compile(
    r"(?<![\w:])(?:(?:in|all)?title|ti|abs|all|(?:all)?intext|intitle|allintitle|abstract|summary):(?=\S)"
    r"|(?<![\w:])(?:title|abstract):\s",
    re.IGNORECASE,
)
_EXCLUDED = re.compile(rf"(?<![^\s(])-(?:{_QUOTED}|[^\W\d_][\w'’.-]*)")
_NOT = re.compile(rf"(?<!\w)(?:AND\s*NOT|NOT)\s+(?:{_QUOTED}|\([^()]*\)|[\w-]+)")
_OPERATOR = re.compile(
    r"(?<![\w-])(?:AND|OR|NOT|ANDNOT|NEAR/\d+|W/\d+)(?![\w-])|&&|\|\||(?<![^\s(])\+(?=[^\W\d_]|[\"“])"
)
_BOOST = re.compile(r"(?<=[\"”)])[~^]\d*(?:\.\d+)?|(?<=[^\W\d_]{3})(?:~\d*(?:\.\d+)?|\^\d+(?:\.\d+)?)(?!\w)")


def without_syntax(query: str) -> str:
    """Return `query` without the syntax of other engines; text that has none comes back as it is."""
    plain = _PART.sub("", _PLACE.sub(" ", query))
    plain = _BOOST.sub("", _EXCLUDED.sub(" ", plain))
    if not _is_prose(plain):
        plain = _OPERATOR.sub(" ", _NOT.sub(" ", plain))
    return query if plain == query else " ".join(plain.split())


def _is_prose(text: str) -> bool:
    """Whether a sentence or shouting stands there, in which NOT is only loud: "models that do NOT forget"."""
    shouted = text.isupper() and len(text.split()) > 2
    return shouted or any(word in STOP_WORDS for word in re.findall(r"[a-z]+", text))
