"""Messages that want something done for their author: "save GPipe", "follow diffusion models", "unfollow …".

Understood in English, German and French. What a paper or a topic is called is left in the author's words; what "it",
"this paper" and "the second one" stand for, the conversation says.
"""

import re
from dataclasses import dataclass

from bot.answers.events import Action, Followed
from bot.answers.planning.action_words import (
    BETWEEN,
    FOLLOW,
    FOLLOWED,
    FOLLOWING,
    HOW,
    SAVE,
    SAVED,
    SPOKEN,
    UNFOLLOW,
    UNSAVE,
)
from bot.answers.planning.followups import is_name
from bot.answers.planning.politeness import LONGEST, without_please
from bot.search.query.ids import arxiv_ids
from bot.search.text.tokens import quoted_phrases

ALL_SHOWN = 0
"""`Order.shown` for "them" and "all": every paper of the last answer."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done with what.

    `subject` is in the author's words; it is empty where `shown` says which of the papers that were shown is meant, by
    its number, and where nothing is named. `kind` is what is followed, None where only the store tells whether the
    words name a paper or a topic.
    """

    action: Action
    subject: str = ""
    shown: int | None = None
    kind: Followed | None = None


def _compiled(form: str) -> re.Pattern[str]:
    return re.compile(rf"^(?:{form})$", re.IGNORECASE)


def _all_compiled(forms: str) -> list[re.Pattern[str]]:
    return [_compiled(line.strip()) for line in forms.strip().splitlines()]


_ORDERS = {
    Action.SHOW_SAVED: _all_compiled(SAVED),
    Action.SHOW_FOLLOWED: _all_compiled(FOLLOWING),
    Action.UNFOLLOW: _all_compiled(UNFOLLOW),
    Action.UNSAVE: _all_compiled(UNSAVE),
    Action.FOLLOW: _all_compiled(FOLLOW),
    Action.SAVE: _all_compiled(SAVE),
}
_HOW = [_compiled(line.strip()) for line in HOW.strip().splitlines()]
_FOLLOWED = [(kind, _compiled(form)) for kind, form in FOLLOWED]
_END = re.compile(
    r"[\s,]*\b(?:please|pls|thanks|thank\s+you|thx|bitte|danke|stp|svp|s['’]il\s+(?:te|vous)\s+pla[iî]t|merci|now|jetzt"
    r"|maintenant|too|as\s+well|auch|aussi|for\s+(?:me|later)|für\s+(?:mich|später)|pour\s+(?:moi|plus\s+tard))$|[\s.!?;:,…]+$",
    re.IGNORECASE,
)
_BEGIN = re.compile(
    r"^(?:the\s+|this\s+|das\s+|dem\s+|den\s+|die\s+|der\s+|l['’]|le\s+|la\s+|cet\s+|ce\s+)?(?:paper|article|preprint|work|arbeit"
    r"|artikel|papier)\s+(?:called\s+|titled\s+|named\s+|on\s+arxiv\s+|namens\s+|intitulé\s+)?(?=\S)",
    re.IGNORECASE,
)
_PAPER_NOUN = r"(?:papers?|ones?|articles?|preprints?|works?|Arbeit(?:en)?|Artikel|papiers?|link)"
_ONE = re.compile(
    rf"-?(?:it|this|that|(?:this|that|the)\s+(?:same\s+|last\s+)?{_PAPER_NOUN}|es|das|dies(?:e[nrms]?)?|ihn|sie|die|den"
    rf"|(?:das|die|den|diese[nrms]?|dies)\s+{_PAPER_NOUN}|le|la|l['’]|ça|ca|cela|ceci|celui-ci|cet?\s+{_PAPER_NOUN}|l['’]{_PAPER_NOUN}|le\s+{_PAPER_NOUN})",
    re.IGNORECASE,
)
_ALL = re.compile(
    rf"-?(?:(?:them|these|those|both|all)(?:\s+all)?(?:\s+(?:of\s+(?:them|these|those)|(?:the\s+)?(?:two|three|four|five)|{_PAPER_NOUN}))*"
    rf"|(?:the|both|all|those|these)\s+(?:two\s+|three\s+|of\s+them\s+)?papers|alle(?:s|\s+\w+)?|(?:die\s+)?beide[n]?|diese\s+(?:Paper|Papers|Arbeiten|Artikel)"
    rf"|les|(?:tous|toutes)(?:\s+les\s+\w+)?|les\s+(?:deux|trois)(?:\s+\w+)?|ces\s+{_PAPER_NOUN}|tout)",
    re.IGNORECASE,
)
_NUMBERS = {
    1: "first|1st|erste[nrs]?|premi(?:er|ère|ere)",
    2: "second|2nd|zweite[nrs]?|deuxi[èe]me|seconde?",
    3: "third|3rd|dritte[nrs]?|troisi[èe]me",
    4: "fourth|4th|vierte[nrs]?|quatri[èe]me",
    5: "fifth|5th|fünfte[nrs]?|cinqui[èe]me",
}
_NUMBERED = {
    number: re.compile(
        rf"(?:the\s+|das\s+|die\s+|den\s+|le\s+|la\s+)?(?:(?:{words})(?:\s+{_PAPER_NOUN})?|(?:number|no\.?|nr\.?|numéro|paper|{_PAPER_NOUN})?\s*\[?{number}\]?)",
        re.IGNORECASE,
    )
    for number, words in _NUMBERS.items()
}
THEN = re.compile(BETWEEN, re.IGNORECASE)
"""What stands between two wishes of one message."""

_ARTICLE = re.compile(r"^(?:(?:the|le|la|les|des|aux?|die|der|das|dem|den)\s+|l['’])(?=\S)", re.IGNORECASE)
_MOST_PARTS = 3
_SPOKEN = {code: re.compile(pattern, re.IGNORECASE) for code, pattern in SPOKEN.items()}


def find_order(message: str) -> Order | None:
    """Return what a message wants done; None when it asks something, or says something."""
    text = " ".join(message.split())
    if len(text) > LONGEST or not (text := _trimmed(text)):
        return None
    ordered = without_please(text)
    for pattern in _HOW:
        if match := pattern.match(text):
            return Order(next(Action(name) for name, said in match.groupdict().items() if said))
    for action, patterns in _ORDERS.items():
        for pattern in patterns:
            if match := pattern.match(ordered):
                named = match.groupdict()
                what = named.get("what") or named.get("other") or ""
                if action is Action.SAVE and not what:  # "save" alone, below an answer
                    return Order(action, shown=1)
                return _order(action, _trimmed(what.strip()))
    return None


def split_order(message: str) -> tuple[str, Order] | None:
    """Return the first part of "summarise GPipe and save it", and the order behind it; None where there is none.

    Only a pronoun, or a paper that is named, may be saved or followed so: "how do models prune and save memory" orders
    nothing.
    """
    text = " ".join(message.split())
    if len(text) > LONGEST:
        return None
    for between in list(THEN.finditer(text))[-_MOST_PARTS:]:
        first, rest = text[: between.start()], text[between.end() :]
        then = find_order(rest) if re.search(r"\w[\s-]\w", rest) else None  # "and save" names nothing
        if then is None or not any(char.isalnum() for char in first):
            continue
        if then.shown is not None or names_paper(then.subject):
            return first, then
    return None


def order_language(message: str) -> str | None:
    """Return the language of an order's own words, German or French; None for English and where they don't tell."""
    text = without_please(_trimmed(" ".join(message[:LONGEST].split())))
    return next((code for code, words in _SPOKEN.items() if words.search(text)), None)


def names_paper(subject: str) -> bool:
    """Whether words name a paper by themselves: by id, link, quotation marks, or as one name like SpikeGPT."""
    return bool(arxiv_ids(subject) or quoted_phrases(subject)) or (is_name(subject) and len(subject.split()) == 1)


def _order(action: Action, subject: str) -> Order | None:
    if not subject:
        return Order(action)
    kind: Followed | None = None
    if action in {Action.FOLLOW, Action.UNFOLLOW}:
        for followed, pattern in _FOLLOWED:
            if (match := pattern.match(subject)) and (named := _trimmed(match["what"])):
                kind, subject = followed, named
                break
    if kind in {None, "paper"}:
        if (shown := shown_number(subject)) is not None:
            return Order(action, shown=shown, kind="paper" if action is Action.FOLLOW else kind)
        subject = _BEGIN.sub("", subject)
    if action in {Action.FOLLOW, Action.UNFOLLOW}:
        subject = _ARTICLE.sub("", subject)
    return Order(action, subject.strip("\"'“”„‘’«» ") or subject, kind=kind)


def shown_number(subject: str) -> int | None:
    """Return which of the papers that were shown is meant, or ALL_SHOWN; None where words name something."""
    if _ONE.fullmatch(subject):
        return 1
    if _ALL.fullmatch(subject):
        return ALL_SHOWN
    return next((number for number, pattern in _NUMBERED.items() if pattern.fullmatch(subject)), None)


def _trimmed(text: str) -> str:
    before = None
    while before != text:
        before, text = text, _END.sub("", text)
    return text
