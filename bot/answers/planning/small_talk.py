"""Messages that ask nothing of the papers: greetings, thanks, "ok", "help", "who are you"; in English, German, French.

Only a whole message counts: "hi, what is LoRA?" is a question, and so is "thanks to dropout, which models generalise?".
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.answers.planning.small_talk_words import (
    ADDRESSED,
    BOT,
    GREETINGS,
    HELP,
    IDENTITY,
    NOTED,
    PARTINGS,
    THANKS,
    TRIMMINGS,
    Forms,
)
from bot.search.text.tokens import fold


class Talk(StrEnum):
    """What a message wants that asks nothing of the papers."""

    GREETING = "greeting"
    THANKS = "thanks"
    NOTED = "noted"
    PARTING = "parting"
    HELP = "help"
    IDENTITY = "identity"


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """What is wanted, and the language in which it is said; None where its words don't tell one."""

    talk: Talk
    language: str | None


_KINDS: dict[Talk, Forms] = {
    Talk.HELP: HELP,
    Talk.IDENTITY: IDENTITY,
    Talk.THANKS: THANKS,
    Talk.PARTING: PARTINGS,
    Talk.GREETING: GREETINGS,
    Talk.NOTED: NOTED,
}
"""In order: of "ok thanks, bye" the parts differ, and the first kind here that has one of them is the message's."""


def _pattern(forms: str) -> re.Pattern[str]:
    """Return the pattern of forms, one of which a text must be as a whole."""
    each = (form.strip() for line in forms.strip().splitlines() for form in line.split(" | "))
    return re.compile("|".join(_spaced(form.replace("BOT", BOT)) for form in each))


def _spaced(form: str) -> str:
    return re.sub(r"(?<!\[-) ", r"\\s+", form)


_PATTERNS = [(talk, language, _pattern(forms)) for talk, said in _KINDS.items() for language, forms in said.items()]
_ADDRESSED = re.compile(_spaced(ADDRESSED))
_TRIMMINGS = re.compile(rf"\s+(?:{_spaced(ADDRESSED)}|{_spaced(TRIMMINGS)})$")
_POLITE = re.compile(r"^(?:please|pls|bitte|so|well|oh|ah|and|und|et|but|mais|aber|really|very)\s+")
_APART = re.compile(r"[,.!?;:…–—]+|\s-\s|\s+(?:and|und|et)\s+")
_MARKS = re.compile(r":[a-z0-9_+-]+:|[^\w\s'’,.!?;:…–—-]|_", re.IGNORECASE)
_POINTS = re.compile(r"\b(?:it|this|that|das|es(?![- ]tu)|ca|c'est)\b")
_NAME = re.compile(r"(?!OK|YES|NO\b|THX)[A-Z]{3,}")
_MOST_WORDS = 12
"""Longer messages ask something."""


def find_small_talk(message: str, *, begun: bool = False) -> SmallTalk | None:
    """Return what a message wants that asks nothing of the papers; None where any part of it is something else.

    `begun`: a conversation goes on, so that "how does it work?" asks about a paper and not about the bot.
    """
    text = " ".join(_MARKS.sub(" ", fold(message).replace("’", "'")).split())
    if not text or len(text.split()) > _MOST_WORDS:
        return None
    found: list[SmallTalk] = []
    for part in map(str.strip, _APART.split(text)):
        if part and not _ADDRESSED.fullmatch(part):
            read = _read_all(part.split())
            if not read:
                return None
            found += read
    if not found:
        return None
    talk = min((each.talk for each in found), key=list(_KINDS).index)
    if (begun and talk in {Talk.HELP, Talk.IDENTITY} and _POINTS.search(text)) or (
        talk is Talk.NOTED and _NAME.fullmatch(message)
    ):
        return None  # "NEAT", "SUPER": names of methods
    return SmallTalk(talk, next((each.language for each in found if each.language), None))


def _read_all(words: list[str]) -> list[SmallTalk]:
    """Return what words are that follow each other without a mark, as in "ok thanks bye"; nothing where any is else."""
    for end in range(len(words), 0, -1):
        read = _read(" ".join(words[:end]))
        if read is None:
            continue
        if end == len(words):
            return [read]
        rest = _read_all(words[end:])
        if rest:
            return [read, *rest]
    return []


def _read(part: str) -> SmallTalk | None:
    before = ""
    while part and part != before:
        for talk, language, pattern in _PATTERNS:
            if pattern.fullmatch(part):
                return SmallTalk(talk, language)
        before, part = part, _POLITE.sub("", _TRIMMINGS.sub("", part)).strip()
    return None


_GREETED = re.compile(
    r"^\s*(?:(?:hi+|hello+|hey+|hiya|howdy|greetings|good\s+(?:morning|afternoon|evening|day)|hallo+|moin|servus"
    r"|guten?\s+(?:morgen|tag|abend)"
    r"|bonjour|bonsoir|salut|coucou)"
    rf"(?:\s+(?:{_spaced(ADDRESSED)}))*(?P<mark>\s*[,.!?:;–—-]+\s*|\s*\n\s*|\s+))+",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"(?:what|who|which|how|why|when|where|can|could|would|is|are|do|does|did|please|pls|tell|show|find|list|explain"
    r"|summari[sz]e|compare|save|follow|any"
    r"|was|wer|wie|warum|wann|wo|welche[rsmn]?|kannst|konntest|ist|sind|gibt|bitte|zeig|erklar|fass|vergleich"
    r"|speicher|folge"
    r"|que|quoi|qui|quel|quelle|quels|quelles|comment|pourquoi|peux|pouvez|est|y|explique|resume|compare"
    r"|enregistre)\b|c'est\b|qu'",
)


def without_greeting(message: str) -> str:
    """Return a message without the "hi, " before what it asks. A greeting that may be a name's first word stays.

    "Hello World models" keeps it: nothing divides the words, and no question begins behind it.
    """
    match = _GREETED.match(message)
    if match is None:
        return message
    rest = message[match.end() :].strip()
    if not any(char.isalnum() for char in rest):
        return message
    begins = _OPENS.match(fold(rest).replace("’", "'"))
    return rest if match["mark"].strip() or begins else message
