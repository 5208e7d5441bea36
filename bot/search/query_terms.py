"""From the words of a query to the terms that are searched for."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.search.bm25 import lucene_idf
from bot.search.protocol import PaperIndex
from bot.search.request_words import without_request_words
from bot.search.tokens import tokenize
from bot.search.typos import near_terms

NAME_WEIGHT = 3
"""How often a name counts that stands in one paper alone: "PSCA meaning?" is about PSCA. With names of more papers,
such as RL, requests for ML papers lose .01 nDCG@10."""

# A digit beside letters, or a capital that doesn't open the word: BERT4Rec, GPT-4, dSVA, PSCA.
_NAME = re.compile(r"(?=\w*[^\W\d_]-?\d|\w*\d[^\W\d_]|\w*[^\W_]-?[A-Z])[^\W_][\w-]*")
_LONG_ENOUGH = 5


def query_terms(question: str, keywords: Sequence[str], index: PaperIndex) -> list[str]:
    """Return the terms of a question and of keywords written for it, as one query.

    Keywords count twice as much as the question: with equal weight fewer papers are found within five places. Two
    words that the papers write as one ("spike gpt") are looked for as one too. A longer word that no paper has stands
    for those that differ by one typing error.
    """
    asked = without_request_words(question)
    known = _Known(index)
    terms = tokenize(asked)
    own = lucene_idf(index.size, 1)
    names = [term for name in _NAME.findall(asked) for term in tokenize(name) if index.idf(term) >= own]
    joined = [both for first, second in pairwise(terms) if known(both := first + second)]
    unknown = [term for term in dict.fromkeys(terms) if len(term) >= _LONG_ENOUGH and not known(term)]
    near = near_terms(unknown, index.vocabulary()) if unknown else []
    return [*terms, *names * (NAME_WEIGHT - 1), *joined, *near, *tokenize(" ".join(keywords)) * 2]


class _Known:
    """Whether papers have a term."""

    def __init__(self, index: PaperIndex) -> None:
        self._index = index
        self._none = index.idf("\0")  # the weight of a term that no paper has

    def __call__(self, term: str) -> bool:
        return self._index.idf(term) < self._none
