"""The numbered sources of a prompt: the best ones whole, the others with what is left."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from bot.answers.answer import Source
from bot.answers.llm.text_model import cut_to_tokens, estimate_tokens
from bot.answers.sentences import split_sentences
from bot.answers.untrusted import clean_for_prompt
from bot.models import Paper
from bot.search.text.tokens import tokenize
from bot.text import one_line, shorten

CUT = "[…]"
"""Stands where sentences of an abstract were left out, so that a model doesn't take them for unwritten."""

_TITLE_CHARS = 300
_AUTHORS_CHARS = 200
_PLACE_CHARS = 120
_MARK_TOKENS = 3  # of a CUT and the spaces around it
_FIGURE = re.compile(r"\d")
_FIGURE_WEIGHT = 1.5
"""A sentence with figures is worth more than one that shares a word with the question, and less than one with two."""

_HOSTS = {
    "github.com": "GitHub",
    "gitlab.com": "GitLab",
    "bitbucket.org": "Bitbucket",
    "huggingface.co": "Hugging Face",
}


def render_sources(sources: Sequence[Source], *, fence: str, tokens: int, question: str = "") -> str:
    """Render sources, best first, in no more than `tokens`.

    Each gets two thirds of an equal share at least, so that none is just a title; the rest goes to the first until it
    stands whole, then to the second, and so on. Of an abstract that has to be cut, the sentences that fit `question`
    or hold figures stay.
    """
    share = tokens // max(1, len(sources))
    heads = [_head(source, fence, share) for source in sources]
    abstracts = [clean_for_prompt(source.paper.abstract, fence=fence) for source in sources]
    # One token more for rounding and the line break between two sources.
    needed = [estimate_tokens(head) + estimate_tokens(text) + 1 for head, text in zip(heads, abstracts, strict=True)]
    terms = frozenset(tokenize(question))
    return "\n".join(
        head + _cut(text, given - estimate_tokens(head) - 1, terms)
        for head, text, given in zip(heads, abstracts, _shared(needed, tokens), strict=True)
    )


def _shared(needed: Sequence[int], tokens: int) -> Iterator[int]:
    least = 2 * (tokens // max(1, len(needed))) // 3
    left = tokens - sum(min(need, least) for need in needed)
    for need in needed:
        more = max(0, min(need - least, left))
        left -= more
        yield min(need, least) + more


def _head(source: Source, fence: str, share: int) -> str:
    paper = source.paper

    def field(name: str, value: str, limit: int) -> str:
        shown = shorten(clean_for_prompt(one_line(value), fence=fence), limit)
        # Three hundred characters of some scripts would take all of the share.
        return f"{name}: {cut_to_tokens(shown, share // 10)}"

    facts = [f"{fence} source [{source.number}]", field("Title", paper.title, _TITLE_CHARS)]
    if paper.published:
        facts.append(f"Published: {paper.published.isoformat()}")
    if paper.withdrawn:
        facts.append(f"Withdrawn: {paper.withdrawn.isoformat()}")
    if paper.authors:
        facts.append(field("Authors", _authors(paper), _AUTHORS_CHARS + 30))
    elif paper.author_count:
        facts.append(f"Authors: {paper.author_count}")
    if paper.organisation:
        facts.append(field("Organisation", paper.organisation, _PLACE_CHARS))
    if paper.venue:
        facts.append(field("Venue", paper.venue, _PLACE_CHARS))
    facts.append(f"Code: {_code(paper)}")
    if paper.upvotes is not None:
        facts.append(f"Votes: {paper.upvotes}")
    return "\n".join([*facts, "Abstract: "])


def _authors(paper: Paper) -> str:
    """Return the names that fit, in full, and how many authors there are where some of them don't."""
    shown: list[str] = []
    for name in paper.authors:
        if shown and len(", ".join([*shown, name])) > _AUTHORS_CHARS:
            break
        shown.append(name)
    total = max(len(paper.authors), paper.author_count or 0)
    return ", ".join(shown) if len(shown) == total else f"{', '.join(shown)} and others, {total} in all"


def _code(paper: Paper) -> str:
    """Say whether code is known, without the address: a model must not copy one, the answer links it."""
    if not paper.code_url:
        return "none known"
    host = (urlsplit(paper.code_url).hostname or "").removeprefix("www.")
    return f"public{f' on {_HOSTS[host]}' if host in _HOSTS else ''}, linked beside the answer"


def _cut(text: str, tokens: int, terms: frozenset[str]) -> str:
    """Leave out the sentences that matter least, and mark where they stood."""
    if estimate_tokens(text) <= tokens:
        return text
    sentences = split_sentences(text)
    worth = [len(terms & set(tokenize(s))) + _FIGURE_WEIGHT * bool(_FIGURE.search(s)) for s in sentences]
    kept: set[int] = set()
    left = tokens - _MARK_TOKENS
    for at in sorted(range(len(sentences)), key=lambda at: (-worth[at], at)):
        cost = estimate_tokens(sentences[at]) + _MARK_TOKENS
        if cost <= left:
            left -= cost
            kept.add(at)
    if not kept:
        return f"{cut_to_tokens(text, left)} {CUT}" if left > 0 else ""
    parts: list[str] = []
    for at, sentence in enumerate(sentences):
        if at in kept:
            parts.append(sentence)
        elif not parts or parts[-1] != CUT:
            parts.append(CUT)
    return " ".join(parts)
