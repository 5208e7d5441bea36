"""The sides of a comparison, as a question names them: "A vs B", "how does A differ from B"."""

import re
from collections.abc import Iterator

from bot.answers.planning import side_patterns as ask
from bot.answers.planning.followups import content_words, is_name

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
    r"concerning|wrt|w\.r\.t\.?|with\s+(?:respect|regard)|terms|because|if|then|since|please|pls|both|each|respectively|"
    r"differ|compare)(?:\s|$)",
    re.IGNORECASE,
)
# What may stand before the first side of "A vs B".
_ASKING = re.compile(
    r"^.*\b(?:does|do|did|is|are|was|were|can|could|should|would|about|between|on|of|compare|comparing|use|pick|choose)\s+",
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


def find_sides(question: str, *, topic: str = "") -> tuple[str, ...]:
    """Return the two to five things that a question compares, in its own words; nothing when it compares none.

    A pronoun that stands for a side, as in "how does it compare to B", is replaced by `topic`.
    """
    for candidate in _candidates(question):
        sides = tuple(dict.fromkeys(_side(text, topic) for text in candidate))
        if 2 <= len(sides) <= MAX_SIDES and all(sides):
            return sides
    return ()


def _candidates(question: str) -> Iterator[list[str]]:
    if ask.VERSUS.search(question):
        yield _versus(question)
    if (match := ask.COMPARE.search(question)) and not ask.NOT_ASKED.search(question, 0, match.start("sides")):
        yield _listed(match["sides"], _AND_WITH)
    if match := ask.BETWEEN.search(question):
        yield _listed(match["sides"], _AND)
    if match := ask.DIFFER.search(question):
        yield [*_listed(match["first"], _AND), *_listed(match["second"] or "", _AND)]
    for pattern in (
        ask.OR_WHICH,
        ask.WHICH_OR,
        ask.USE_OR,
        ask.SLASH,
        ask.THOSE_TWO,
        ask.A_AND_B_BOTH,
        ask.A_AND_B_EACH,
    ):
        if match := pattern.search(question):
            yield _listed(match["sides"], _AND)
    if match := ask.BOTH_AND.search(question):
        yield from _both(match["first"], match["second"])
    if match := ask.THAN.search(question):
        yield [match["first"], _until_aside(match["second"])]
    yield from _described(question)


def _versus(question: str) -> list[str]:
    first, *rest = ask.VERSUS.split(question)
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
    """Yield "the weather one" and "the traffic one", where a conjunction stands between them."""
    found = list(ask.THE_ONE.finditer(question))
    if len(found) > 1 and ask.JOINED.search(question, found[0].end(), found[1].start()):
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
    tells = any(word not in _VAGUE for word in content_words(side))
    return side if tells and len(words) <= _SIDE_WORDS else ""
