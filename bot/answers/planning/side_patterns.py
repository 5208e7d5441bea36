"""The wordings in which people ask for a comparison.

The group `sides` of each holds a list of sides, `side`, `first` and `second` hold one.
"""

import re

_QUESTION = r"(?:how|which|what|whats|who|whose|when|where|why|does|do|did|is|are|was|were|can|should)"
_TEXT = r"[^,.:;?!]+"

VERSUS = re.compile(r"(?:^|\s)(?:vs\.?|(?-i:v)\.?|versus)(?=\s)", re.IGNORECASE)
COMPARE = re.compile(
    r"(?:^|[.,;:!?]\s*|\b(?:please|pls|you|me|to|and|let['’]?s|quick|a|an?)\s+)"
    r"(?:compare|comparing|contrast|comparison\s+(?:of|between))\s+(?P<sides>.+)",
    re.IGNORECASE,
)
# Before COMPARE: it is the papers that compare.
NOT_ASKED = re.compile(
    r"\b(?:papers?|works?|stud(?:y|ies)|ones|anyone|anything|methods?)\b[^.?!,]*$",
    re.IGNORECASE,
)
BETWEEN = re.compile(
    r"\b(?:differen(?:ce|ces|t)|distinction|contrast|trade-?offs?|choice|choose|choosing|decide|compar\w+|better)\s+"
    r"(?:\w+\s+){0,3}?between\s+(?P<sides>.+)",
    re.IGNORECASE,
)
DIFFER = re.compile(
    r"\b(?:how|where|in\s+what)\b[^?.!]*?\b(?:do|does|did|is|are)\s+(?P<first>.+?)\s+"
    r"(?:differ(?:ent|s)?|compare|stack\s+up|fare)(?:\s+(?:from|to|with|against|than)\s+(?P<second>.+))?",
    re.IGNORECASE,
)
THAN = re.compile(
    r"\b(?:is|are|does|do|did|was|can|could|will)\s+(?P<first>(?:[\w./'’+-]+\s+){1,6}?)(?:\w+\s+){0,3}?"
    r"(?:(?:better|worse|more\s+\w+|less\s+\w+|[a-z]{3,}er)\s+than|beat|outperform)\s+(?P<second>.+)",
    re.IGNORECASE,
)
OR_WHICH = re.compile(
    rf"^(?P<sides>{_TEXT}\sor\s{_TEXT})[,:?.-]+\s*(?:which|what['’]?s\s+better|who)\b",
    re.IGNORECASE,
)
WHICH_OR = re.compile(
    r"\b(?:which|what['’]?s\s+better|better)\b[^,:?]*[,:?]\s*(?P<sides>[^,.:;?!]+\sor\s[^.:;?!]+)",
    re.IGNORECASE,
)
USE_OR = re.compile(
    r"\bshould\s+\w+\s+(?:use|choose|pick|prefer|try|read)\s+(?P<sides>[^.:;?!]+\sor\s[^.:;?!]+)",
    re.IGNORECASE,
)
SLASH = re.compile(
    rf"^(?P<sides>[^/:;,?!]+(?:\s/\s[^/:;,?!]+)+|[\w.-]+(?:/[\w.-]+)+)\s*(?:[:,]|\s-)\s*{_QUESTION}\b",
    re.IGNORECASE,
)
THOSE_TWO = re.compile(
    r"\b(?:those|these|the|between)\s+(?:two|three|four|five|2|3|4|5)\s[^,:.?!]*[,:]\s*(?P<sides>[^.:;?!]+)",
    re.IGNORECASE,
)
A_AND_B_BOTH = re.compile(
    rf"^(?:(?:so|ok|hey|hi|how|do|does|did|are|is|can)\b,?\s+)*(?P<sides>{_TEXT}(?:,{_TEXT})?\s(?:and|&)\s{_TEXT}?)"
    r",?\s+(?:both|differ|compare|each)\b",
    re.IGNORECASE,
)
A_AND_B_EACH = re.compile(
    rf"^(?P<sides>{_TEXT}\s(?:and|&)\s{_TEXT})[,:].*\b(?:each|both|respectively|differ|difference|better|faster)\b",
    re.IGNORECASE,
)
BOTH_AND = re.compile(
    rf"(?:^|[.,;:?!]\s+)(?:(?:so|do|does|did|if)\s+)?both\s+(?P<first>{_TEXT}?)\s+(?:and|&)\s+(?P<second>{_TEXT})",
    re.IGNORECASE,
)
THE_ONE = re.compile(
    r"\b(?:the|that)\s+(?P<side>(?:[\w-]+\s+){1,3}?)(?:one|paper|model|method|survey|thesis|work)\b"
    r"(?![^()]*\))",
    re.IGNORECASE,
)
JOINED = re.compile(r"\b(?:and|adn|or|vs|versus|than|while|whereas|but|with|to|from|against)\b|&", re.IGNORECASE)
