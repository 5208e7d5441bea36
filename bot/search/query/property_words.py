"""What a question says of papers' properties in English, German and French: code, surveys, solo work, votes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.search.query.filters import HAS_CODE, NO_CODE, SOLO, SURVEY
from bot.store.protocol import Bound, CountField

PAPER_NOUNS = (
    r"papers?|articles?|preprints?|publications?|works?|manuscripts?|stud(?:y|ies)|literature"
    r"|arbeit(?:en)?|artikeln?|veröffentlichung(?:en)?|publikation(?:en)?|studien?|aufs(?:atz|ätzen?)|preprints?"
    r"|papiers?|travaux|études?|prépublications?"
)
"""What people call papers, in the three languages."""


@dataclass(frozen=True, slots=True)
class Property:
    """What papers must be like, and where in the text that was asked for."""

    start: int
    end: int
    term: str | None = None
    bound: Bound | None = None


_NUMBERS = (
    dict(zip("one two three four five six seven eight nine ten".split(), range(1, 11), strict=True))
    | dict(zip("ein zwei drei vier fünf sechs sieben acht neun zehn".split(), range(1, 11), strict=True))
    | dict(zip("un deux trois quatre cinq six sept huit neuf dix".split(), range(1, 11), strict=True))
    | {"einem": 1, "einen": 1, "eine": 1, "une": 1, "a": 1, "an": 1, "no": 0, "zero": 0, "keine": 0, "keinen": 0}
    | {"hundred": 100, "hundert": 100, "cent": 100}
)
_NOUNS: tuple[tuple[CountField, str], ...] = (
    ("stars", r"(?:github[\s-]+)?stars?|(?:github[\s-]+)?sternen?|étoiles?(?:\s+github)?"),
    ("upvotes", r"(?:up[\s-]?)?votes?|likes?|thumbs[\s-]up|stimmen?|votes?\s+positifs"),
    ("comments", r"comments?|kommentar(?:e|en)?|commentaires?"),
    ("author_count", r"authors?|co-?authors?|autor(?:en|innen)?|auteurs?"),
)
_NOUN = "|".join(f"(?P<{field}>{words})" for field, words in _NOUNS)
_MORE = r"more\s+than|over|above|mehr\s+als|über|plus\s+de|>"
_LEAST = r"at\s+least|min(?:imum|\.)?|no\s+(?:less|fewer)\s+than|mindestens|wenigstens|ab|au\s+moins|>=|≥"
_LESS = r"(?:less|fewer)\s+than|under|below|weniger\s+als|unter|moins\s+de|<"
_MOST = r"at\s+most|max(?:imum|\.)?|no\s+more\s+than|up\s+to|höchstens|maximal|au\s+plus|jusqu['’]à|<=|≤"
_EXACT = r"exactly|only|just|genau|nur|exactement|seulement"
_LEAD = (
    r"(?:\b(?:that|which|who|die|das|der|qui)\s+)?(?P<lead>\b(?:with|having|have|has|had|got|getting"
    r"|gets?|by|of|from|mit|von|haben"
    r"|hat|avec|ayant|ont|de|par)\s+)?"
)
_COUNTED = re.compile(
    rf"{_LEAD}(?:(?P<more>{_MORE})|(?P<least>{_LEAST})|(?P<less>{_LESS})|(?P<most>{_MOST})|(?P<exact>{_EXACT}))?\s*"
    rf"(?<![\w.,])(?P<number>\d{{1,3}}(?:[.,' ]\d{{3}})+|\d{{1,30}}|{'|'.join(_NUMBERS)})(?P<k>k)?"
    rf"(?P<plus>\s*\+|\s+or\s+more|"
    rf"\s+oder\s+mehr|\s+ou\s+plus)?\s+(?:{_NOUN})(?![\w-])(?P<after>\s+(?:or\s+more|and\s+up|oder\s+mehr|ou\s+plus))?"
    r"(?:\s+haben(?![\w-]))?",
    re.IGNORECASE,
)
_SOLO = re.compile(
    rf"(?:\b(?:with|by|from|of|mit|von|avec|par|d['’]|à)\s*)?(?<![\w-])(?:(?:only|just|nur"
    rf"|seulement)\s+)?(?:an?\s+|the\s+|einem\s+"
    r"|einer\s+|un\s+)?"
    r"(?:(?:single|sole|lone)[\s-]+(?:author(?:ed|s)?|person|researcher)|solo[\s-]+author(?:ed|s)?"
    r"|einzel-?autor(?:en|inn?en)?"
    r"|einzig(?:en|er|em)?\s+(?:autors?|person)|(?:seul\s+)auteur|auteurs?\s+(?:uniques?|seuls?))(?:\s+haben)?(?![\w-])"
    rf"|(?<![\w-])(?:solo|one-author|einzelautor-?)(?=[\s-]*(?:{PAPER_NOUNS})(?![\w-]))"
    r"|\b(?:written|authored|verfasst|geschrieben|écrits?|écrites?)\s+(?:alone|solo|by\s+one\s+person|allein|seule?)\b",
    re.IGNORECASE,
)
_SURVEYS = re.compile(
    rf"(?<![\w-])(?:(?:literature|systematic)\s+)?(?:(?:survey|overview|tutorial)[\s-]+(?:{PAPER_NOUNS})"
    rf"|(?<!peer )(?<!peer-)(?:literature\s+)?review[\s-]+(?:{PAPER_NOUNS})|surveys|literature\s+reviews"
    r"|übersichts-?(?:artikeln?|arbeit(?:en)?|papers?)|überblicks-?(?:artikeln?|arbeit(?:en)?|papers?)|survey-?papers?"
    r"|(?:articles?|papiers?|papers?|travaux)\s+de\s+(?:synthèse|revue)|revues\s+de\s+"
    r"(?:la\s+)?littérature|états\s+de\s+l['’]art)"
    r"(?![\w-])",
    re.IGNORECASE,
)
# Not "A Survey of …" alone, which is how titles begin.
_SURVEY_ON = re.compile(
    r"\b(?:is\s+there|find|show|give|recommend|suggest|need|want|got|know(?:\s+of)?|any|gibt\s+es"
    r"|finde|zeig\w*|gib|suche|y\s+a-t-il"
    r"|trouve\w*|cherche\w*)\s+(?:(?:me|us|mir|moi)[\s-]+)?(?P<survey>(?:(?:an?|any|einen?|un|good"
    r"|recent|gut\w*|bon)\s+)*survey)\s+"
    r"(?=(?:on|of|about|for|over|über|zu[mr]?|sur)\b)",
    re.IGNORECASE,
)

_CODE_NOUN = (
    r"(?:(?:a|the|their|its|any|some|public|publicly|open|available|official|released|source"
    r"|open-source|zugehörigem?|ihren"
    r"|öffentlichem?|veröffentlichtem?|du|de|un|le|leur)\s+){0,3}"
    r"(?:source[\s-]?code|code(?:\s+source)?|quell(?:code|text)|implementations?|implementierung"
    r"(?:en)?|implémentations?"
    r"|github(?:\s+(?:links?|repos?(?:itory|itories)?))?|(?:code\s+)?repos?(?:itory|itories)?)"
    r"(?:\s+(?:available|released|published|online|attached|public|on\s+github|verfügbar|disponible|public))?"
)
_CODE_ENDS = (
    r"(?=\s*(?:$|[?.!,;:)])|\s+(?:on|about|for|from|since|in|by|at|that|which|please|and|or|with|to"
    r"|after|before|are|is|newest"
    r"|oldest|über|zu|zum|zur|auf|bei|aus|von|seit|mit|und|haben|hat|gibt|sur|à|en|de|du|des|par|pour"
    r"|dans|depuis|et|avec|y)\b)"
)
_WITH_CODE = re.compile(
    r"\b(?:(?P<without>without|ohne|sans|with\s+no|(?:that|which)\s+(?:don['’]?t|do\s+not)\s+have|lacking)"
    r"|with|mit|avec|(?P<have>(?:(?:that|which|who|die|qui)\s+)?(?:come\s+with|have|has|having|provide"
    r"|include|release|haben|hat|ont|ayant)s?))\s+"
    rf"{_CODE_NOUN}{_CODE_ENDS}",
    re.IGNORECASE,
)
_CODE_BEHIND = re.compile(
    r"\b(?:whose|with|deren|dessen|dont\s+le|where\s+the)\s+(?:source\s+)?code\s+(?:(?:is|are|ist|est"
    r"|wurde|been|has\s+been)\s+)?"
    r"(?:publicly\s+|öffentlich\s+)?(?:available|public|released|open(?:\s+source[d]?)?|online|verfügbar|öffentlich"
    r"|veröffentlicht|disponible|publié|ouvert)(?:\s+ist)?\b"
    r"|\bdie\s+(?:ihren\s+|auch\s+)?code\s+(?:haben|mitliefern|veröffentlicht\s+haben)\b"
    rf"|\bopen[\s-]source[d]?(?=\s+(?:{PAPER_NOUNS})\b)",
    re.IGNORECASE,
)
_PAPERS_BEFORE = re.compile(
    rf"(?<![\w-])(?:{PAPER_NOUNS}|ones?|methods?|models?|anything|something|everything|stuff|etwas)(?![\w-])",
    re.IGNORECASE,
)
_PAPERS_JUST_BEFORE = re.compile(rf"(?<![\w-])(?:{PAPER_NOUNS}|ones?|methods?|models?|surveys?)\s+$", re.IGNORECASE)
_YES_OR_NO = re.compile(r"\W*(?:does|do|did|has|have|hat|haben|est-ce|a-t-il)\b", re.IGNORECASE)
_VERB_JUST_BEFORE = re.compile(
    r"\b(?:\w{2,}ed|train|learn|work|deal|done|begin|start|code|trainiert|vortrainiert|entraînée?s?)\s+$", re.IGNORECASE
)
_ING_JUST_BEFORE = re.compile(r"\b\w{2,}ing\s+$", re.IGNORECASE)


def find_counts(text: str) -> Iterator[Property]:
    """Find "with more than 100 upvotes", "at least 3 authors", "solo papers" and the like."""
    taken: list[tuple[int, int]] = []
    for match in _SOLO.finditer(text):
        taken.append(match.span())
        yield Property(match.start(), match.end(), bound=SOLO)
    for match in _COUNTED.finditer(text):
        if any(match.start() < end and start < match.end() for start, end in taken):
            continue
        field: CountField = next(field for field, _ in _NOUNS if match[field])
        if bound := _bound(match, field):
            yield Property(match.start(), match.end(), bound=bound)


def _bound(match: re.Match[str], field: CountField) -> Bound | None:
    before = match.string[: match.start()]
    spoken_of = match["lead"] or _PAPERS_JUST_BEFORE.search(before) or not before.strip()
    compared = any(match[name] for name in ("more", "least", "less", "most", "plus", "after"))
    if not spoken_of and not (field == "upvotes" and compared):
        return None  # "trained on more than 100 comments"
    word = match["number"].casefold()
    digits = re.sub(r"\D", "", word)
    number = (int(digits) if digits else _NUMBERS[word]) * (1_000 if match["k"] else 1)
    if match["more"]:
        return Bound(field, least=number + 1)
    if match["least"] or match["plus"] or match["after"]:
        return Bound(field, least=number)
    if match["less"]:
        return Bound(field, most=number - 1)
    if match["most"]:
        return Bound(field, most=number)
    if not digits and word in {"a", "an"}:
        return None
    return Bound(field, number, number)


def find_kinds(text: str) -> Iterator[Property]:
    """Find "survey papers", "review articles", "a survey on …"."""
    for match in _SURVEYS.finditer(text):
        yield Property(match.start(), match.end(), term=SURVEY)
    if asked := _SURVEY_ON.search(text):
        yield Property(asked.start("survey"), asked.end("survey"), term=SURVEY)


def find_code(text: str) -> Iterator[Property]:
    """Find "with code", "whose code is available", "ohne Code", "avec code".

    "trained with code and text" is about code, "papers with code and data" is not: where more follows, papers must have
    been spoken of, and no verb stand before it.
    """
    for match in _CODE_BEHIND.finditer(text):
        yield Property(match.start(), match.end(), term=HAS_CODE)
    for match in _WITH_CODE.finditer(text):
        before, rest = text[: match.start()], text[match.end() :].strip()
        if match["have"] and _YES_OR_NO.match(text) and not _PAPERS_BEFORE.search(before):
            continue  # "does GPipe have code?"
        if rest[:1].isalnum() and not _PAPERS_JUST_BEFORE.search(before):
            joined = re.match(r"(?:and|or|und|oder|et|ou)\b", rest, re.IGNORECASE)
            spoken_of = _PAPERS_BEFORE.search(before) or not _ING_JUST_BEFORE.search(before)
            if joined or _VERB_JUST_BEFORE.search(before) or not spoken_of:
                continue
        yield Property(match.start(), match.end(), term=NO_CODE if match["without"] else HAS_CODE)
