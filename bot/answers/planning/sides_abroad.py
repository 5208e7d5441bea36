"""The sides of a comparison in German and French: "Unterschied zwischen A und B", "A est-il meilleur que B ?"."""

import re
from collections.abc import Iterator

from bot.answers.planning.followups import is_name

_AND = re.compile(
    r"\s*,\s*(?:(?:und|oder|et|ou|sowie)\s+)?|\s+(?:und|oder|sowie|mit|et|ou|avec|&|vs\.?)\s+", re.IGNORECASE
)
# "comparer A à B" and "A au B": only where one thing is compared to another.
_TO = re.compile(r"\s+(?:à|au|aux)\s+", re.IGNORECASE)
_COMPARATIVE = r"(?:\w+er|mieux|meilleure?s?|pires?|plus\s+\w+|moins\s+\w+)"

_LISTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:unterschied\w*|gemeinsamkeiten|vergleich|wahl)\s+(?:\w+\s+){0,2}?zwischen\s+(?P<sides>.+)",
        r"\bvergleich\s+von\s+(?P<sides>.+)",
        r"(?:^|[.,;:!?]\s*|\b(?:bitte|du|mal|mir|und)\s+)vergleich(?:e|en\s+sie)?\s+(?:(?:mir|bitte|mal)\s+)*(?P<sides>.+)",
        r"\b(?:wie|worin|wodurch|inwiefern|inwieweit)\s+unterscheiden\s+sich\s+(?P<sides>.+)",
        r"\b(?:was|welche[rs]?)\b[^,:?]*[,:]\s*(?P<sides>[^.,:;?!]+\soder\s[^.:;?!]+)",
        r"\b(?:differences?|distinctions?|comparaisons?|similitudes?|choix|choisir|points?\s+communs?)\s+(?:\w+\s+|y\s+a-t-il\s+){0,2}?"
        r"entre\s+(?P<sides>.+)",
        r"\b(?:ist|sind)\s+(?P<sides>[^,.:;?!]+?\soder\s[^,.:;?!]+?)\s+(?:\w+\s+)?\w{3,}er\b",
        r"^(?:est-ce\s+que\s+)?(?P<sides>[^,.:;?!]+?\sou\s[^,.:;?!]+?)\s+(?:est|sont)\s+(?:l[ea]s?\s+)?(?:mieux|meilleure?s?|plus)\b",
        r"\bcomparaison\s+(?:de\s+|des\s+|d['’])(?P<sides>.+)",
        r"(?:^|[.,;:!?]\s*|\b(?:de|peux-tu|pouvez-vous|tu\s+peux|et)\s+)compar(?:e|er|ez)(?:-(?:moi|nous))?\s+(?P<sides>.+\s(?:et|avec|à|au|aux)\s.+)",
        r"\b(?:en\s+quoi|comment)\s+(?P<sides>.+?\s(?:et|&)\s.+?)\s+(?:se\s+)?(?:different|distinguent)",
        r"\b(?:lequel|laquelle|lesquels|quel|quelle|qu['’]est-ce\s+qui|que)\b[^,:?]*[,:]\s*(?P<sides>[^.,:;?!]+\sou\s[^.:;?!]+)",
        r"\b(?:vaut-il\s+mieux(?:\s+(?:utiliser|choisir|prendre|employer))?|que\s+choisir|faut-il\s+(?:utiliser|choisir|prendre)|soll(?:te)?\s+ich\s+(?:lieber\s+)?)\s*[:,]?\s*"
        r"(?P<sides>[^.,:;?!]+\s(?:ou|oder)\s[^.:;?!]+?)(?:\s+(?:nehmen|benutzen|verwenden|wählen|nutzen))?\s*[?.!]*$",
    )
)
_PAIRS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:wie|worin|wodurch|inwiefern|inwieweit)\s+unterscheidet\s+sich\s+(?P<first>.+?)\s+(?:von|vom)\s+(?P<second>.+)",
        r"\bwas\s+unterscheidet\s+(?P<first>.+?)\s+(?:von|vom)\s+(?P<second>.+)",
        rf"\b(?:ist|sind|läuft|laufen|arbeitet)\s+(?P<first>.+?)\s+(?:\w+\s+)?{_COMPARATIVE}\s+als\s+(?P<second>.+)",
        r"^(?P<first>.+?)\s+(?:im\s+vergleich\s+(?:zu[mr]?|mit)|verglichen\s+mit|gegenüber)\s+(?P<second>.+)",
        r"\ben\s+quoi\s+(?P<first>.+?)\s+(?:est(?:-il|-elle)?\s+different\w*|differe(?:-t-(?:il|elle))?|se\s+distingue(?:-t-(?:il|elle))?)"
        r"\s+(?:de\s+l['’]|d['’]|de\s+|du\s+|des\s+)(?P<second>.+)",
        r"\bqu['’]est-ce\s+qui\s+(?:distingue|differencie|separe)\s+(?P<first>.+?)\s+(?:de\s+l['’]|d['’]|de\s+|du\s+|des\s+|et\s+)(?P<second>.+)",
        rf"(?:\best-ce\s+que\s+)?(?P<first>[^,.:;?!]+?)\s+(?:est|sont|est-il|est-elle|sont-ils|sont-elles)\s+(?:\w+\s+)?{_COMPARATIVE}\s+"
        r"qu(?:e\s+|['’])(?P<second>.+)",
        r"^(?P<first>.+?)\s+(?:par\s+rapport\s+(?:à\s+|aux?\s+)|comparee?s?\s+(?:à\s+|aux?\s+)|face\s+(?:à\s+|aux?\s+))(?P<second>.+)",
        r"\b(?:vorteile?|nachteile?|stärken|avantages?|inconvenients?)\s+(?:von|des?|du|d['’])\s+(?P<first>.+?)\s+"
        r"(?:gegenüber|im\s+vergleich\s+(?:zu[mr]?|mit)|par\s+rapport\s+(?:à|aux?)|sur|face\s+(?:à|aux?))\s+(?P<second>.+)",
        r"\b(?:warum|wann|wieso|für|soll\w*|pourquoi|quand|utiliser|choisir|nehmen|prendre)\s+(?:ich\s+|man\s+|utiliser\s+|choisir\s+)?"
        r"(?P<first>[^,.:;?!]+?)\s+(?:statt|anstatt|anstelle\s+von|plutôt\s+que|au\s+lieu\s+de)\s+(?P<second>.+)",
    )
)
_AGAINST = re.compile(r"^(?P<first>[^,.:;?!]+?)\s+(?:gegen|contre)\s+(?P<second>[^,.:;?!]+?)\s*\??$", re.IGNORECASE)
_BARE = re.compile(
    r"^(?P<first>[^,.:;?!]+?)\s+(?:oder|ou)\s+(?P<second>[^,.:;?!]+?)(?P<for>\s+(?:für|bei|pour|en)\s+[^,.:;?!]+)?\s*(?P<mark>\?)?$",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:was|wer|wie|welche[rsmn]?|ist|sind|gibt|hat|haben|kann|papers?|arbeiten|artikel|nicht|que|qui|quels?|quelles?|est|sont|a|ont"
    r"|articles|papiers|existe|y|non|pas)\b",
    re.IGNORECASE,
)
_WORDS = 4
_FIRST_WORDS = 5
_END = re.compile(
    r"\s+(?:für|bei|beim|hinsichtlich|bezüglich|in\s+bezug|wenn|auf|nach|pour|en\s+termes?|en|dans|sur|selon|quant|lorsqu\w*|quand)\s.*$"
    r"|\s*[?!;:.](?:\s.*|$)|\s+(?:miteinander|vergleichen|gegenüber)$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"^(?:(?:der|die|das|den|dem|ein(?:e[mnr]?)?|le|la|les|un|une|des|du|beim|den|mir|bitte)\s+|l['’])(?=\S)",
    re.IGNORECASE,
)


def sides_abroad(question: str) -> Iterator[list[str]]:
    """Yield the sides that a German or French question may compare, without their articles."""
    text = _unaccented(" ".join(question.split()))
    original = " ".join(question.split())
    for pattern in _LISTS:
        if match := pattern.search(text):
            yield split_sides(original[match.start("sides") : match.end("sides")])
    for pattern in _PAIRS:
        match = pattern.search(text)
        if match and len(match["first"].split()) <= _FIRST_WORDS:
            yield [_plain(original[slice(*match.span(name))]) for name in ("first", "second")]
    if (match := _AGAINST.search(original)) and (is_name(match["first"]) or is_name(match["second"])):
        yield [_plain(match["first"]), _plain(match["second"])]
    if (match := _BARE.search(original)) and (match["mark"] or match["for"]):
        sides = [match["first"], match["second"]]
        if not any(_ASKS.search(side) or len(side.split()) > _WORDS for side in sides):
            yield [_plain(side) for side in sides]


def _unaccented(text: str) -> str:
    """Return French without the accents that are often left out; German umlauts stay, and so does every place."""
    return text.translate(str.maketrans("éèêÉÈÊ", "eeeEEE"))


def split_sides(text: str) -> list[str]:
    """Return the sides of a list in German or French, "A mit B" or "A à B", without their articles."""
    text = _END.sub("", text)
    parts = _AND.split(text)
    if len(parts) < 2:
        parts = _TO.split(text)
    return [_plain(part) for part in parts if part.strip()]


def _plain(side: str) -> str:
    return _ARTICLE.sub("", _END.sub("", side.strip()))
