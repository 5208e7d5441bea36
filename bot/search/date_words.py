"""The words around a number or a "today" which tell whether it is meant as a date of publication."""

import re

PAPERS = r"(?:papers?|preprints?|publications?|articles?|studies|surveys?|reviews?|theses)"

# What is counted in questions about machine learning: "in 2000 steps" is no year.
_UNITS = r"""(?:%|percent|k|[mb]illion|times|words?|tokens?|epochs?|steps?|iterations?|images?|samples?|examples?|
sentences?|languages?|hours?|days?|weeks?|months?|years?|seconds?|minutes?|ms|param(?:eter)?s?|layers?|dim(?:ension)?s?|
class(?:es)?|categor(?:y|ies)|pixels?|points?|nodes?|frames?|videos?|clips?|patients?|subjects?|participants?|people|users?|
items?|documents?|questions?|queries|tasks?|[gt]pus?|cores?|dollars|usd|euros?|[kmgt]b|[kmg]?hz|bits?|bytes|genes|cells|
molecules|proteins|neurons|channels?|features?|units|trials|runs|pairs|patch(?:es)?|heads?|instances?|annotations?|
labels?|recordings?|tweets|reviews|characters|lines|rows|categories|objects|scenes)""".replace("\n", "")
_COUNT = re.compile(
    rf"\s*(?:(?!(?:and|or|on|in|of|for|with|about|from|using|to|the|a|that|which)\b)[a-z-]+\s+)?{_UNITS}(?!\w)",
    re.IGNORECASE,
)

_NEGATED = re.compile(
    r"(?:\b(?:not|except|excluding|besides|without|other\s+than)|n['’]t)(?:\s+for)?\s*$", re.IGNORECASE
)
# "tweets from 2020": what a paper is about, not when it came out.
_ABOUT = re.compile(
    r"\b(?:data|records|tweets|observations|measurements|scans|recordings|elections?|pandemic|lockdowns?|crisis|war)\s*$",
    re.IGNORECASE,
)
_AFTER_PAPERS = re.compile(rf"\b(?:{PAPERS}|works?|best|top|research)\s*$", re.IGNORECASE)

_WORD_BEFORE = re.compile(r"([\w-]+)\s*$")
# Data sets, standards and venues whose names have a year, as people type them in lower case.
_NAMES = frozenset(
    """aaai acl brats chi cifar coco coling conll cvpr eccv emnlp iccv icassp iclr icml ijcai ilsvrc imagenet
    interspeech isic iso iwslt kdd kitti librispeech miccai naacl neurips nips semeval sigir trec voc vot wacv wmt
    www""".split()
)

_TODAY_CUE = re.compile(
    r"\b(?:papers?|preprints?|new|news|newest|latest|out|posted|published|released|submitted|appeared|listed|added|"
    r"anything|something|happened|digest|arxiv)\b",
    re.IGNORECASE,
)
_TODAY_STATE = re.compile(
    r"\b(?:of|used?|using|known|available|exist|exists|even|still|common|possible|is|are|do|does)\s*$", re.IGNORECASE
)


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


def follows_name(match: re.Match[str]) -> bool:
    """Whether a number follows a name, and so belongs to it: "ImageNet 2012 papers", "Coco 2017"."""
    word = _WORD_BEFORE.search(match.string, 0, match.start())
    if word is None:
        return False
    opens = not match.string[: word.start()].strip()
    return word[1].lower() in _NAMES or any(char.isupper() for char in (word[1][1:] if opens else word[1]))


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
