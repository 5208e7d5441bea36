"""From the words of a query to the terms that are searched for."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, pairwise

from bot.search.engine.near_terms import near_terms
from bot.search.engine.protocol import PaperIndex
from bot.search.engine.scoring import lucene_idf
from bot.search.ranking.request_words import without_request_words
from bot.search.text.tokens import phrase_terms, tokenize

NAME_WEIGHT = 3
"""How often a name counts that only one paper has: "PSCA meaning?" is about PSCA. With names of more papers,
such as RL, requests for ML papers lose .01 nDCG@10."""

# A digit beside letters, or a capital that doesn't open the word: BERT4Rec, GPT-4, dSVA, PSCA. Looked for where words
# begin and within 64 characters: one of 50,000 would take minutes otherwise.
_NAME = re.compile(r"(?<![^\W_])(?=\w{0,64}[^\W\d_]-?\d|\w{0,64}\d[^\W\d_]|\w{0,64}[^\W_]-?[A-Z])[^\W_][\w-]*")
_LONG_ENOUGH = 5
_LONG_FOR_TWO = 8
"""Shorter words have too many others two errors away."""

_MOST_UNKNOWN = 50
"""So many words are looked for with typing errors; a text of 50,000 characters could have thousands, for 20 seconds."""
_NAME_LENGTH = 3

# As people type: contractions without the apostrophe, which are no stop words, and courtesies. Capitals make names of
# them: PLS, U-Net.
_TYPED = re.compile(
    r"(?<![\w-])(?:[Ww]hats|[Ww]hos|[Ww]heres|[Hh]ows|[Tt]hats|[Tt]heres|[Dd]ont|[Dd]oesnt|[Dd]idnt|[Ii]snt|[Aa]rent"
    r"|[Cc]ant|[Ii]m|[Ii]ve|etc|kinda|pls|plz|thx|u|ur)(?![\w-])"
)


@dataclass(frozen=True, slots=True)
class AskedTerm:
    """A term of a question, once however often it was said: what papers may write for it, and its weight (idf)."""

    term: str
    forms: frozenset[str]
    weight: float
    is_name: bool
    is_known: bool


def query_terms(question: str, keywords: Sequence[str], index: PaperIndex) -> list[str]:
    """Return the terms of a question and of keywords written for it, as one query.

    Keywords count twice as much as the question: with equal weight fewer papers are found within five places. Two
    words that the papers write as one ("spike gpt") are looked for as one too. A longer word that no paper has stands
    for those that differ by one typing error, or by two.
    """
    asked = _without_typed(question)
    known = _Known(index)
    terms = tokenize(asked)
    own = lucene_idf(index.size, 1)
    names = [term for term in _name_terms(asked) if index.idf(term) >= own]
    joined = [both for first, second in pairwise(terms) if known(both := first + second)]
    unknown = _long_unknown(terms, known)
    near = index.near_terms(unknown) if unknown else []
    return [*terms, *names * (NAME_WEIGHT - 1), *joined, *near, *tokenize(" ".join(keywords)) * 2]


def question_terms(question: str) -> list[str]:
    """Return the terms of a question's own words, without those that do the asking."""
    return tokenize(_without_typed(question))


def asked_terms(question: str, searched: Sequence[str], index: PaperIndex) -> list[AskedTerm]:
    """Return the terms of a question, with the forms for which `searched`, its `query_terms`, looked.

    A form is the term itself, the one word for it and its neighbour, or a word that differs by one typing error. A
    word with a capital that no paper has is taken for a name too.
    """
    asked = _without_typed(question)
    known = _Known(index)
    terms = tokenize(asked)
    names = frozenset(_name_terms(asked))
    capital = frozenset(tokenize(" ".join(word for word in asked.split() if word[:1].isupper())))
    forms: dict[str, set[str]] = {term: {term} for term in terms}
    for first, second in pairwise(terms):
        if known(both := first + second):
            forms[first].add(both)
            forms[second].add(both)
    for term in _long_unknown(terms, known):
        forms[term].update(near_terms([term], [sorted(set(searched))]))
    found: list[AskedTerm] = []
    for term, written in forms.items():
        is_known = any(map(known, written))
        is_name = term in names or (term in capital and not is_known)
        found.append(AskedTerm(term, frozenset(written), index.idf(term), is_name, is_known))
    return found


def unknown_names(question: str, asked: Iterable[AskedTerm]) -> list[str]:
    """Return the names in a question of which no paper has any part; `asked` are its terms.

    Names of one or two characters are abbreviations such as PE and LM, which papers may write out.
    """
    known = {term.term for term in asked if term.is_known}
    named = ((name, tokenize(name)) for name in _NAME.findall(_without_typed(question)))
    return [name for name, terms in named if len(name) >= _NAME_LENGTH and terms and not _drop_numbers(terms) & known]


def _drop_numbers(terms: Iterable[str]) -> set[str]:
    """Return the terms that have a letter: the "4" of GPT-4 is in many papers."""
    return {term for term in terms if not term.isdigit()}


def _without_typed(question: str) -> str:
    return without_request_words(_TYPED.sub(" ", question))


def _name_terms(asked: str) -> list[str]:
    return [term for name in _NAME.findall(asked) for term in tokenize(name)]


def _long_unknown(terms: Sequence[str], known: "_Known") -> list[str]:
    unknown = (term for term in dict.fromkeys(terms) if len(term) >= _LONG_ENOUGH and not known(term))
    return list(islice(unknown, _MOST_UNKNOWN))


class _Known:
    """Whether papers have a term."""

    def __init__(self, index: PaperIndex) -> None:
        self._index = index
        self._none = index.idf("\0")  # the weight of a term that no paper has

    def __call__(self, term: str) -> bool:
        return self._index.idf(term) < self._none


def phrases_held(phrases: Iterable[str], texts: Sequence[str]) -> int:
    """Return how many different phrases stand in one of `texts`, such as a paper's title and abstract.

    Stop words count neither in a phrase nor in a text, nor does the way in which a compound is written: "spike gpt"
    is in "SpikeGPT", "GPT4 scores" in "GPT-4 scores". A phrase of stop words alone is in none. Every text is
    tokenized once, about 0.2 ms an abstract; so call this in a thread.
    """
    wanted = {"".join(terms) for phrase in phrases if (terms := phrase_terms(phrase))}
    if not wanted:
        return 0
    held = [_Joined(phrase_terms(text)) for text in texts]
    return sum(any(text.holds(phrase) for text in held) for phrase in wanted)


def holds_phrase(phrase: str, texts: Sequence[str]) -> bool:
    """Whether a phrase occurs in one of `texts`."""
    return phrases_held([phrase], texts) == 1


class _Joined:
    """Terms as one string, and where in it terms begin and end."""

    def __init__(self, terms: Sequence[str]) -> None:
        self._text = "".join(terms)
        self._bounds = {0, *accumulate(map(len, terms))}

    def holds(self, joined: str) -> bool:
        at = self._text.find(joined)
        while at >= 0:
            if at in self._bounds and at + len(joined) in self._bounds:
                return True
            at = self._text.find(joined, at + 1)
        return False
