"""Conferences and journals under the names that people give them."""

import re

from bot.search.text.tokens import fold

# The usual short name, and how the long one is recognised in folded text.
_LONG_NAMES = {
    "NeurIPS": r"neural information processing systems|nips",
    "ICLR": r"(?:conference on )?learning representations",
    "ICML": r"international conference on machine learning",
    "ACL": r"(?:annual )?meeting of the association for computational linguistics",
    "EMNLP": r"empirical methods in natural language processing",
    "NAACL": r"north american chapter of the association for computational linguistics",
    "EACL": r"european chapter of the association for computational linguistics",
    "TACL": r"transactions of the association for computational linguistics",
    "COLING": r"international conference on computational linguistics",
    "CVPR": r"computer vision and pattern recognition",
    "ICCV": r"international conference on computer vision",
    "ECCV": r"european conference on computer vision",
    "AAAI": r"aaai conference on artificial intelligence",
    "IJCAI": r"international joint conferences? on artificial intelligence",
    "AISTATS": r"artificial intelligence and statistics",
    "UAI": r"uncertainty in artificial intelligence",
    "COLT": r"conference on learning theory",
    "KDD": r"knowledge discovery and data mining",
    "WWW": r"web conference|world wide web conference",
    "CoRL": r"conference on robot learning",
    "ICRA": r"international conference on robotics and automation",
    "IROS": r"intelligent robots and systems",
    "ICASSP": r"acoustics speech and signal processing",
    "MICCAI": r"medical image computing and computer assisted intervention",
    "JMLR": r"journal of machine learning research",
    "TMLR": r"transactions on machine learning research",
    "TPAMI": r"transactions on pattern analysis and machine intelligence",
    "SIGIR": r"research and development in information retrieval",
}
_SHORT_ONLY = (
    "AACL",
    "COLM",
    "CoNLL",
    "WACV",
    "BMVC",
    "RecSys",
    "CIKM",
    "WSDM",
    "Interspeech",
    "RSS",
    "SIGGRAPH",
    "CHI",
)

SHORT_NAMES = {name.lower(): name for name in (*_LONG_NAMES, *_SHORT_ONLY)}
"""Short names in small letters, and as they are written."""

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def venue_names(venue: str) -> list[str]:
    """Return the folded names under which `venue` may be asked for: those with its year first, where one is told.

    "Proceedings of NeurIPS 2023 (oral)" is asked for as "neurips 2023" and "neurips"; of a venue without a short name
    in use, what precedes volumes and pages is the name: "Nature 623, 493 (2023)".
    """
    text = _words(venue)
    year = _YEAR.search(text)
    bare = _YEAR.sub(" ", text)
    head = " ".join(bare.split()) if bare[:1].isdigit() else " ".join(re.split(r"\d", bare)[0].split())
    names = [short for short in SHORT_NAMES if _mentions(short, bare)] or [head] * bool(head)
    dated = [f"{name} {year.group()}" for name in names] if year else []
    return [*dated, *names]


def _words(text: str) -> str:
    # A short year is written out, "NeurIPS'23", and parted from the name, "NeurIPS2023".
    folded = re.sub(r"['’](\d\d)\b", r" 20\1", fold(text))
    folded = re.sub(r"\b([a-z]{3,})((?:19|20)\d\d)\b", r"\1 \2", folded)
    return " ".join(re.findall(r"[^\W_]+", folded))


def _mentions(short: str, text: str) -> bool:
    if re.search(rf"\b{short}\b", text):
        return True
    long = _LONG_NAMES.get(SHORT_NAMES[short])
    return bool(long and re.search(rf"\b(?:{long})\b", text))
