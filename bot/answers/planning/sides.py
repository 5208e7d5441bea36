"""The sides of a comparison, as a question names them: "A vs B", "how does A differ from B"."""

import re
from collections.abc import Iterator, Sequence

from bot.answers.planning.followups import content_words, is_name

_QUESTION = r"(?:how|which|what|whats|who|whose|when|where|why|does|do|did|is|are|was|were|can|should)"
_TEXT = r"[^,.:;?!]+"

_VERSUS = re.compile(r"(?:^|\s)(?:vs\.?|(?-i:v)\.?|versus)(?=\s)", re.IGNORECASE)
_COMPARE = re.compile(
    r"(?:^|[.,;:!?]\s*|\b(?:please|pls|you|me|to|and|let['’]?s|quick|a|an?)\s+)"
    r"(?:compare|comparing|contrast|comparison\s+(?:of|between))\s+(?P<sides>.+)",
    re.IGNORECASE,
)
# Before COMPARE: it is the papers that compare.
_NOT_ASKED = re.compile(
    r"\b(?:papers?|works?|stud(?:y|ies)|ones|anyone|anything|methods?)\b[^.?!,]*$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\b(?:differen(?:ce|ces|t)|distinction|contrast|trade-?offs?|choice|choose|choosing|decide|compar\w+|better)\s+"
    r"(?:\w+\s+){0,3}?between\s+(?P<sides>.+)",
    re.IGNORECASE,
)
_DIFFER = re.compile(
    r"\b(?:how|where|in\s+what)\b[^?.!]*?\b(?:do|does|did|is|are)\s+(?P<first>.+?)\s+"
    r"(?:differ(?:ent|s)?|compare|stack\s+up|fare)(?:\s+(?:from|to|with|against|than)\s+(?P<second>.+))?",
    re.IGNORECASE,
)
_THAN = re.compile(
    r"\b(?:is|are|does|do|did|was|can|could|will)\s+(?P<first>(?:[\w./'’+-]+\s+){1,6}?)(?:\w+\s+){0,3}?"
    r"(?:(?:better|worse|more\s+\w+|less\s+\w+|[a-z]{3,}er)\s+than|beat|outperform)\s+(?P<second>.+)",
    re.IGNORECASE,
)
_OR_WHICH = re.compile(
    rf"^(?P<sides>{_TEXT}\sor\s{_TEXT})[,:?.-]+\s*(?:which|what['’]?s\s+better|who)\b",
    re.IGNORECASE,
)
_WHICH_OR = re.compile(
    r"\b(?:which|what['’]?s\s+better|better)\b[^,:?]*[,:?]\s*(?P<sides>[^,.:;?!]+\sor\s[^.:;?!]+)",
    re.IGNORECASE,
)
_USE_OR = re.compile(
    r"\bshould\s+\w+\s+(?:use|choose|pick|prefer|try|read)\s+(?P<sides>[^.:;?!]+\sor\s[^.:;?!]+)",
    re.IGNORECASE,
)
_SLASH = re.compile(
    rf"^(?P<sides>[^/:;,?!]+(?:\s/\s[^/:;,?!]+)+|[\w.-]+(?:/[\w.-]+)+)\s*(?:[:,]|\s-)\s*{_QUESTION}\b",
    re.IGNORECASE,
)
_THOSE_TWO = re.compile(
    r"\b(?:those|these|the|between)\s+(?:two|three|four|five|2|3|4|5)\s[^,:.?!]*[,:]\s*(?P<sides>[^.:;?!]+)",
    re.IGNORECASE,
)
_A_AND_B_BOTH = re.compile(
    rf"^(?:(?:so|ok|hey|hi|how|do|does|did|are|is|can)\b,?\s+)*(?P<sides>{_TEXT}(?:,{_TEXT})?\s(?:and|&)\s{_TEXT}?)"
    r",?\s+(?:both|differ|compare|each)\b",
    re.IGNORECASE,
)
_A_AND_B_EACH = re.compile(
    rf"^(?P<sides>{_TEXT}\s(?:and|&)\s{_TEXT})[,:].*\b(?:each|both|respectively|differ|difference|better|faster)\b",
    re.IGNORECASE,
)
_BOTH_AND = re.compile(
    rf"(?:^|[.,;:?!]\s+)(?:(?:so|do|does|did|if)\s+)?both\s+(?P<first>{_TEXT}?)\s+(?:and|&)\s+(?P<second>{_TEXT})",
    re.IGNORECASE,
)
_THE_ONE = re.compile(
    r"\b(?:the|that)\s+(?P<side>(?:[\w-]+\s+){1,3}?)(?:one|paper|model|method|survey|thesis|work)\b"
    r"(?![^()]*\))",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\b(?:and|adn|or|vs|versus|than|while|whereas|but|with|to|from|against)\b|&", re.IGNORECASE)


MAX_SIDES = 5
_SIDE_WORDS = 8

_AND_WITH = re.compile(
    r"\s*,\s*(?:(?:and|or|&)\s+)?|\s+(?:and|adn|or|&|\+|with|to|against|from|than)\s+|\s*/\s*", re.IGNORECASE
)
_AND = re.compile(r"\s*,\s*(?:(?:and|or|&)\s+)?|\s+(?:and|adn|or|&|\+)\s+|\s*/\s*", re.IGNORECASE)
_CLAUSE = re.compile(r"[?!;:]|[.,](?=\s|$)|\s[-–—]\s|[()]")
_SENTENCE = re.compile(r"[?!;:]|\.(?=\s|$)|\s[-–—]\s")
# Where a side is over and the question about it begins.
_ASIDE = re.compile(
    r"\s+(?:which|what|how|who|when|where|why|is|are|was|were|does|do|did|has|have|for|on|in|at|by|under|regarding|"
    r"concerning|wrt|w\.r\.t\.?|with\s+(?:respect|regard)|terms|because|if|then|since|please|pls|both"
    r"|each|respectively|"
    r"differ|compare)(?:\s|$)",
    re.IGNORECASE,
)
# What may come before the first side of "A vs B".
_ASKING = re.compile(
    r"^.*\b(?:does|do|did|is|are|was|were|can|could|should|would|about|between|on|of|compare|comparing"
    r"|use|pick|choose)\s+",
    re.IGNORECASE,
)
_LEADING = frozenset(
    """the a an that this those these its their our your just only both either of on about in is are was does do did how
    what whats what's so ok hey hi explain""".split()
)
_PRONOUN = re.compile(
    r"(?:it|this|that|them|(?:this|that|the)\s+(?:one|paper|model|method|approach|work))", re.IGNORECASE
)
_VAGUE = frozenset(
    """other others another existing previous prior baseline baselines method methods model models approach approaches
    alternative alternatives competitor competitors sota state art one ones else everything anything rest usual standard
    two three four five""".split()
)

_CONTEXT = re.compile(
    r"(?:^|[\s,(])(?:for|in|on|at|within|under|when\s+(?:it\s+comes\s+to|doing|training))\s+(?!terms\b"
    r"|general\b|practice\b)"
    r"(?P<context>[^,.:;?!()]+?)(?=[,.:;?!()]|\s(?:does|do|is|are|which|vs\.?|versus|between)\s|$)",
    re.IGNORECASE,
)
_CONTEXT_WORDS = 6
_JUDGING = frozenset(
    """better best worse faster slower cheaper stronger weaker difference differences compare compared comparison pick
    choose choice average paper papers terms scale""".split()
)


def find_sides(question: str, *, topic: str = "") -> tuple[str, ...]:
    """Return the two to five things that a question compares, in its own words; nothing when it compares none.

    A pronoun that stands for a side, as in "how does it compare to B", is replaced by `topic`.
    """
    for candidate in _candidates(question):
        sides = tuple(dict.fromkeys(_side(text, topic) for text in candidate))
        if 2 <= len(sides) <= MAX_SIDES and all(sides):
            return sides
    return ()


def shared_context(question: str, sides: Sequence[str]) -> str:
    """Return the words that say what all sides are compared for, as in "for EEG decoding"; empty where none do."""
    own = {word for side in sides for word in content_words(side)} | _JUDGING
    found: dict[str, None] = {}
    for match in _CONTEXT.finditer(question):
        found |= dict.fromkeys(word for word in content_words(match["context"]) if word not in own)
    return " ".join(list(found)[:_CONTEXT_WORDS])


def _candidates(question: str) -> Iterator[list[str]]:
    if _VERSUS.search(question):
        yield _versus(question)
    if (match := _COMPARE.search(question)) and not _NOT_ASKED.search(question, 0, match.start("sides")):
        yield _listed(match["sides"], _AND_WITH)
    if match := _BETWEEN.search(question):
        yield _listed(match["sides"], _AND)
    if match := _DIFFER.search(question):
        yield [*_listed(match["first"], _AND), *_listed(match["second"] or "", _AND)]
    for pattern in (
        _OR_WHICH,
        _WHICH_OR,
        _USE_OR,
        _SLASH,
        _THOSE_TWO,
        _A_AND_B_BOTH,
        _A_AND_B_EACH,
    ):
        if match := pattern.search(question):
            yield _listed(match["sides"], _AND)
    if match := _BOTH_AND.search(question):
        yield from _both(match["first"], match["second"])
    if match := _THAN.search(question):
        yield [match["first"], _until_aside(match["second"])]
    yield from _described(question)


def _versus(question: str) -> list[str]:
    first, *rest = _VERSUS.split(question)
    clause = _CLAUSE.split(first.rstrip(" ,"))[-1]
    return [_ASKING.sub("", clause), *(_until_aside(text.strip()) for text in rest)]


def _until_aside(text: str) -> str:
    return _ASIDE.split(_CLAUSE.split(text)[0])[0]


def _listed(text: str, separator: re.Pattern[str]) -> list[str]:
    """Split a list of sides, up to the end of the sentence or of the list."""
    sides: list[str] = []
    for part in separator.split(_SENTENCE.split(text)[0]):
        side, *question = _ASIDE.split(f" {part} ", maxsplit=1)
        sides.append(side)
        if question:
            break
    return [side for side in sides if side.strip()]


def _both(first: str, second: str) -> Iterator[list[str]]:
    """Yield the subjects of "both A and B do …": B ends with its head noun, or is one name."""
    head = re.match(r"(?:(?:the|that|this|a)\s+)?(?:[\w-]+\s+){0,4}?(?:one|paper|model|method|survey)\b", second)
    end = head.group() if head else second.split(maxsplit=1)[0]
    if head or is_name(first) or is_name(end):
        yield [first, end]


def _described(question: str) -> Iterator[list[str]]:
    """Yield "the weather one" and "the traffic one", where a conjunction is between them."""
    found = list(_THE_ONE.finditer(question))
    if len(found) > 1 and _JOINED.search(question, found[0].end(), found[1].start()):
        yield [match["side"] for match in found]


def _side(text: str, topic: str) -> str:
    side = " ".join(text.split()).strip(" \"'“”‘’.,:;?!-*_")
    if topic and _PRONOUN.fullmatch(side):
        return topic
    words = side.split()
    while words and words[0].lower() in _LEADING:
        words.pop(0)
    if words and words[-1].lower() in ("one", "ones", "paper", "papers"):  # "the brain encoders one"
        words.pop()
    side = " ".join(words)
    specific = any(word not in _VAGUE for word in content_words(side))
    return side if specific and len(words) <= _SIDE_WORDS else ""
