"""What each sentence of an abstract says about a paper: problem, method, data, result, limits, cost or code.

Found by cue phrases, and by whether a sentence comes before or after the one in which the authors begin to speak of
their own work. Cues were chosen on every other paper of bench/slot_labels.tsv; `python -m bench.extracts` reports the
rest.
"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache


class Slot(StrEnum):
    """What a sentence says; the value is the label of a row."""

    PROBLEM = "Problem"
    METHOD = "Method"
    DATA = "Data"
    RESULT = "Result"
    LIMITS = "Limits"
    COST = "Cost"
    CODE = "Code"


FITS = 0.5
"""The least score with which a sentence serves a slot; 1 is a sure cue where it is expected."""


def _cues(*patterns: str) -> re.Pattern[str]:
    # Looked for where words begin only, which is five times as fast as everywhere.
    return re.compile(rf"\b(?:{'|'.join(patterns)})", re.IGNORECASE)


_DID = (
    r"propos|introduc|present|develop|design|employ|adopt|extend|implement|devis|formulat|describ|explor|investigat"
    r"|stud(?:y|ied)|examin|evaluat|compar|review|survey|categori[sz]|construct|build|built|train|use|apply|appli"
    r"|conduct|reproduc|identif|combin|leverag|exploit|analy[sz]|report|assess|optimi[sz]|integrat|test|collect|take"
)
# Where the authors begin to speak of their own work.
_OWN = _cues(
    rf"we (?:\w+ly |also |first |then |further )?(?:{_DID}|aim|show|find|prove|demonstrate|target)\w*",
    r"(?:in|with) this (?:paper|work|study|survey|article|thesis|dissertation)",
    r"(?:this|the present|our) (?:paper|work|study|survey|article|thesis|dissertation|approach|method|model)",
    r"^here(?:in)?,? we\b",
    r"^(?:to (?:this end|address|tackle|solve|overcome|fill|mitigate|remedy)|towards? this)",
)
_ADVERSE = _cues(r"^(?:however|but|yet|unfortunately)\b")

_PROBLEM = _cues(
    r"however\b|^but\b|yet\b|unfortunately|regrettably|nevertheless|despite\b|although\b",
    r"challeng|difficult|lack(?:s|ing)?\b|limit(?:ed|ation|ing)|suffer|fail(?:s|ed|ure)?\b|struggl",
    r"problem|issue|bottleneck|costly|expensive|burden|hinder|unclear|remains?\b|unexplored",
    r"not (?:applicable|beneficial|well|transfer|been|leverage)|degrad|drawback|deficien|ignor|neglect",
    r"overlook|restrict|poor|gap\b|cannot\b|can not\b|unable|sacrific|imped|hamper|disharmony",
    r"requir(?:es|ed|ing)\b|rel(?:y|ies) (?:heavily |solely )?on\b|complexity\b|question\b|inevitabl|scarce",
)
_OWN_PROBLEM = _cues(
    r"(?:address|tackle|solve|fill|target)\w* (?:the|this|these|two|an?|such)\b"
    r".{0,40}\b(?:problem|challenge|issue|gap)",
    r"we (?:aim|focus|seek|ask)\b|in this (?:work|paper|study), we (?:aim|focus)|the (?:goal|aim) of this",
    r"explores? whether|investigates? whether",
    r"unfortunately|regrettably|challenge amplif|(?:still|often) (?:suffer|remain)",
)
_METHOD = _cues(
    rf"we (?:\w+ly |also |first |then |further )?(?:{_DID})\w*|(?:is|are) (?:proposed|introduced|presented)\b",
    r"novel\b|to this end\b|specifically\b|^(?:first|second|third|additionally|furthermore|moreover)(?:ly)?,",
    r"(?:consists?|composed|comprises?) (?:of|an?)?\b|based on\b|named\b|termed\b|module\b|mechanism\b",
    r"(?:this|the) (?:paper|work|survey|article|study) (?:also )?\w+s\b|our (?:method|approach|model|framework)\b",
    r"strategy\b|integrat|incorporat|utili[sz]|by \w+ing\b",
)
_RESULT = _cues(
    r"outperform|surpass|achiev(?:e|es|ed|ing)\b|exceed|superior|competitive|comparable|on par\b",
    r"reach(?:es|ed)\b|beats?\b",
    r"(?:experiment\w*|results?|evaluations?|findings|analys[ei]s) (?:\w+ ){0,6}(?:show|demonstrat|indicat|suggest|"
    r"confirm|reveal|prove|verif|highlight)",
    r"we (?:also |further )?(?:find|found|show|demonstrate|prove|observe|reveal|discover)\b(?! an?\b)",
    r"our (?:findings|results)",
    r"state-of-the-arts?\b|sota\b|consistently\b|surprisingly|remarkabl|(?:fared|performs?) \w*(?:better|well)",
    r"best (?:results|performance|overall)|uncover|improv(?:es|ed) (?:\w+ ){0,4}by\b|lowers? (?:\w+ ){0,4}by\b",
)
_FIGURE = re.compile(r"\d(?:\.\d+)?\s?\\?%|\b\d+(?:\.\d+)?\s?(?:x|×|times)\b|\bscores? of \d|\b0\.\d+\b", re.IGNORECASE)
_CORPUS = _cues(
    r"(?:data-?sets?|benchmarks?|corpus|corpora|test sets?|recordings|citation network)\b",
    r"(?:ImageNet|CIFAR|COCO|GLUE|WMT|MNIST|LibriSpeech|AudioSet|Kinetics|WikiText|SQuAD|Atari)",
)
_NAMED = re.compile(
    r"\b(?:[A-Z]{2,}[\w+/-]*|[A-Z][a-z]+[A-Z][\w-]*|[A-Z][\w-]*\d[\w-]*|\d[\d,]{1,}|(?:two|three|four|five|six|several)\b)"
    r"|\b(?:on|the) [A-Z]\w+"
)
_USED = _cues(
    r"(?:train|pretrain|evaluat|experiment|test|validat|collect|annotat|construct|assembl|appl|creat|releas|explor)\w*",
)
_COST = _cues(
    r"\d+(?:\.\d+)?\s?[MBK]\b(?!\w)|parameters?\b|parameter-\w+|FLOPs?\b|MACs?\b|[GT]PUs?\b|GPU",
    r"memory\b(?! network)|latency|throughput",
    r"comput(?:e|ation|ational) (?:cost|time|budget|burden|complex|efficien|resource)",
    r"(?:training|inference) (?:cost|time|speed|efficien|data and compute)|costs?\b|energy\b|power\b|carbon\b",
    r"speed(?:s|ed)?[ -]?ups?\b|speed(?:s|ed)? up\b|(?:times|[x×]) (?:faster|fewer|smaller|less|more efficient)",
    r"faster\b|light-?weight|(?:linear|quadratic) complexity|complexity\b|efficiency\b|less (?:\w+ ){0,3}compute",
    r"resource demands?\b|low(?:er)?[ -](?:power|bit)|real[ -]time\b|model size\b",
)
# Read by hand in 1,500 abstracts of ml-papers: three of four sentences found state a limit of their own paper.
_LIMITS = _cues(
    r"(?:a|one|main|our|key) limitations?\b|limitations? (?:of|in|to) (?:our|this|the proposed)\b",
    r"(?<!not )(?:limited|confined) to\b|only (?:applicable|valid|applies|apply|holds?|works?|when)\b",
    r"remains? (?:open|unclear|to be|(?:an? )?(?:open|challeng|future))|at the (?:cost|expense) of\b",
    r"(?:still|often) (?:fails?|struggles?|lags?|suffers?|falls? short)",
    r"(?:does|do) not (?:generali[sz]e|hold|scale|transfer)|caveat|we (?:assume|leave)\b|under the assumption",
    r"modest degradation|lack strong\b|there is (?:still|much) (?:large |ample |significant )?(?:room|gap)",
    r"room for improvement|far from (?:solved|human|perfect)",
)
_OTHERS = _cues(
    r"(?:existing|existed|previous|prior|past|traditional|conventional|other|these|such|recent|address|overcome|unlike|mitigate)\b",
    r"(?:inspire|foster|facilitate|encourage|spark) \w*",
)
# What is said to be fixed next is no limit of the paper.
_FIXED_NEXT = _cues(r"^(?:therefore, )?to (?:mitigate|address|overcome|tackle|solve|remedy|alleviate|handle|resolve) ")
_CODE = _cues(
    r"(?:code|codes|implementation|weights|checkpoints?|models?|project(?: page)?|library|data-?sets?|toolkit)\b.{0,60}"
    r"(?:\b(?:available|released?|open-?source[ds]?|public(?:ly)?|found|accessed)\b|https?://|github)",
    r"(?:releas|open-?sourc|publish)\w* (?:\w+ ){0,4}(?:code|weights|models?|checkpoints?|library|implementation)\b",
)
_CODE_WORDS = ("availab", "releas", "open", "publi", "http", "github", "found", "access")


def slot_scores(sentences: Sequence[str]) -> Sequence[Mapping[Slot, float]]:
    """Return for each sentence of an abstract, in reading order, the slots that it may serve.

    Each has a score, over 0 and up to 1; those of at least `FITS` count.
    """
    return _slot_scores(tuple(sentences))


# A summary asks twice: for the sentence in short, and for the rows below.
@lru_cache(maxsize=256)
def _slot_scores(sentences: tuple[str, ...]) -> tuple[Mapping[Slot, float], ...]:
    starts = next((place for place, text in enumerate(sentences) if _OWN.search(text) and not _ADVERSE.match(text)), 0)
    found = [_scores(sentence, place, starts) for place, sentence in enumerate(sentences)]
    for place, sentence in enumerate(sentences):
        if _FIXED_NEXT.search(sentence):
            for before in found[max(0, place - 2) : place]:
                before.pop(Slot.LIMITS, None)
    return tuple(found)


def forget() -> None:
    """Let go of what is kept from earlier calls, so that the next ones can be timed."""
    _slot_scores.cache_clear()


def _scores(sentence: str, place: int, starts: int) -> dict[Slot, float]:
    own = place >= starts
    found = {
        Slot.PROBLEM: _problem(sentence, own=own),
        Slot.RESULT: _result(sentence) * (0.6 if place == starts else 1.0) if own else 0.0,
        Slot.DATA: _data(sentence) if own else 0.0,
        Slot.COST: min(1.0, 0.5 * _count(_COST, sentence) + 0.2 * _has(_FIGURE, sentence)) if own else 0.0,
        Slot.LIMITS: 0.7 * _limits(sentence) if place > starts else 0.0,
        Slot.CODE: 1.0 * _code(sentence),
    }
    found[Slot.METHOD] = _method(sentence, found, first=place == starts) if own else 0.0
    if found[Slot.CODE]:
        found = {slot: score if slot is Slot.CODE else score * 0.4 for slot, score in found.items()}
    return {slot: score for slot, score in found.items() if score > 0}


def _problem(sentence: str, *, own: bool) -> float:
    if own:
        return 0.6 * _has(_OWN_PROBLEM, sentence)
    return min(1.0, 0.4 + 0.25 * _count(_PROBLEM, sentence)) if _PROBLEM.search(sentence) else 0.2


def _method(sentence: str, other: dict[Slot, float], *, first: bool) -> float:
    # What authors say of their own work is what they did, unless it is what came of it.
    outcome = max(other[Slot.RESULT], other[Slot.LIMITS])
    score = min(1.0, 0.4 + 0.2 * _count(_METHOD, sentence) + 0.2 * first)
    return score if first else max(0.0, score - 0.5 * outcome)


def _result(sentence: str) -> float:
    cues = _count(_RESULT, sentence)
    return min(1.0, 0.5 * cues + 0.25 * _has(_FIGURE, sentence))


def _data(sentence: str) -> float:
    if not _CORPUS.search(sentence):
        return 0.0
    return 0.4 + 0.3 * _has(_NAMED, sentence) + 0.2 * _has(_USED, sentence)


def _limits(sentence: str) -> bool:
    return _has(_LIMITS, sentence) and not _has(_OTHERS, sentence)


def _code(sentence: str) -> bool:
    # The first test is for speed: most sentences end there.
    return any(word in sentence.lower() for word in _CODE_WORDS) and _has(_CODE, sentence)


def _has(cues: re.Pattern[str], sentence: str) -> bool:
    return cues.search(sentence) is not None


def _count(cues: re.Pattern[str], sentence: str) -> int:
    """Return how many different cues a sentence has, at most three."""
    return min(3, len({match.group().casefold() for match in cues.finditer(sentence)}))
