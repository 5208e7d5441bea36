"""What stands around a date: whether a number is a year, counts something or belongs to a name."""

import re

from bot.search.query.venues import SHORT_NAMES
from bot.search.text.tokens import STOP_WORDS

PAPERS = r"(?:papers?|preprints?|publications?|articles?|studies|surveys?|reviews?|theses)"

# What is counted in questions about machine learning: "in 2000 steps" is no year.
_UNITS = r"""(?:%|percent|k|[mb]illion|times|words?|tokens?|epochs?|steps?|iterations?|images?|samples?|examples?|
sentences?|languages?|hours?|days?|weeks?|months?|years?|seconds?|minutes?|ms|param(?:eter)?s?|layers?|dim(?:ension)?s?|
class(?:es)?|categor(?:y|ies)|pixels?|points?|nodes?|frames?|videos?|clips?|patients?|subjects?|participants?|people|users?|
items?|documents?|questions?|queries|tasks?|[gt]pus?|cores?|dollars|usd|euros?|[kmgt]b|[kmg]?hz|bits?|bytes|genes|cells|
molecules|proteins|neurons|channels?|features?|units|trials|runs|pairs|patch(?:es)?|heads?|instances?|annotations?|
labels?|recordings?|tweets|reviews|characters|lines|rows|categories|objects|scenes|schritten?|bildern?|wörtern?|epochen|
beispielen?|stunden|sekunden|minuten|mal|étapes|époques|mots|exemples|phrases|heures|secondes|fois)""".replace("\n", "")
_COUNT = re.compile(
    rf"\s*(?:(?!(?:and|or|on|in|of|for|with|about|from|using|to|the|a|that|which)\b)[a-z-]+\s+)?{_UNITS}(?!\w)",
    re.IGNORECASE,
)

_NEGATED = re.compile(
    r"(?:\b(?:not|except|excluding|besides|without|other\s+than|nicht|kein\w*|außer|ohne|pas|sauf|hors)|n['’]t)"
    r"(?:\s+for)?\s*$",
    re.IGNORECASE,
)
# "tweets from 2020": what a paper is about, not when it came out.
_ABOUT = re.compile(
    r"\b(?:data|records|tweets|observations|measurements|scans|recordings|elections?|pandemic|lockdowns?|crisis|war)\s*$",
    re.IGNORECASE,
)
_AFTER_PAPERS = re.compile(rf"\b(?:{PAPERS}|works?|best|top(?:\s+\d+)?|research)\s*$", re.IGNORECASE)
_OF_PAPERS = re.compile(
    rf"(?:^|[,;:]|\b(?:{PAPERS}|works?|anything|something|everything|ones?|stuff|research)(?:\s+(?:that|which))?"
    r"(?:\s+(?:is|are))?)\s*$",
    re.IGNORECASE,
)

_WORD_BEFORE = re.compile(r"([\w-]+)\s*$")
# Data sets, standards and venues whose names have a year, as people type them in lower case.
_NAMES = frozenset(
    """aaai acl brats chi cifar coco coling conll cvpr eccv emnlp iccv icassp iclr icml ijcai ilsvrc imagenet
    interspeech isic iso iwslt kdd kitti librispeech miccai naacl neurips nips semeval sigir trec voc vot wacv wmt
    www activitynet bioasq clef davis dstc duc fgvc icdar inaturalist kinetics lvis mot msmarco nuscenes pascal
    semantickitti tac trecvid""".split()
)
# What is numbered, or comes out each year, "windows 2000", "challenge 2015", and what says "since" or "before" in other
# languages, which is left to a model.
_NUMBERED = frozenset(
    """windows office section chapter room version step steps size seed layer top challenge competition task edition
    workshop census track election elections dataset corpus benchmark conference world cup olympics euro agenda vision
    epoch epochs number than least most over under about around approximately nearly
    desde hasta antes después despues del dal fino prima dopo nel sinds voor na tot até ate""".split()
)

_TODAY_CUE = re.compile(
    r"\b(?:papers?|preprints?|new|news|newest|latest|out|posted|published|released|submitted|appeared|listed|added|"
    r"anything|something|happened|digest|arxiv|neu|neues|neue[nrs]?|kam|erschienen|arbeiten|artikel|etwas|nouveau\w*|nouvelle\w*"
    r"|sorti\w*|paru\w*|publi\w*)\b",
    re.IGNORECASE,
)
_TODAY_STATE = re.compile(
    r"\b(?:of|used?|using|known|available|exist|exists|even|still|common|possible|is|are|do|does)\s*$", re.IGNORECASE
)


_SPEAKS_OF_TIME = re.compile(
    r"(?<![\w.-])(?:19|20)[0-9]{2}(?![\w-])|\b(?:days?|weeks?|months?|quarters?|years?|decades?|since|ago|until|before|after|today"
    r"|yesterday|recent\w*|latest|newest|oldest|last|past|spring|summer|autumn|winter|christmas|easter|lockdowns?|pandemic"
    r"|tage?n?|wochen?|monate?n?|jahre?n?|seit|heute|gestern|neu\w*|jours?|semaines?|mois|ann[ée]es?|depuis|hier|r[ée]cent\w*"
    r"|d[ií]as?|semanas?|mes(?:es)?|años?|desde|hoy|ayer|giorn[io]|settiman\w|anno|anni|dal|oggi|ieri|dagen|weken|maanden?"
    r"|jaar|sinds|vandaag|gisteren|dias|ano|anos|hoje|ontem)\b",
    re.IGNORECASE,
)


def speaks_of_time(text: str) -> bool:
    """Whether a text has a word of time or a year in it, of several languages, whatever it means."""
    return bool(_SPEAKS_OF_TIME.search(text))


def is_count(match: re.Match[str]) -> bool:
    """Whether a number that looks like a year counts something: "in 2000 training steps", "up to 2000"."""
    if re.match(r"up\s+to\b", match.group(), re.IGNORECASE) and match.group().endswith("00"):
        return True
    return bool(_COUNT.match(match.string, match.end()))


def is_negated(match: re.Match[str]) -> bool:
    """Whether a date is one that is not wanted: "not from 2023"."""
    return bool(_NEGATED.search(match.string, 0, match.start()))


def is_about(match: re.Match[str]) -> bool:
    """Whether a date belongs to what papers are about: "tweets from 2020"."""
    return bool(_ABOUT.search(match.string, 0, match.start()))


def follows_papers(match: re.Match[str]) -> bool:
    """Whether a date follows what comes out: "papers of 2023"."""
    return bool(_AFTER_PAPERS.search(match.string, 0, match.start()))


def speaks_of_papers(match: re.Match[str]) -> bool:
    """Whether papers, or nothing at all, stand right before an age: "papers older than 3 years"."""
    return bool(_OF_PAPERS.search(match.string, 0, match.start()))


def follows_name(match: re.Match[str]) -> bool:
    """Whether a number follows a name, and so belongs to it: "ImageNet 2012 papers", "Coco 2017"."""
    word = _WORD_BEFORE.search(match.string, 0, match.start())
    if word is None:
        return False
    opens = not match.string[: word.start()].strip()
    name = word[1].lower()
    if name in _NAMES or name in SHORT_NAMES:
        return True
    return any(char.isupper() for char in (word[1][1:] if opens else word[1]))


def speaks_of_today(match: re.Match[str]) -> bool:
    """Whether "today" is the day of publication, rather than "nowadays" as in "which models are used today"."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    if _TODAY_STATE.search(before):
        return False
    if match.group()[-1] in "sS":
        return bool(
            re.match(rf"\s*(?:$|[?.!]|(?:[a-z-]+\s+){{0,2}}(?:{PAPERS}|news|digest|arxiv|list))", after, re.IGNORECASE)
        )
    return bool(_TODAY_CUE.search(match.string)) or len((before + after).split()) <= 1


# What may stand beside a year that is all that is asked: "anything 2021", "only 2023 please", "nur 2021 bitte".
_FILLERS = frozenset(
    """anything something everything stuff ones one papers paper articles work works things only just please pls from in
    of the any all some what about whats what's and or so ok hm good great best cool new gimme give me us show list find
    got get have you your is there are do now year
    alles etwas was nur bitte gibt es aus von und gute jahr im papiere arbeiten artikel zeig mir
    tout quelque chose les des de en seulement et stp articles année quoi montre moi""".split()
)
_ANY_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_KEYWORDS = 6
FIRST_TOPIC_YEAR = 2001
"""Behind a topic, 2000 and smaller are counts and titles more often than years: "windows 2000", "orwell 1984"."""


def stands_alone(match: re.Match[str]) -> bool:
    """Whether a year is all that is asked for: "2021?", "anything 2021", "only 2023 please"."""
    around = f"{match.string[: match.start()]} {match.string[match.end() :]}"
    return "\0" not in around and all(word.casefold() in _FILLERS for word in _ANY_WORD.findall(around))


def ends_keywords(match: re.Match[str]) -> bool:
    """Whether a year stands at the end or the beginning of a few keywords: "image classification 2021"."""
    before, after = match.string[: match.start()].strip(), match.string[match.end() :].strip(" ?.!")
    words = _ANY_WORD.findall(before or after)
    if (before and after) or not 1 <= len(words) <= _KEYWORDS or match.string.count("\0"):
        return False
    if any(word.casefold() in STOP_WORDS or word.casefold() in _NUMBERED for word in words):
        return False
    if before:
        return not follows_name(match) and not any(char.isdigit() for char in words[-1])
    return bool(words[0].islower())
