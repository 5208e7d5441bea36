"""Papers that a question names by what they call their own model, data or method: "Stormer", "SpikeGPT"."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.models import Paper
from bot.search.engine.forward import title_name
from bot.search.engine.protocol import PaperIndex
from bot.search.engine.scoring import lucene_idf
from bot.search.text.tokens import tokenize, without_latex

# What a paper says before the name that it gives: "we introduce Stormer", "a benchmark, called GenoTEX", "dubbed X".
_GIVES = (
    r"\b(?:introduc\w+|propos\w+|present(?:s|ed|ing)?|develop(?:s|ed)?|releas(?:e|es|ed|ing)|call(?:ed|ing)?|dub(?:bed)?"
    r"|nam(?:e|ed)|term(?:ed)?|design(?:s|ed)?|creat(?:e|ed)|refer(?:red)?\s+to\s+as)"
    r"[\s,:\"“'(]+(?:(?!(?:in|at|on|for|to|with|of|by|from|than|over|using|like)\b)[\w-]+[\s,:\"“'(]+){0,3}?"
)
_WORD = re.compile(r"[^\W_][\w-]*[^\W_]\+*")
_CAPITAL = re.compile(r"(?=[^\W_])[^a-z\W]|[^\W\d_]\d|\d[^\W\d_]|[^\W_][A-Z]")
_MIXED = re.compile(r"[a-z].*[A-Z]|[A-Z]{2,}.*[a-z]|[^\W\d_]-?\d|\d[^\W\d_]")
_MARKS = " \t\"'“”‘’«»„([{*_`>#"
_MOST_WORDS = 60
_TITLE_WORDS = 3
_OFTEN = 3
"""An abstract that has a rare name so often is about it, however it brings it in."""

_MOST_PAPERS = 3
"""A name that more papers have, such as BERT or DNA, says of none that it is the one asked about."""

_SHORTEST = 3
_SHORTEST_LOWER = 5
"""Typed in lower case, shorter names are words: "dog" is no DoG, "and" no AND."""


def is_named_by_title(question: str, title: str) -> bool:
    """Whether `question` has the name that opens `title`, in just this spelling, with a capital: "STEP", "Tailor".

    A capital that opens the question, where every word has one, is none, nor are those of a question in capitals.
    Measured, putting such papers first is worth .002 nDCG@10 on ml-papers and costs nothing on scifact and cranfield.
    """
    name = without_latex(title_name(title))
    words = name.split()
    if len(name) < _SHORTEST or len(words) > _TITLE_WORDS or not all(map(_CAPITAL.match, words)):
        return False
    at = question.find(name)
    if at < 0 or question.isupper():
        return False
    before, after = question[at - 1 : at], question[at + len(name) : at + len(name) + 1]
    if before.isalnum() or after.isalnum() or before == "-" or after == "-":
        return False
    if (before, after) == ("(", ")"):
        return False  # short for what the question has spelled out, and may be so for many papers: "… disease (COPD)"
    opens = not question[:at].strip(_MARKS)
    return not opens or name.isupper() or (len(words) == 1 and bool(_MIXED.search(name)))


def own_name(paper: Paper, name: str) -> bool:
    """Whether a paper gives `name`, in just this spelling, to what it is about, in its title or its abstract."""
    head, colon, _ = paper.title.partition(":")
    if colon and name in _WORD.findall(head) and len(head.split()) <= _TITLE_WORDS:
        return True
    times = len(re.findall(rf"(?<![\w-]){re.escape(name)}(?![\w-])", paper.abstract))
    if not times:
        return False
    if times >= _OFTEN or re.search(rf"(?<![\w-]){re.escape(name)} is (?:an?|the|our)\b", paper.abstract):
        return True
    return re.search(rf"(?i:{_GIVES})(?:(?:\w+\s+){{0,4}}\()?{re.escape(name)}(?![\w-])", paper.abstract) is not None


def named_in(question: str, papers: Sequence[Paper], index: PaperIndex) -> list[Paper]:
    """Return the papers that a question names, in their order; `index` tells how many papers have a name.

    A name with a capital inside or a digit counts however it is typed, for no everyday word is written so; others
    count only with their own capitals and not as a question's first word, where every word has one. The name that opens
    a title counts, with its own capitals, even if it is a common word: "STEP".
    """
    titled = [paper for paper in papers if is_named_by_title(question, paper.title)]
    heads = Counter(title_name(paper.title) for paper in titled)
    by_title = {paper.key for paper in titled if heads[title_name(paper.title)] <= _MOST_PAPERS}
    return [paper for paper in papers if paper.key in by_title or own_names_in(question, paper, index)]


def own_names_in(question: str, paper: Paper, index: PaperIndex) -> list[str]:
    """Return the names in a question that a paper gives to what it is about, spelled as the paper has them."""
    rare = lucene_idf(index.size, _MOST_PAPERS)
    asked = [
        (word, first) for word, first in _asked(question) if any(index.idf(term) >= rare for term in tokenize(word))
    ]
    return [name for name in _spelled(asked, paper) if own_name(paper, name)]


def _asked(question: str) -> Iterator[tuple[str, bool]]:
    """Yield the words of a question, and whether each stands first in it."""
    for number, match in enumerate(_WORD.finditer(question[:1000])):
        if number >= _MOST_WORDS:
            return
        if len(match.group()) >= _SHORTEST:
            yield match.group(), number == 0


def _spelled(asked: Sequence[tuple[str, bool]], paper: Paper) -> Iterator[str]:
    """Yield the names among `asked`, spelled as the paper has them."""
    text = f"{paper.title}\n{paper.abstract}"
    folded = text.casefold()
    for word, first in asked:
        if word.casefold() not in folded:
            continue
        if not first and _CAPITAL.match(word) and word in text:
            yield word
        for match in re.finditer(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text, re.IGNORECASE):
            if _MIXED.search(match.group()) and (match.group() == word or len(word) >= _SHORTEST_LOWER):
                yield match.group()
                break
