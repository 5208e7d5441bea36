"""Citations as models write them: every unambiguous form of a marker, and those that are words of their sentence."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.answers.sentences import MARKER, SOURCE_WORD

_NUMBER = r"[#^]?\d{1,3}(?:†[^\]】）)\n]{0,40})?(?:,\s*(?:abstract|title|p\.\s*\d+))?"
_SEPARATOR = r"\s*(?:[,;&–-]|\band\b|\bund\b|\bet\b|和|、|，)\s*"
_NUMBERS = rf"{_NUMBER}(?:{_SEPARATOR}(?:{SOURCE_WORD}[.:]?\s*)?{_NUMBER})*"
_WORDED = re.compile(rf"[\[【［(（]\s*{SOURCE_WORD}[.:]?\s*[\[]?{_NUMBERS}\]?\s*[\]】］)）]", re.IGNORECASE)
_BRACKETED = re.compile(rf"[\[【［]\s*{_NUMBERS}\s*[\]】］]", re.IGNORECASE)
_NAMELESS = re.compile(r"\s*【[^】\n\d]*\d+:\d+[^】\n]*】")  # places in files that only the model's server knows
_DIGITS = re.compile(r"\d+")
_ESCAPED = re.compile(r"\\([\[(])(\s*\d[\d\s,;–-]*)\\([\])])")
_LINKED = re.compile(r"\[?(\[\s*\^?\d{1,3}\s*\])\]?\((?:https?:|www\.|#)[^)\s]*\)")
_DOUBLED = re.compile(r"\[\s*(\[\s*\d[\d\s,;–-]*\])\s*\]")
# Raised digits belong to a quantity after a digit, a letter of a formula or a unit, as in 10⁹, n² and km².
_BEFORE_RAISED = r"(?:(?<=[^\W\d_]{3})|(?<=[.,;:!?)”\"’。，；\]]))"
_RAISED = re.compile(rf"{_BEFORE_RAISED}(\s?)[⁰¹²³⁴-⁹]+(?:\s?[,˒⁻]\s?[⁰¹²³⁴-⁹]+)*")
_FROM_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹˒⁻", "0123456789,-")
_SUP = re.compile(rf"<sup>\s*(?:\[\s*({_NUMBERS})\s*\]|({_NUMBERS}))\s*</sup>", re.IGNORECASE)
# "(1)" cites where a clause ends, unless it numbers a thing that is named before it, or the items of a list.
_PARENTHESES = re.compile(
    r"(?:(?<=\w)|(?<=[.!?”\"’)%。]))(\s*)\((\d{1,2}(?:\s*[,;]\s*\d{1,2})*)\)(?=\s*(?:[.,;:!?…。，；]|\(\d{1,2}\)|$))"
)
_ITEM = re.compile(r"(?:^|\s)\(\d{1,2}\)\s+[^\W\d_]")
_NUMBERED_THING = re.compile(
    r"\b(?:eqs?|equations?|figs?|figures?|tables?|steps?|sections?|theorems?|lemmas?|parts?|stages?|phases?|appendix"
    r"|algorithms?|cases?|types?|levels?|class|tasks?|versions?|gleichung|abbildung|tabelle|schritt|étape"
    r"|équation)\.?$",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"\b((?:sources?|papers?|ref\.|references?|quellen?)\s+)(\d{1,2})(\s+(?:and|und|et|or)\s+\d{1,2})?"
    r"(?![\w%]|[.,]\d|-\w|\s*(?:%|x\b|times\b|percent\b))",
    re.IGNORECASE,
)


def plain_markers(text: str) -> str:
    """Return a sentence with each of its citations as [1], or [1, 2], whatever form the model gave them.

    Forms that may mean something else, such as a raised 2 or a 1 in parentheses, are taken only where they can't.
    """
    text = _ESCAPED.sub(lambda m: f"[{m[2]}]" if m[1] == "[" else f"({m[2]})", text)
    text = _SUP.sub(lambda m: f" [{m[1]}]" if m[1] else _raised_or_kept(text, m), text)
    text = _LINKED.sub(r"\1", text)
    text = _DOUBLED.sub(r"\1", text)
    text = _NAMELESS.sub("", _WORDED.sub(_plain, text))
    text = _BRACKETED.sub(_plain, text)
    text = _RAISED.sub(lambda m: f" [{m[0].strip().translate(_FROM_RAISED)}]", text)
    if not MARKER.search(text) and not _ITEM.search(text):
        text = _PARENTHESES.sub(lambda m: m[0] if _NUMBERED_THING.search(text[: m.start()]) else f" [{m[2]}]", text)
    return _SPOKEN.sub(lambda m: f"{m[1]}[{m[2]}]" + re.sub(r"(\d+)", r"[\1]", m[3] or ""), text)


def _plain(match: re.Match[str]) -> str:
    inner = re.sub(r"†[^,;\]】）)\n]*|,\s*(?:abstract|title|p\.\s*\d+)", "", match[0], flags=re.IGNORECASE)
    ranged = re.search(r"\d\s*[–-]\s*[#^]?\d", inner)
    return f"[{('-' if ranged else ', ').join(_DIGITS.findall(inner))}]" if not _mixed(inner) else _listed(inner)


def _mixed(inner: str) -> bool:
    return len(_DIGITS.findall(inner)) > 2 and re.search(r"\d\s*[–-]\s*\d", inner) is not None


def _listed(inner: str) -> str:
    return f"[{re.sub(r'[^0-9,;–-]', '', re.sub(r'[，、和&]|and|und|et', ',', inner))}]"


def _raised_or_kept(text: str, match: re.Match[str]) -> str:
    return f" [{match[2]}]" if re.search(rf"{_BEFORE_RAISED}\s?$", text[: match.start()]) else match[0]


_JOINT = r"(?:\s*(?:,|;|/|&|、|，|和|与)\s*|\s+(?:and|or|und|oder|et|ou|as well as)\s+)"
_RUN = re.compile(rf"{MARKER.pattern}(?:{_JOINT}?{MARKER.pattern})*")
_ASIDE = re.compile(
    rf"\s*[(（]\s*(?:(?:see|cf\.?|from|as in|e\.g\.,?|vgl\.|siehe|s\.|voir|source|quelle)s?:?\s*)?"
    rf"({_RUN.pattern})\s*[)）]",
    re.IGNORECASE,
)
_JOINED_BY_WORD = re.compile(r"\]\s+(?:and|or|und|oder|et|ou|as well as)\s+", re.IGNORECASE)
_CLAUSE_END = re.compile(r"\s*(?:[.,;:!?…。，；：！？)”\"]|$)")
# Behind these a marker is the thing that is spoken of: "as in [1]", "than [2]", "the authors of [3]", "paper [1]".
_GOVERNS = re.compile(
    r"\b(?:in|of|by|to|from|with|than|per|see|like|unlike|both|versus|vs\.?|following|against|between|beside|under|for"
    r"|on|into|via|through|after|before|over|about|using|sources?|papers?|stud(?:y|ies)|works?|references?|ref\."
    r"|authors"
    r"|either|neither|nor|only|von|laut|nach|bei|wie|aus|mit|gegenüber|sowohl|quellen?|arbeit(?:en)?|studien?|zu"
    r"|dans|de|par|selon|comme|avec|chez|article|étude)\s*$|(?:如|在|与|和|据|根据|由|比|论文|文献|对于)\s*$",
    re.IGNORECASE,
)
# Where a clause opens, what comes next tells: a verb has the marker as its subject, anything else does not.
_OPENS_CLAUSE = re.compile(
    r"(?:^|[,;:–—(“\"]|\b(?:and|but|or|whereas|while|that|because|since|as|where|when|if|although|though|what|how"
    r"|which|und"
    r"|aber|während|wobei|dass|weil|wenn|et|mais|que|tandis que|alors que))\s*$|(?:而|但|并且|；|，)\s*$",
    re.IGNORECASE,
)
_VERB_NEXT = re.compile(
    r"\s*(?:also |even |only |instead |then |both |each |all |further |mainly |explicitly |directly |doesn['’]t "
    r"|don['’]t )*"
    r"(?:[a-z]{2,}(?<!s)s\b|is\b|both\b|does\b|do\b|finds?\b|shows?\b|uses?\b|are\b|have\b|had\b|was\b|were\b"
    r"|can\b|could\b"
    r"|may\b|might\b|argued?\b|report(?:s|ed)?\b|propose[sd]?\b|present(?:s|ed)?\b|agree\b|disagree\b|differ\b|study\b"
    r"|rely\b|focus\b|describe[sd]?\b|introduce[sd]?\b|compare[sd]?\b|discuss(?:es)?\b|address(?:es)?\b"
    r"|[a-zäöüß]{3,}(?:t|en)\b|[a-zéè]{3,}(?:e|ent)\b)"
    r"|\s*(?:也|都|则|还|将)?(?:提出|表明|指出|显示|发现|使用|采用|认为|报告|研究|关注|证明|说明)"
)
_NOT_VERBS = re.compile(
    r"\s*(?:this|its|thus|perhaps|always|besides|across|namely|as|is it|these|the|then|one|les|des|dans|was it)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Citations:
    """A sentence read for its citations.

    `text` has only those markers left that are words of the sentence, each as [1]; `bare` has none. `numbers` are all
    that are cited, in order, `spoken_of` those that `text` still has, and `parts` the words that the marker of each
    stands for: those before it, back to the marker before, or behind it where it is a word of the sentence itself.
    """

    text: str
    bare: str
    numbers: tuple[int, ...]
    spoken_of: frozenset[int]
    parts: Mapping[int, str]


def read_citations(sentence: str) -> Citations:
    """Return a sentence apart from its citations, in whatever form they are.

    A marker that a word governs ("as shown in [1]") or that has a verb of its own ("[1] and [2] both find") stays in
    its place: without it the sentence would have a hole.
    """
    plain = _ASIDE.sub(r" \1", plain_markers(sentence))
    numbers: list[int] = []
    text = bare = ""
    spoken_of: set[int] = set()
    parts: dict[int, str] = {}
    end = 0
    for run in _RUN.finditer(plain):
        text += plain[end : run.start()]
        bare += plain[end : run.start()]
        end_of_last, end = end, run.end()
        for markers in _parts(plain, run):
            found = [number for marker in MARKER.findall(markers) for number in marker_numbers(marker)]
            numbers += found
            if not found:
                continue
            part = plain[end_of_last : run.start()]
            joint = re.match(_JOINT, markers)
            before = text + (joint[0] if joint else "")
            if _is_word(before, plain[run.end() :]) and len(found) <= _MOST_SPOKEN_OF:
                kept = re.sub(MARKER.pattern, lambda m: " " + _spelled(m[0]), markers)
                text = f"{text.rstrip()}{kept}" if text else kept.lstrip()
                spoken_of.update(found)
                following = _RUN.search(plain, run.end())
                part = plain[run.end() : following.start() if following else None]
                bare += joint[0].rstrip() if joint else ""
            parts |= {number: part for number in found if number not in parts}
    text, bare = text + plain[end:], bare + plain[end:]
    return Citations(_tidy(text), _tidy(bare), tuple(dict.fromkeys(numbers)), frozenset(spoken_of), parts)


_MOST_SPOKEN_OF = 4
"""A longer row of numbers is never the subject of a sentence."""


def _parts(plain: str, run: re.Match[str]) -> list[str]:
    """Return a run of markers whole, or at its last joining word where the markers before that cite something else."""
    joints = list(_JOINED_BY_WORD.finditer(run[0]))
    before, after = plain[: run.start()], plain[run.end() :]
    if joints and not _CLAUSE_END.match(after) and not _is_word(before, after):
        cut = joints[-1].start() + 1
        return [run[0][:cut], run[0][cut:]]
    return [run[0]]


def _is_word(before: str, after: str) -> bool:
    """Whether a marker between two pieces of text is a word of its sentence."""
    if re.fullmatch(r"\s*[.!?…。！？]*[”\"’)*_]*\s*", after):  # at the very end it is shown in the same place anyway
        return False
    if _GOVERNS.search(before):
        return True
    verb = _VERB_NEXT.match(after) is not None and not _NOT_VERBS.match(after)
    return verb and _OPENS_CLAUSE.search(before) is not None


def _spelled(marker: str) -> str:
    return "".join(f"[{number}]" for number in marker_numbers(marker))


def _tidy(text: str) -> str:
    """Return a text without what the markers leave behind: blanks before stops, empty brackets, doubled commas."""
    text = re.sub(r"\s*[(\[（【]\s*[,;]?\s*[)\]）】]", "", text)
    text = re.sub(r"\s+(?=[.,;:!?。，；：！？])", "", text)
    text = re.sub(r"[,;](?:\s*[,;])+", ",", text)
    text = re.sub(r"[,;:](?=[.!?])", "", text)
    return re.sub(r"[^\S\n]{2,}", " ", re.sub(r"^[\s,;:.]+(?=\w)", "", text)).strip()


def with_numbers(text: str, shown: Mapping[int, int]) -> str:
    """Return a text whose markers name the shown numbers instead of those of the prompt."""
    return MARKER.sub(
        lambda marker: (
            re.match(r"\s*", marker[0])[0]  # type: ignore[index]
            + "".join(f"[{shown.get(number, number)}]" for number in marker_numbers(marker[0]))
        ),
        text,
    )


def closing(text: str, numbers: Collection[int]) -> tuple[int, ...]:
    """Return the citations to put at a sentence's end: those that don't stand in its text."""
    spoken_of = {number for marker in MARKER.findall(text) for number in marker_numbers(marker)}
    return tuple(number for number in numbers if number not in spoken_of)


_LONGEST_RANGE = 20


def marker_numbers(marker: str) -> list[int]:
    """Return the numbers that a marker such as [1, 3-5] names; a range of more than twenty is cut."""
    numbers: list[int] = []
    for part in re.split(r"[,;]", marker):
        ends = [int(number) for number in re.findall(r"\d+", part)]
        numbers.extend(range(ends[0], min(ends[-1], ends[0] + _LONGEST_RANGE) + 1) if ends else [])
    return numbers
