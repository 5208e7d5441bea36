"""Which of a sentence's citations carry a part of it."""

import re
from collections.abc import Collection, Mapping

from bot.answers.grounding.figures import Weight

OWN_TERMS = 2
"""Fewer are a word that happens to stand in another abstract too, such as "motivates"."""

OWN_PART = 0.2
"""A source carries a part of a sentence if so much of it, by weight, stands in none of the others cited."""

AS_WELL = 0.8
"""A source that says so much of what the best one says, says the same: that is no error."""

AS_ALL = 0.5
"""The same where a sentence speaks of several at once, whose words then fit each of them less well."""

_SEVERAL = re.compile(
    r"^\W*(?:in |nearly |almost )?(?:both|all|several|most|many|two|three|four|five|six|beide|alle|mehrere|tou(?:te)?s"
    r"|plusieurs)\b|\b(?:these|both|all|several|most|many|two|three|four|five|six|diese|beide"
    r"|les deux) (?:of )?(?:the |these "
    r"|those )?(?:papers?|works|studies|abstracts|sources|approaches|methods|articles)\b|\bof (?:these|them)\b",
    re.IGNORECASE,
)
# "None of the four …", "Neither abstract …", "The papers don't …": the plural, since one abstract is one citation.
_WORKS = r"(?:abstracts|papers|sources|studies|works|texts|Arbeiten|Quellen|Papern?|résumés|articles)"
_OF_ALL = re.compile(
    r"^\W*(?:none|neither|no (?:abstract|paper|source|study)|kein\w* (?:der|dieser|paper|arbeit)|weder|aucun\w*|没有)\b"
    rf"|\b(?:none|neither|no one) of\b|\b{_WORKS}\b.*(?:\bnot\b|n['’]t\b|\bnicht\b|\bkein|\bne\b|\bn['’])"
    rf"|(?:\bnot\b|n['’]t\b|\bkein\w*).*\b{_WORKS}\b",
    re.IGNORECASE,
)


def needed_citations(
    said: Mapping[int, Collection[str]],
    marks: Mapping[int, Collection[str]],
    parts: Mapping[int, float],
    weight: Weight,
    *,
    several: bool = False,
) -> tuple[int, ...]:
    """Return the cited numbers, in their order, whose source carries a part of the sentence.

    `said` are the sentence's terms that each source has in its best place, `marks` its figures and names that each has
    anywhere, and `parts` how well each supports the words right before its marker, as a share of how well the best one
    does. A source stays for a figure, a name or a part that no other has, or because it says nearly as much as the best
    one, or half as much where the sentence speaks of `several` at once. The weakest goes first, so that of two that
    need each other one stays.
    """
    left = list(said)
    bar = AS_ALL if several else AS_WELL
    total = sum(map(weight, set().union(*map(set, said.values())))) or 1.0
    shares = {number: sum(map(weight, terms)) / total for number, terms in said.items()}
    best = max(shares.values(), default=0.0)
    for number in sorted(said, key=lambda number: (shares[number], -left.index(number))):
        others = [other for other in left if other != number]
        own = set(said[number]).difference(*(said[other] for other in others))
        marked = set(marks[number]).difference(*(marks[other] for other in others))
        has_part = len(own) >= OWN_TERMS and sum(map(weight, own)) / total >= OWN_PART
        as_well = shares[number] >= bar * best and (best > 0 or bool(marks[number]))
        if others and not marked and not has_part and not as_well and parts.get(number, 0.0) < AS_WELL:
            left.remove(number)
    return tuple(left)


def speaks_of_absence(sentence: str) -> bool:
    """Whether a sentence says what sources don't: each of those cited then counts, though none has its words."""
    return _OF_ALL.search(sentence) is not None


def speaks_of_several(sentence: str) -> bool:
    """Whether a sentence speaks of several papers at once: "All three use transformers"."""
    return _SEVERAL.search(sentence) is not None
