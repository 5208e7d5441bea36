"""Abstracts for the benchmarks: read from files in BEIR layout, or mixed from them where there are not enough."""

import json
import random
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.search.engine.index import TITLE_WEIGHT
from bot.search.text.tokens import tokenize

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Abstract:
    """A paper's title and abstract."""

    title: str
    text: str

    def terms(self) -> list[str]:
        """Return the index terms as the bot's index has them: the title's, weighted by repetition, and the text's."""
        return tokenize(self.title) * TITLE_WEIGHT + tokenize(self.text)


def read_abstracts(paths: Iterable[Path]) -> list[Abstract]:
    """Read `corpus.jsonl` files: a JSON object with "title" and "text" per line."""
    found: list[Abstract] = []
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            found.extend(Abstract(line["title"], line["text"]) for line in map(json.loads, lines))
    return found


def sampled(abstracts: Sequence[Abstract], size: int, *, seed: int) -> Iterator[Abstract]:
    """Yield `size` abstracts: all real when there are enough, else mixed ones once the real ones are used up.

    A mixed abstract has a real one's title and number of sentences, but its sentences are drawn from it and another.
    Term frequencies, lengths and the terms' shares of documents stay as they are; the vocabulary doesn't grow.
    """
    draw = random.Random(seed)
    yield from draw.sample(abstracts, min(size, len(abstracts)))
    for _ in range(size - len(abstracts)):
        first, second = draw.choices(abstracts, k=2)
        own = _SENTENCE_END.split(first.text)
        sentences = own + _SENTENCE_END.split(second.text)
        yield Abstract(first.title, " ".join(draw.sample(sentences, len(own))))


def make_queries(abstracts: Sequence[Abstract], count: int, *, seed: int, words: int = 8) -> list[list[str]]:
    """Return queries of `words` different index terms each, drawn from the running text of one abstract each."""
    draw = random.Random(seed)
    queries: list[list[str]] = []
    while len(queries) < count:
        terms = tokenize(draw.choice(abstracts).text)
        draw.shuffle(terms)
        query = list(dict.fromkeys(terms))[:words]
        if len(query) == words:
            queries.append(query)
    return queries


def write_documents(path: Path, documents: Iterable[Sequence[str]]) -> int:
    """Write one document per line, its terms joined by spaces. Return how many."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for document in documents:
            file.write(" ".join(document) + "\n")
            count += 1
    return count


def read_documents(path: Path) -> Iterator[list[str]]:
    """Yield each document's terms. Equal terms are one object, as the tokenizer gives them."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield [sys.intern(term) for term in line.split()]
