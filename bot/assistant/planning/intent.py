"""What kind of answer a question wants."""

import re
from collections.abc import Sequence
from enum import StrEnum

from bot.assistant.planning.words import content_words
from bot.search.dates import Span


class Intent(StrEnum):
    """What kind of answer a question wants."""

    QUESTION = "question"
    LIST = "list"
    COMPARE = "compare"
    SUMMARY = "summary"
    LATEST = "latest"


_COMPARE = re.compile(
    r"(?:^|[.,;:!?]\s*|\b(?:please|pls|you|and)\s+)(?:compare|contrast)\b|\bhow\s+(?:do|does|did)\b[^.?!]*\b(?:differ|compare)\b"
    r"|\bdifferences?\s+between\b",
    re.IGNORECASE,
)
_LATEST = re.compile(r"(?:newest|latest|freshest|most\s+recent(?:ly)?|what['’]?s\s+new)", re.IGNORECASE)
_SUMMARY = re.compile(
    r"\b(?:summar(?:y|i[sz]e)|tl;?dr|overview|in\s+a\s+nutshell|in\s+short|tell\s+(?:me|us)\s+about|explain)\b",
    re.IGNORECASE,
)
_PAPERS = r"(?:papers|preprints|publications|articles|works|studies|surveys)"
_LIST = re.compile(
    rf"^(?:please\s+|pls\s+|can\s+you\s+)?list\b|^(?:which|what|any|all|every|find|show|give|got|get)\b(?:\s+[\w-]+){{0,5}}?\s+{_PAPERS}\b"
    rf"|^{_PAPERS}\b|\b{_PAPERS}\s+(?:on|about|that|which|where|with|using|from)\b|\b(?:any|every|all(?:\s+the)?)\s+papers?\b"
    rf"|^(?:(?:is|are)\s+there\s+)?(?:anything|everything|something)\b|^(?:any|every)\b|^which\s+ones\b|\b{_PAPERS}\s*\??$"
    r"|^what['’]?s\s+(?:there|good|out)\b|^what\s+(?:came\s+out|(?:was|has\s+been|got)\s+\w+)\s*\??$|^(?:have|got|do)\s+(?:you\s+)?(?:have\s+)?any\b",
    re.IGNORECASE,
)


def find_intent(question: str, *, sides: Sequence[str] = (), span: Span | None = None) -> Intent:
    """Tell what kind of answer `question` wants, given the sides that it compares and its dates."""
    if sides or _COMPARE.search(question):
        return Intent.COMPARE
    if span and any(_LATEST.fullmatch(words) for words in span.words):
        return Intent.LATEST
    if _SUMMARY.search(question):
        return Intent.SUMMARY
    undated = question
    for words in span.words if span else ():
        undated = undated.replace(words, " ")
    if _LIST.search(" ".join(undated.split())):
        return Intent.LIST
    # A bare name.
    return Intent.SUMMARY if len(question.split()) == 1 == len(content_words(question)) else Intent.QUESTION
