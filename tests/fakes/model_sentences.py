"""Sentences of abstracts, changed: true ones in other words, and ones with other figures."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

_FIGURE = re.compile(r"(?<![\w.,/-])\d+(?:[.,]\d+)*(?![\w/-]|[.,]\d)")
_ASIDE = re.compile(r"\s*\((?![^)]*\d)[^()]*\)")
_SUBORDINATE = re.compile(r", (?:which|where|while|whereas|although|because|since|so that)\b[^,;]*(?=,|[.!?]$)")
_OPENER = re.compile(
    r"(?P<opener>Because|While|When|By|On|In|With|For|To|Although|Since|Under|At|From|Using|Through|After|Unlike)"
    r"(?P<clause> [^,;]{8,}), (?P<main>[^;]{20,}?)(?P<stop>[.!?])"
)
_CLOSER = re.compile(
    r"(?P<main>[^;]{20,}?),? (?P<closer>motivated by|while|when|by|using|because|without|across|through|for|on|in|with)"
    r"(?P<clause>(?: [^\s,;:]+){2,14})(?P<stop>[.!?])"
)
_NAME_BEFORE = re.compile(r"(?<=\s)[A-Z]\w*\s$")
_PLAIN_OPENERS = frozenset("The A An It Its This These Both In On Our We Several One Some Many".split())
_VOICE = (
    (re.compile(r"^We\b"), "The authors"),
    (re.compile(r"\bwe\b"), "the authors"),
    (re.compile(r"\b([Oo])ur\b"), "the authors'"),
    (re.compile(r"^This (?:paper|study|work)\b"), "The work"),
)


def figures_in(sentence: str) -> list[str]:
    """Return the figures of a sentence, not those within names."""
    return [match[0] for match in _figures(sentence)]


def with_figure(sentence: str, old: str, new: str) -> str:
    """Return a sentence with one figure in the place of another."""
    match = next(match for match in _figures(sentence) if match[0] == old)
    return sentence[: match.start()] + new + sentence[match.end() :]


def foreign_figure(figure: str, texts: Iterable[str]) -> str:
    """Return a figure like another one that stands in none of the texts."""
    known = "\n".join(texts)
    start = int(re.sub(r"\D", "", figure)[:6]) * 3 + 7
    return next(candidate for candidate in map(str, itertools.count(start)) if candidate not in known)


def swap(sentences: Sequence[str], preferred: str) -> str | None:
    """Return a sentence with a figure of another sentence of the same abstract; None where there are no two figures.

    The preferred sentence is changed where it has a figure.
    """
    ordered = [preferred, *(sentence for sentence in sentences if sentence != preferred)]
    for sentence, other in itertools.chain(itertools.permutations(ordered, 2), ((one, one) for one in ordered)):
        for old, new in itertools.product(figures_in(sentence), figures_in(other)):
            if old != new and (other == sentence or new not in figures_in(sentence)):
                return with_figure(sentence, old, new)
    return None


def reworded(sentence: str) -> str:
    """Return a sentence that is as true and not verbatim.

    What stands in brackets and one subordinate clause are left out, clauses change places, "we" becomes "the authors".
    """
    shorter = _ASIDE.sub("", sentence)
    cut = _SUBORDINATE.sub("", shorter, count=1)
    if len(cut.split()) >= 8:
        shorter = cut
    for pattern, words in _VOICE:
        shorter = pattern.sub(words, shorter)
    if match := _OPENER.fullmatch(shorter):
        main, opener = match["main"], match["opener"].lower()
        return f"{main[:1].upper()}{main[1:]}, {opener}{match['clause']}{match['stop']}"
    if match := _CLOSER.fullmatch(shorter):
        closer = match["closer"].capitalize()
        return f"{closer}{match['clause']}, {_in_mid_sentence(match['main'])}{match['stop']}"
    return shorter if shorter != sentence else f"As the abstract says, {_in_mid_sentence(sentence)}"


def _figures(sentence: str) -> Iterator[re.Match[str]]:
    return (match for match in _FIGURE.finditer(sentence) if not _NAME_BEFORE.search(sentence, 0, match.start()))


def _in_mid_sentence(text: str) -> str:
    first, _, rest = text.partition(" ")
    return f"{first.lower() if first in _PLAIN_OPENERS else first} {rest}"
