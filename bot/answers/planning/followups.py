"""Whether a question needs the conversation before it, and what that was about.

Only a pronoun or demonstrative without an antecedent, an opener such as "what about", thanks, or a very short question
says that it does. Where in doubt a question stands alone, since a rewrite drags an old topic into a new search.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.answers.language import function_words, language
from bot.answers.planning.followups_abroad import opens_abroad, opens_anew_abroad, pointers_abroad
from bot.search.query.dates import find_span, without_dates
from bot.search.query.ids import arxiv_ids
from bot.search.text.tokens import STOP_WORDS, quoted_phrases
from bot.text import one_line, shorten

_WORD = re.compile(r"[^\W_]+(?:[-\u2010-\u2015\u2212'’./+][^\W_]+)*\+*")
_CONTRACTION = re.compile(r"['’](?:s|re|ve|ll|d|m|t)$", re.IGNORECASE)
_SPOKEN = frozenset("whats wheres whos hows thats theres dont doesnt didnt isnt arent pls plz u ur gonna".split())


def content_words(text: str) -> list[str]:
    """Return the words of `text` that are no stop words, in lower case and in order."""
    words = (_CONTRACTION.sub("", word).casefold() for word in _WORD.findall(text))
    return [word for word in words if word not in STOP_WORDS and word not in _SPOKEN and word.strip("'’")]


def names(text: str) -> list[str]:
    """Return the words that look like a name by themselves: GPT-4, BERT4Rec, SpikeGPT, mossformer2."""
    return [word for word in _WORD.findall(text) if is_name(word)]


def is_name(text: str) -> bool:
    """Whether a word of `text` has a digit beside letters, or a capital that doesn't open it."""
    return any(re.search(r"[^\W\d_]-?\d|\d[^\W\d_]|[^\W_]-?[A-Z]", word) for word in text.split() if word != "I")


SHORT = 3
"""A question with fewer content words needs the conversation, unless it names something new."""

_OWN_SUBJECT = 3
"""With so many content words before it, a pronoun speaks of what the question itself has said."""

_THANKS = re.compile(
    r"^(?:(?:nice|cool|ok(?:ay)?|great|thanks|thank\s+you|thx|ta|interesting|got\s+it|right|hm+|huh"
    r"|wow|awesome|perfect|ah+|"
    r"oh|yes|yeah|yep|no|nope|sure|alright|good|lovely|neat)\b(?:[\s,.!:;–—-]+|$))+",
    re.IGNORECASE,
)
_OPENER = re.compile(
    r"^(?:and|but|or|also|what\s+about|how\s+about|(?:what|who|anything)\s+else|any\s+(?:more|others?)"
    r"|more\s+like|same)\b",
    re.IGNORECASE,
)
_NOUN = (
    r"(?:papers?|ones?|models?|methods?|works?|approach(?:es)?|data\s*sets?|results?|techniques?"
    r"|architectures?|authors?|"
    r"study|studies|ideas?|figures?|numbers?)"
)
# "this week" points at no paper. Nor does "in this paper, we …", which is what abstracts say.
_TIME = (
    r"(?:(?:past|last|coming|current)\s+)?(?:\w+\s+)?(?:day|week|weekend|fortnight|month|quarter|year|decade|century|spring|summer"
    r"|autumn|fall|winter|season|morning|afternoon|evening|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february"
    r"|march|april|may|june|july|august|september|october|november|december|time)s?\b"
)
# "that paper on spiking nets" says itself which one is meant.
_UNDESCRIBED = r"\b(?!\s+(?:on|about|from|by|with|where|which|that|who|called|named|using|for|in\s+which)\b)"
# "is it possible to", "it was found that": this "it" stands for nothing.
_EXPLETIVE = (
    r"(?:\s+(?:is|was|has\s+been)(?:\s+not)?\s+\w+|(?:\s+not)?\s+(?:possible|feasible|known|true"
    r"|likely|necessary|better))"
    r"\s+(?:to|that)\b"
)
_POINTERS = re.compile(
    rf"\b(?:(?P<they>they|their|theirs)\b(?!\s+own\b)"
    rf"|(?:its?|itself|them)\b(?!\s+own\b|{_EXPLETIVE})"
    rf"|(?:this|these)\b(?!['’]|\s+{_TIME}|\s+(?:paper|work|article)(?:\s*[,:]|\s+(?:we|(?:propose|present|introduce)s?)\b))"
    rf"|(?:that|those)\s+(?:(?:two|three|four|five)\s+)?{_NOUN}{_UNDESCRIBED}"
    rf"|those\b(?=(?:\s+(?:two|three))?\s*(?:$|[?.!;])|\s+(?:and|or|but|for|on|in|do|does|did|is|are|work|use)\b)"
    rf"|the\s+(?:same|latter|former|first|second|third|last|other)\s+{_NOUN}{_UNDESCRIBED}"
    rf"|the\s+(?:paper|authors?){_UNDESCRIBED}"
    # "for that", "is that?": neither the "that" of a clause nor the one of a description.
    r"|(?:for|of|with|about|like|on|from|in|by|to|as|than|using|after|is|was|does|did|do|beat|explain|why|how)\s+that"
    r"(?=\s*(?:$|[?.,!;])|\s+(?:and|or|but|for|compare|work|mean|do|better|worse|faster|slower)\b))",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"\b(?:where|when|that|which|who|because|so|if)\s+$", re.IGNORECASE)
_SAID_BEFORE = re.compile(r"^(?:what|who)(?:\s*['’]?s|\s+is|\s+are)\s+.*(?:\band\b|,)", re.IGNORECASE)
# What opens a new subject, however short: "what is X", "papers on X", "which papers …".
_ANEW = re.compile(
    r"^(?:what\s*['’]?s|what\s+(?:is|are)|who\s*['’]?s|who\s+is|define|explain)\s+(?!the\b|its?\b"
    r"|th[aei]\w+\b|there\b|your\b)\w"
    r"|\b(?:papers?|anything|something|everything|stuff|works?|got\s+any)\s+(?:on|about|for|with|using)\s+\w"
    r"|\b(?:papers?|models?|methods?)\s+(?:that|which|where|who|from|by)\s|\b(?:which|what|list|find"
    r"|show|any|every|all)\b(?:\s+\w+){0,3}\s+papers\b",
    re.IGNORECASE,
)


def is_followup(question: str, said: Sequence[str], *, dated: bool = False) -> bool:
    """Whether `question` needs what was `said` before. `dated`: it asks for a span of time or an order."""
    if not said:
        return False
    rest = without_thanks(question)
    if not any(char.isalnum() for char in rest):
        return False
    if _replies(rest):
        return True
    if dated or _ANEW.search(rest) or opens_anew_abroad(rest) or _names_anew(rest, " ".join(said)):
        return False
    return rest != question or len(_content_words_abroad(rest)) < SHORT


def needs_history(question: str) -> bool:
    """Whether `question` can't be understood without what was said before: it points back or opens as a reply."""
    return _replies(without_thanks(question))


def _replies(question: str) -> bool:
    return bool(_OPENER.search(question)) or opens_abroad(question) or _points_back(question)


def without_thanks(question: str) -> str:
    """Return `question` without the "nice, " or "ok. " with which an answer is received."""
    return _THANKS.sub("", question)


def _points_back(question: str) -> bool:
    for match in _POINTERS.finditer(question):
        before = question[: match.start()]
        if len(content_words(before)) >= _OWN_SUBJECT or names(before) or _SAID_BEFORE.search(before):
            continue
        if match["they"] and (names(question) or _CLAUSE.search(before)):
            continue  # "on how many datasets did they test BERT4Rec", "everything where they forecast"
        return True
    for start, _ in pointers_abroad(question):
        before = question[:start]
        if len(_content_words_abroad(before)) < _OWN_SUBJECT and not names(before):
            return True
    return False


def _content_words_abroad(text: str) -> list[str]:
    """Return the content words, without the function words of a text that is in German or French."""
    idle = function_words(language(text))
    return [word for word in content_words(text) if word not in idle]


def _names_anew(question: str, said: str) -> bool:
    known = said.casefold()
    own = (*names(question), *arxiv_ids(question), *quoted_phrases(question))
    return any(name.casefold() not in known for name in own)


_WORDS = 12
_TITLES = 3
_TITLE_WORDS = 4
_TITLE_CHARS = 160
_TURN_CHARS = 4_000
_JOINERS = frozenset("of for with and in the to using on a an via by from through at as".split())
_DATE = re.compile(
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?|(?:19|20)[0-9]{2}"
)
_OPENS_SENTENCE = STOP_WORDS | frozenset("yes no two three four five six seven eight nine ten neither only".split())


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation. `titles` are those of the papers that an answer of ours cited, best first."""

    role: Literal["user", "assistant"]
    content: str
    titles: tuple[str, ...] = ()


def last_titles(history: Sequence[Turn]) -> tuple[str, ...]:
    """Return the titles of the papers that the last answer showed, in its order; nothing where it showed none."""
    return next((turn.titles for turn in reversed(history) if turn.role == "assistant" and turn.titles), ())


def topic_titles(history: Sequence[Turn]) -> tuple[str, ...]:
    """Return up to three titles of the last answer's papers; where they were not kept, the names in its text."""
    answer = next((turn for turn in reversed(history) if turn.role == "assistant"), None)
    if answer is None:
        return ()
    titles = answer.titles or _named(answer.content[:_TURN_CHARS])
    return tuple(shorten(one_line(title), _TITLE_CHARS) for title in titles[:_TITLES])


def topic_words(history: Sequence[Turn], *, today: date | None) -> tuple[str, ...]:
    """Return the content words, without dates, of the user's last question, and of those before where it has few."""
    words: list[str] = []
    for turn in reversed(history):
        if turn.role == "user" and len(words) < SHORT:
            question = without_thanks(one_line(turn.content[:_TURN_CHARS]))
            if today:
                question = without_dates(question, find_span(question, today=today))
            words = [*content_words(question), *words]
    return tuple(dict.fromkeys(words))[:_WORDS]


def _named(text: str) -> tuple[str, ...]:
    """Return the runs of capitalised words in a text, the longest first: titles and names."""
    runs = [_trimmed(run) for run in _runs(text)]
    # Beside a whole title, names such as "3D" tell nothing more.
    least = 2 if any(len(run) >= _TITLE_WORDS for run in runs) else 1
    kept = [run for run in runs if len(run) >= max(least, 2) or (len(run) == least and is_name(run[0]))]
    return tuple(dict.fromkeys(" ".join(run) for run in sorted(kept, key=len, reverse=True)))


def _runs(text: str) -> Iterator[list[str]]:
    run: list[str] = []
    for token in text.split():
        word = token.strip('()[]{}"“”„*_,;')
        capital = word[:1].isupper() or is_name(word)
        if run and (token[0] in "([{" or not (capital or word in _JOINERS)):
            yield run
            run = []
        if capital or (run and word in _JOINERS):
            run.append(word)
        if run and token[-1] in ".!?,;)]}":
            yield run
            run = []
    yield run


def _trimmed(run: list[str]) -> list[str]:
    """Cut what doesn't belong to a name: joining words at its end, months and years, the word that opens a sentence."""
    words = [word.rstrip(".!?:") if word is run[-1] else word for word in run]
    while words and (words[-1] in _JOINERS or _DATE.fullmatch(words[-1])):
        words.pop()
    while words and (words[0].rstrip(":").casefold() in _OPENS_SENTENCE or _DATE.fullmatch(words[0])):
        words.pop(0)
    return words
