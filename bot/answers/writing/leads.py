"""What leads to sentences in a model's text: labels over lists, headings, short openers, connectives, small talk."""

import re
from enum import IntEnum

from bot.answers.extracts.quotable import gives_orders, has_link, has_markup, slanders
from bot.answers.sentences import MARKER

_HEADING = re.compile(r"^#{1,6}\s+")
_BOLD = re.compile(r"^(?:\*\*|__)([^*_\n]+)(?:\*\*|__)\s*[:.]?$")
_LABEL_WORDS = 8
_OPENER_WORDS = 6


_ACCUSES = re.compile(
    r"fraud|hoax|scam|retract|withdr[ae]w|fabricat|\bfak(?:e|ed|ing)\b|plagiari|gefälscht|betrug|撤回|造假|抄袭",
    re.IGNORECASE,
)


class LeadScope(IntEnum):
    """How much of a text something leads to: all until the next heading, a list or paragraph, or one sentence."""

    HEADING = 1
    LIST = 2
    SENTENCE = 3


# What a chat model says of itself and to its user, at the start of a reply and at its end.
_SMALL_TALK = re.compile(
    r"^(?:sure|certainly|of course|absolutely|great question|good question|happy to|glad to|okay|ok|answer|summary"
    r"|thanks?)\b(?:[^.!:]{0,20}[.!:]|$)"
    r"|^(?:(?:sure|certainly|of course|okay)\W+)?(?:here(?:['’]s| is| are)|below (?:is|are)) (?:what|the|a"
    r"|my|an|your|some)\b"
    r"[^.]*[:.]$"
    r"|^(?:based on|according to|from) (?:the |these )?(?:\w+ )?(?:sources|abstracts|papers|documents)[^.]{0,40}:$"
    r"|^(?:let me know|feel free|i hope|hope this|would you like|do you want|if you(?:['’]d| would| want| need"
    r"| have)\b.*\b"
    r"(?:let me know|just ask|i can|happy to))"
    r"|^(?:gerne|natürlich|klar|selbstverständlich|antwort|zusammenfassung)\b(?:[^.!:]{0,20}[.!:]|$)"
    r"|^(?:hier (?:ist|sind|kommt)|nachfolgend)\b[^.]*[:.]$|^(?:lass mich wissen|ich hoffe|sag bescheid)"
    r"|^(?:bien sûr|certainement|avec plaisir|volontiers|réponse)\b(?:[^.!:]{0,20}[.!:]|$)|^voici\b[^.]*[:.]$"
    r"|^(?:n['’]hésitez pas|j['’]espère)|^(?:当然|好的|以下是|希望|如需|如果您)",
    re.IGNORECASE,
)
_REFERENCES = re.compile(
    r"^\W*(?:sources?|references?|citations?|bibliography|works cited|quellen|literatur|références|bibliographie"
    r"|参考文献|来源|出典)\W*$",
    re.IGNORECASE,
)
_VERDICT = re.compile(
    r"^(?:yes|no|not|only|partly|partially|mostly|largely|generally|sometimes|rarely|sort of|kind of|in part|it depends"
    r"|that depends|to some extent|to a degree|probably|possibly|maybe|perhaps|both|neither|ja|nein|nicht|nur|teilweise"
    r"|zum teil|meistens|kaum|jein|es kommt darauf an|das kommt darauf an|eher|oui|non|pas|partiellement|en partie"
    r"|plutôt|seulement|ça dépend|cela dépend|peut-être|是的?|不是|不完全|部分|有的?|没有|可以|能|不能|否|视情况)"
    r"(?:\b|(?<=[\u4e00-\u9fff]))",
    re.IGNORECASE,
)


def is_small_talk(text: str) -> bool:
    """Whether a line is what a chat model says around its answer: it is neither shown nor a failure."""
    return _SMALL_TALK.search(text) is not None


def opens_references(text: str) -> bool:
    """Whether a line is the heading of a list of sources, which the bot shows itself."""
    return _REFERENCES.match(text) is not None


def scope_of(raw: str, text: str, *, first: bool) -> LeadScope | None:
    """Return what a line or short sentence without a citation leads to; None where it is a sentence of its own.

    `raw` is what the model wrote, without a bullet, and `text` the same cleaned. Headings, bold runs, lines that end
    in a colon and, as the `first` of an answer, openers of a few words such as "Not quite." lead to something.
    """
    if MARKER.search(text):
        return None
    if _HEADING.match(raw):
        return LeadScope.HEADING
    if _BOLD.match(raw):
        return LeadScope.SENTENCE if text.endswith((".", "!", "?", "。")) else LeadScope.LIST
    if text.endswith((":", "：")):
        return LeadScope.LIST
    return LeadScope.SENTENCE if first and _words(text) <= _OPENER_WORDS and not re.search(r"\d", text) else None


def label(raw: str, text: str, level: LeadScope) -> str:
    """Return how something that leads to sentences is shown before those that passed; empty where it may not be.

    Nothing vouches for it, so that it may not say anything: it is short, has no figure, link or order, and an opener
    is a verdict on the question. Whether its names are known is for the caller to check.
    """
    if not re.search(r"\w", text) or re.search(r"(?<![\w-])\d", text) or _words(text) > _LABEL_WORDS:
        return ""
    if _ACCUSES.search(text) or gives_orders(text) or slanders(text) or has_markup(text) or has_link(text):
        return ""
    if level is LeadScope.SENTENCE and not _BOLD.match(raw):
        return text if _VERDICT.match(text) else ""
    return text if text.endswith((":", "：", ".", "!", "?", "。", "？")) else f"{text}:"


def _words(text: str) -> int:
    return len(re.findall(r"[^\W\u3040-\u9fff]+(?:['’-]\w+)*", text)) + len(re.findall(r"[\u3040-\u9fff]", text)) // 2


# Only such as can go without a change of the words behind them; German inverts after most of its adverbs.
_CONNECTIVE = re.compile(
    r"^(?:(?:in|by) (?:contrast|comparison)|for comparison|in comparison|still|however|instead|similarly|likewise"
    r"|conversely|moreover|furthermore|additionally|in addition|besides|also|therefore|thus|hence|consequently"
    r"|as a result|accordingly|nevertheless|nonetheless|even so|that said|on the other hand|on the contrary|rather"
    r"|otherwise|meanwhile|then|finally|for (?:example|instance)|in turn|because of (?:this|that)|at the same time"
    r"|despite (?:this|that)|alternatively|equally|en revanche|cependant|toutefois|néanmoins|de plus|en outre"
    r"|par ailleurs|par contre|ainsi|donc|de même|en comparaison|à l['’]inverse)\s*,\s+"
    r"|^(?:but|and|so|yet|or|aber|doch|denn|und|mais|et|or)\s+(?=[^\W_])(?!much\b|many\b|far\b|that\b)"
    r"|^(?:但是?|然而|不过|相比之下|此外|另外|因此|所以|同样|而且?|相反)[，,]?\s*",
    re.IGNORECASE,
)


def without_connective(text: str) -> str:
    """Return a sentence without the word that ties it to the one before, for where that one isn't shown."""
    rest = _CONNECTIVE.sub("", text, count=1)
    return rest[:1].upper() + rest[1:] if rest and rest != text else text


_POINTING = re.compile(
    r"^(?:it|its|they|their|these|those|this|that|both|he|she|his|her|such|the (?:latter|former|second|other)"
    r"|er|sie|ihre?n?|dies(?:e[rsn]?)?|beide|il|elle|ils|elles|ce(?:la|ci|tte|s)?|leurs?|它们?|这些?|该|其|两者)"
    r"(?:\b|(?<=[\u4e00-\u9fff]))",
    re.IGNORECASE,
)


def points_back(text: str) -> bool:
    """Whether a sentence's first word stands for something that was named before it."""
    return _POINTING.match(text) is not None
