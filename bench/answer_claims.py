"""True claims about papers, each with the sources that a question about its paper would find.

- **retold**: every sentence of the bundled sample, whose abstracts are retold in other words; its source is the real
  abstract.
- **verbatim**: the sentences of abstracts as they are.
- **rearranged**: the same with asides and clauses dropped and the rest in another order, by rule.
- **expert**: scifact's claims, written by experts about one abstract, some turned into their opposite.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.one_sentence import read_claims
from bench.retrieval import read_papers
from bot.answers.grounding.check import Grounder
from bot.answers.sentences import MARKER, split_sentences
from bot.models import Paper, slug
from bot.search.engine.index import Bm25Index
from bot.search.text.tokens import tokenize
from bot.sources.files import read_file, read_sample

NEAREST = 5
"""How many other papers stand beside a claim's own in its prompt, as with SEARCH_SOURCES=6."""

_ASIDE = re.compile(r"\s*\([^()]*\)")
_CLAUSE = re.compile(r"(?:[,;]\s+|\s[-–—]\s|—)(?:(?:and|but|while|which|where|that)\s+)?")
_CLAUSE_WORDS = 4
_DROPPED_FROM = 3  # clauses; one of fewer is half of the sentence


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence without markers, and the paper that says it."""

    text: str
    paper: Paper


class Prompts:
    """The sources of claims: the paper itself as [1] and those nearest to its title, in a collection, as [2] to [6]."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self._papers = {paper.key: paper for paper in papers}
        self._index = Bm25Index(list(self._papers.values()))
        self._known: dict[str, tuple[dict[int, Paper], Grounder]] = {}
        self._strange: dict[str, Grounder] = {}

    def of(self, paper: Paper) -> tuple[Mapping[int, Paper], Grounder]:
        """Return a paper's prompt: its sources by number, and what checks sentences against them."""
        if paper.key not in self._known:
            sources = dict(enumerate([paper, *self._nearest(paper)], start=1))
            self._known[paper.key] = (sources, Grounder(sources, weight=self._index.idf))
        return self._known[paper.key]

    def with_stranger(self, paper: Paper, strangers: Sequence[Paper]) -> Grounder | None:
        """Return what checks sentences against a prompt in which [2] is a paper drawn from `strangers`.

        The farthest source is left out for it. None where a source itself is drawn.
        """
        sources, _ = self.of(paper)
        stranger = random.Random(paper.key).choice(strangers)
        if stranger.key in {source.key for source in sources.values()}:
            return None
        if paper.key not in self._strange:
            kept = [source for number, source in sources.items() if 1 < number < NEAREST + 1]
            strange = dict(enumerate([paper, stranger, *kept], start=1))
            self._strange[paper.key] = Grounder(strange, weight=self._index.idf)
        return self._strange[paper.key]

    def _nearest(self, paper: Paper) -> list[Paper]:
        found = self._index.search(tokenize(paper.title), limit=NEAREST + 3)
        others = (self._papers[match.key] for match in found)
        return [other for other in others if slug(other.title) != slug(paper.title)][:NEAREST]


def read_real(folder: Path) -> list[Paper]:
    """Return the papers of the question file, with their real abstracts."""
    records = read_file(folder / "papers.jsonl", today=datetime.now(UTC).date()).records
    return [record for record in records if isinstance(record, Paper)]


def retold(real: Sequence[Paper]) -> list[Claim]:
    """Return the sentences of the bundled sample, each with its real abstract."""
    by_slug = {slug(paper.title): paper for paper in real}
    found = [(paper, by_slug.get(slug(paper.title))) for paper in read_sample()]
    return [Claim(text, real) for told, real in found if real for text in _sentences(told)]


def verbatim(papers: Sequence[Paper]) -> list[Claim]:
    """Return the sentences of abstracts as they are."""
    return [Claim(text, paper) for paper in papers for text in _sentences(paper)]


def rearranged(claims: Sequence[Claim], *, seed: int) -> list[Claim]:
    """Return the claims that can be told with clauses dropped and in another order."""
    draw = random.Random(seed)
    found = ((claim, rearrange(claim.text, draw)) for claim in claims)
    return [Claim(text, claim.paper) for claim, text in found if text]


def rearrange(sentence: str, draw: random.Random) -> str | None:
    """Drop asides and, of three clauses or more, one; put the rest in another order. None where that can't be done.

    "A and B have 1 and 2, respectively" would become false, and what is in quotation marks or a formula is left alone.
    """
    if re.search(r"respectively|[\"“”$\\]|[:;?]", sentence):
        return None
    plain = _ASIDE.sub("", sentence).strip()
    clauses = [clause.strip(" .!") for clause in _CLAUSE.split(plain)]
    if len(clauses) < 2 or any(len(clause.split()) < _CLAUSE_WORDS for clause in clauses):
        return None
    if len(clauses) >= _DROPPED_FROM:
        clauses.pop(draw.randrange(len(clauses)))
    turned = [*clauses[1:], clauses[0]] if len(clauses) == 2 else draw.sample(clauses, len(clauses))
    text = ", ".join(turned)
    return f"{text[:1].upper()}{text[1:]}."


def expert(folder: Path) -> tuple[list[Paper], list[Claim]]:
    """Return scifact's papers and its claims."""
    papers, pairs = read_claims(folder)
    return papers, [Claim(text, paper) for paper, text in pairs]


def read_collection(folder: Path) -> list[Paper]:
    """Return the papers of a collection in BEIR's layout."""
    return read_papers([folder / "corpus.jsonl"])


def _sentences(paper: Paper) -> Iterator[str]:
    for line in paper.abstract.split("\n"):
        for sentence in split_sentences(line):
            # An abstract's own "[3]" is a citation of something else.
            if len(sentence.split()) > 2 and not MARKER.search(sentence):
                yield sentence
