"""What a sentence says of a paper that only its record knows: whether its code is known, and how many votes it has."""

import re
from collections.abc import Sequence

from bot.models import Paper

_CODE = (
    r"(?:source[ -]?code|code(?! (?:generat|search|complet|summar|review))|implementation|repositor(?:y|ies)|repo"
    r"|Quell(?:code|text)|代码)"
)
_THERE = (
    r"(?:public(?:ly)?|available|known|releas\w+|open[- ]?sourc\w*|on GitHub|online|linked|listed|given|found|recorded"
    r"|öffentlich|verfügbar|bekannt|veröffentlicht|verlinkt|vorhanden|publics?|publiés?|disponible|connue?|公开|开源|可用|已知)"
)
_NO = r"(?:no|not|none|without|n['’]t|isn['’]t|kein(?:e[nrsm]?)?|nicht|ohne|aucune?|pas|sans)"
_DENIES = (
    re.compile(rf"\b{_NO}\b(?: \w+){{0,3}} {_CODE}\b.*\b{_THERE}", re.IGNORECASE),
    re.compile(
        rf"\b{_CODE}\b.{{0,40}}\b(?:is|are|was|were|ist|sind|wurde|est|sont)(?:n['’]t\b|\b.{{0,20}}\b{_NO}\b).*{_THERE}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:has|have|had|is|are|knows? of|there['’]s|hat|gibt es|a|existe) {_NO} (?:\w+ ){{0,3}}{_CODE}\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_NO} (?:\w+ ){{0,2}}{_CODE}(?:\s*$| (?:for|of|with|für|von|zu|pour|de)\b)", re.IGNORECASE),
    re.compile(r"(?:没有|无|未).{0,6}代码|代码.{0,6}(?:未|没有)"),
)
_CLAIMS = (
    re.compile(
        rf"\b{_CODE}\b.{{0,50}}\b(?:is|are|was|were|has been|ist|sind|wurde|est|sont)\b.{{0,30}}{_THERE}", re.IGNORECASE
    ),
    re.compile(
        rf"\b(?:releas|publish|open-sourc|shar|provid|veröffentlich|publi)\w*\b(?: \w+){{0,3}} {_CODE}\b", re.IGNORECASE
    ),
    re.compile(rf"\b(?:public|publicly available|open-source|available|released) {_CODE}\b", re.IGNORECASE),
)
_PROMISED = re.compile(r"\b(?:promis\w+|will be|announc\w+|versproch\w+|angekündigt|promis)\b", re.IGNORECASE)
_CODE_IN_TEXT = re.compile(r"\bcode\b|github|gitlab|repositor|open[- ]?sourc|implementation", re.IGNORECASE)

_VOTES = re.compile(r"\b(?:up-?)?vot(?:e[sd]?|ing)\b|\b(?:Stimmen?|likes?|Upvotes?)\b|票|点?赞", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?P<before>\d[\d,. ]*?)\s?(?:up-?votes?|votes?|Stimmen?|个?(?:赞|票))(?!\w)"
    r"|\bup-?voted (?P<after>\d[\d,.]*?) times",
    re.IGNORECASE,
)


def denies_code(text: str) -> bool:
    """Whether a sentence says that a paper's code isn't known or isn't public."""
    return any(form.search(text) for form in _DENIES) and not _PROMISED.search(text)


def wrong_on_code(text: str, papers: Sequence[Paper]) -> bool:
    """Whether a sentence says that code is public, and none of its papers has any, nor an abstract about code."""
    claims = any(form.search(text) for form in _CLAIMS) and not denies_code(text)
    return claims and not any(paper.code_url or _CODE_IN_TEXT.search(paper.abstract) for paper in papers)


def speaks_of_votes(text: str) -> bool:
    """Whether a text is about votes, of which the record may hold the number."""
    return _VOTES.search(text) is not None


def counted_votes(text: str) -> frozenset[str]:
    """Return the figures that a sentence gives for votes, without thousands separators: "120 upvotes" is 120."""
    found = (match["before"] or match["after"] for match in _COUNTED.finditer(text))
    return frozenset(re.sub(r"[,. ]", "", value) for value in found)


def wrong_on_votes(text: str, papers: Sequence[Paper]) -> bool:
    """Whether a sentence gives votes that none of its papers has, nor an abstract that is about votes itself."""
    known = {str(paper.upvotes) for paper in papers}
    return not counted_votes(text) <= known and not any(speaks_of_votes(paper.abstract) for paper in papers)
