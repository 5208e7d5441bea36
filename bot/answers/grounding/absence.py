"""Sentences that say what the abstracts don't: true where the thing named does not stand there.

Every other sentence must find its words in its sources. This one must not, so it is read the other way round.
"""

import re
from collections.abc import Collection, Sequence

from bot.answers.grounding.figures import COUNT_TERMS, Weight
from bot.answers.grounding.record import denies_code
from bot.answers.grounding.source_text import SourceText
from bot.search.text.tokens import tokenize

_CLAUSE = re.compile(
    r"\s*(?:[;:]\s|,?\s[–—-]\s|,\s(?=(?:but|only|just|so|and|though|although|while|whereas|which|it|they|yet|unlike|as|since"
    r"|because|aber|sondern|nur|und|mais|seulement)\b)|[；：，])\s*"
)
_ABOUT_TEXTS = re.compile(
    r"\b(?:abstracts?|(?:other )?(?:papers?|works?)|sources?|stud(?:y|ies)|summar(?:y|ies)|authors?|articles?"
    r"|(?:of|in) (?:them|these|those|the (?:two|three|four|five|six))"
    r"|arbeit(?:en)?|quellen?|zusammenfassung(?:en)?|studien?|autoren|davon"
    r"|résumés?|articles?|études?|travaux|auteurs|resúmenes|resumen)\b|摘要|论文|文章|来源|要旨|論文",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:previous|prior|existing|earlier|past|recent|related|future|most|many|few|user|field)"
    r" (?:\w+ )?(?:works?|stud(?:y|ies)|papers?)\b",
    re.IGNORECASE,
)
"""What an abstract says of the literature is said by it."""
_TELLS = (
    r"(?:say|stat|mention|giv|report|specif|nam(?:e|ing)|describ|discuss|cover|measur|compar|test|quantif|provid|includ"
    r"|address|evaluat|list|reveal|disclos|tell|explain|defin|stud|touch|treat|contain|link|present|cit|put|quot|make"
    r"|offer|answer|claim|about|subject|topic|look|deal|concern|spell|show|found|available|appear)"
)
_DENIALS = (
    re.compile(rf"\b(?:do|does|did|is|are|was|were|has|have|can)(?:n['’]t| not)\b.{{0,60}}?\b{_TELLS}", re.IGNORECASE),
    re.compile(rf"\b(?:none|neither|nothing|no one|no (?:abstract|paper|source|study))\b.*\b{_TELLS}", re.IGNORECASE),
    re.compile(rf"\b{_TELLS}\w*\s(?:no|nothing|neither|none)\b|\bwithout (?:saying|giving|naming)\b", re.IGNORECASE),
    re.compile(
        r"\b(?:has|have|there (?:is|are)) no\b|\bnot (?:stated|given|said|named|mentioned|reported)", re.IGNORECASE
    ),
    re.compile(
        r"\b(?:kein(?:e[rsmn]?)?|nichts?)\b.*\b(?:sag|nenn|erwähn|steh|vor\b|an\b|gib|geb|berich|handel|behandel|mess|misst"
        r"|beschreib|vergleich|mach|enthäl|geht)|\b(?:sag|nenn|erwähn|steht|stehen|kommt|kommen|gibt|geben|berich|handel"
        r"|behandel|misst|messen|beschreib|vergleich|macht|enthäl|geht)\w*\b.*\b(?:kein(?:e[rsmn]?)?|nichts?)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:\b(?:aucune?|ne|ni|rien)\b|\bn['’]).*\b\w*(?:donn|dit|mention|précis|indiqu|parl|rapport|mesur|cit|trait|compar"
        r"|défini|abord|évoqu)",
        re.IGNORECASE,
    ),
    re.compile(r"(?:没有|没|未|並未|不).{0,4}(?:提|说|給|给|报告|涉及|讨论|说明|介绍|写|讲|比较|定义)"),
)
# "[1] doesn't say it", without the marker that was its subject.
_HEADLESS = re.compile(r"(?:doesn['’]t|don['’]t|does not|do not)\b")
_MOST_WORDS = 40
_UNCHECKED = re.compile(r"\b(?:how|why|explains?|whether)\b(?! (?:many|much|long|large|big|often|code))", re.IGNORECASE)
_QUANTITY = re.compile(
    r"\bhow (?:many|much|long|large|big|often)\b|\b(?:numbers?|figures?|amounts?|counts?|scores?|rates?|percentages?"
    r"|values?|accurac(?:y|ies)|speed-?ups?|results?)\b",
    re.IGNORECASE,
)
_AROUND = frozenset(
    tokenize(
        "abstract paper work source study summary author article say state mention give report specify name describe "
        "discuss cover provide include address list reveal disclose tell explain define touch treat contain present "
        "cite put offer answer claim subject topic look deal concern spell show anything nothing none neither not no "
        "number figure amount count score rate percentage value result many much need needed needs exact concrete "
        "whether gives given gave doesn don didn isn aren wasn weren hasn haven specific gain improvement effect "
        "benefit single directly itself there any in its own model method release available availability part "
    )
)
_CODE = frozenset(tokenize("code github repository implementation"))
_LINK = re.compile(
    r"github\.|gitlab\.|huggingface\.|\bcode\b[^.]{0,60}\b(?:available|released?|found|public)", re.IGNORECASE
)

STANDS = 0.8
"""From this share of its words on, by weight, within two sentences, a thing said to be absent stands there."""

_NEGATED = re.compile(r"\b(?:not?|never|without|lacks?|unlike|nor)\b|n['’]t\b|\b(?:ne|pas)\b", re.IGNORECASE)

_CLOSE = 0.5
"""How near to a figure what it counts stands: up to three words, see `Figure.around`."""


def denied(sentence: str) -> tuple[str, str] | None:
    """Return the part of a sentence that says what its sources don't say, and the rest of it; None without such a part.

    "The abstract gives no accuracy; it only counts parameters." is ("The abstract gives no accuracy", "it only …").
    """
    clauses = [clause for clause in _CLAUSE.split(sentence) if clause]
    for at, clause in enumerate(clauses):
        about = _ABOUT_TEXTS.search(_OTHERS.sub("", clause)) or re.match(
            r"(?:doesn['’]t|don['’]t|does not|do not)\b", clause
        )
        denies = about and any(form.search(clause) for form in _DENIALS)
        if len(clause.split()) <= _MOST_WORDS and (denies or denies_code(clause)):
            return clause, "; ".join([*clauses[:at], *clauses[at + 1 :]])
    return None


def stands(clause: str, sources: Sequence[SourceText], weight: Weight) -> bool:
    """Whether what a clause says to be absent stands in one of the sources after all.

    Of what is hard to tell from words, such as how or why something works, nothing is said to stand there.
    """
    terms = {term for term in tokenize(clause) if not term.isdigit() and term not in COUNT_TERMS | _AROUND}
    return any(_stands(clause, terms, source, weight) for source in sources)


def _stands(clause: str, terms: Collection[str], source: SourceText, weight: Weight) -> bool:
    if _CODE & set(terms):
        return bool(source.paper.code_url or _LINK.search(source.paper.abstract))
    named = set(terms) - source.title_terms
    if _QUANTITY.search(clause):
        figures = source.figures
        if not named:  # "gives no numbers"
            return bool(figures)
        return any(
            _share(named, {t for t, near in it.around.items() if near >= _CLOSE}, weight) >= STANDS for it in figures
        )
    if not named or _UNCHECKED.search(clause):
        return False
    # An abstract that says itself what is missing agrees.
    said = [terms for text, terms in zip(source.sentences, source.terms, strict=True) if not _NEGATED.search(text)]
    pairs = (frozenset().union(*said[at : at + 2]) for at in range(len(said)))
    return any(_share(named, pair, weight) >= STANDS for pair in pairs)


def _share(terms: Collection[str], held: Collection[str], weight: Weight) -> float:
    total = sum(map(weight, terms))
    return sum(weight(term) for term in terms if term in held) / total if total else 0.0
