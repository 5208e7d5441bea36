"""Questions about a paper's record in English, German and French: "who wrote X", "is there code for X", "when".

Pure reading: which paper a subject names, the store tells. A subject that names none makes the whole no such question.
"""

import re
from dataclasses import dataclass

from bot.answers.planning.fact_forms import Fact, fact_patterns
from bot.text import one_line


@dataclass(frozen=True, slots=True)
class FactWish:
    """A fact and what is said of the paper that it is wanted of; `subject` is empty where it points back.

    `several`: it points back to all of the papers before, as "they" does.
    """

    fact: Fact
    subject: str
    several: bool = False


_OPENING = re.compile(
    r"^(?:(?:and|but|so|ok(?:ay)?|hey|hi|hello|also|please|pls|thanks|cool|nice|great|well|then|und"
    r"|aber|also|hallo|danke|bitte|et|mais"
    r"|alors|bonjour|salut|merci|(?:(?:can|could)\s+you\s+(?:please\s+)?)?tell\s+(?:me|us)"
    r"|do\s+you\s+know|any\s+idea|weißt\s+du"
    r"|sag\s+mir|sais-tu|dis-moi)[\s,!.:]+)+",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:[\s,]+(?:please|pls|bitte|s['’]il\s+(?:te|vous)\s+pla[iî]t|exactly|again|then|though"
    r"|by\s+the\s+way|btw|genau|eigentlich|denn"
    r"|au\s+juste))*[\s?.!…]*$",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*[,;?]?\s+(?:and|und|et)\s+(?=(?:when|where|who|how\s+many|is|does|which|what|wann|wo|wer"
    r"|wie\s*viele|gibt|hat|quand|où|qui"
    r"|combien|y\s+a-t-il)\b)",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"(?:it|its|this|that|this\s+one|that\s+one|the\s+one|the|es|das|dies|dieses|diese|dieser|er|ihn"
    r"|davon|dazu|ça|cela|celui-ci"
    r"|celle-ci|il|elle|l['’])?\s*(?:(?:the|this|that|same|first|das|dieses|diesem|dem|die|diese"
    r"|dieser|erste|ce|cet|cette|le|la|l['’])"
    r"\s*)?(?:papers?|article|work|study|preprint|paper|arbeit|artikel|papier|travail|étude|one)?",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"(?:they|them|their|theirs|these|those|(?:these|those|all|both|the)\s+(?:\w+\s+)?(?:papers|ones"
    r"|articles)|sie|die|diese(?:\s+paper)?|ils"
    r"|elles|eux|ces\s+articles)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"^(?:(?:the|das|dem|die|der|den|le|la|les)\s+|l['’]\s*)"
    r"|^(?:(?:research\s+)?(?:paper|article|preprint|arbeit|artikel|papier)s?)\s+"
    r"(?:called|named|titled|entitled|namens|mit\s+dem\s+titel|intitulée?|appelée?)?\s*",
    re.IGNORECASE,
)
_NOUN_BEHIND = re.compile(r"[\s-]+(?:paper|article|preprint|arbeit|papier)$", re.IGNORECASE)
_WHO = re.compile(r"^(?:the\s+)?(?:authors?|people|team|researchers)\s+(?:of|behind|on)\s+(?=\S)", re.IGNORECASE)
_ABOUT_ONE = re.compile(r"(?P<x>[^:?,]{2,80}):\s+(?P<rest>.+)")
_QUOTES = "\"'“”‘’„«» "
_LONGEST = 400


def find_facts(question: str) -> tuple[FactWish, ...]:
    """Return the facts that a question asks for, in its order; none where it asks for anything else.

    "Who wrote GPipe and when?" asks for two. The subject of each is as it was typed, without "the paper".
    """
    text = _CLOSING.sub("", _OPENING.sub("", one_line(question)))
    if not text or len(text) > _LONGEST:
        return ()
    if prefix := _ABOUT_ONE.match(text):
        about = _subject(prefix["x"])
        found = find_facts(prefix["rest"])
        if about and found and not any(wish.subject for wish in found):
            return tuple(FactWish(wish.fact, about) for wish in found)
    if whole := _fact(text):
        parts = _SPLIT.split(text)
        if len(parts) > 1 and (several := _each(parts)):
            return several
        return (whole,)
    parts = _SPLIT.split(text)
    return _each(parts) if len(parts) > 1 else ()


def _each(parts: list[str]) -> tuple[FactWish, ...]:
    """Return the facts of all parts; what points back in a later one is the first one's subject."""
    found: list[FactWish] = []
    for part in parts:
        wish = _fact(_CLOSING.sub("", part)) or _bare(part)
        if wish is None:
            return ()
        if found and not wish.subject:
            wish = FactWish(wish.fact, found[0].subject, found[0].several)
        found.append(wish)
    return tuple(found)


def _bare(part: str) -> FactWish | None:
    """Read the question word that stands alone beside another question: "and when?"."""
    match part.strip(" ?.!").casefold():
        case "when" | "wann" | "quand":
            return FactWish(Fact.DATE, "")
        case "where" | "wo" | "où":
            return FactWish(Fact.VENUE, "")
        case "who" | "wer" | "qui":
            return FactWish(Fact.AUTHORS, "")
    return None


def _fact(text: str) -> FactWish | None:
    for fact, pattern in fact_patterns():
        if match := pattern.fullmatch(text):
            found = next((value for value in match.groupdict().values() if value), "")
            subject = _subject(found)
            if subject is None:
                return FactWish(fact, "", several=True)
            return FactWish(fact, subject)
    return None


def _subject(text: str) -> str | None:
    """Return what names the paper; empty where the text points back, None where it points back to several."""
    text = text.strip(_QUOTES)
    if _ALL.fullmatch(text):
        return None
    if _POINTER.fullmatch(text):
        return ""
    text = _WHO.sub("", text)
    for _ in range(2):
        text = _ARTICLE.sub("", text).strip(_QUOTES)
    text = _NOUN_BEHIND.sub("", text).strip(_QUOTES)
    return re.sub(r"['’]s$", "", text)
