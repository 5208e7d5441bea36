"""The numbered sources as they stand in a prompt, within a budget of tokens."""

from collections.abc import Sequence

from bot.assistant.answer import Source
from bot.assistant.sentences import split_sentences
from bot.assistant.tokens import cut_to_tokens, estimate_tokens
from bot.assistant.untrusted import clean_for_prompt
from bot.text import one_line, shorten

SOURCES_TOKENS = 3000
"""What all sources of a prompt may take, so that it stays under 4,000 tokens with the rules and the question."""

_TITLE_CHARS = 300


def render_sources(sources: Sequence[Source], *, fence: str) -> str:
    """Render sources, best first, each cut at a sentence's end to its share of the budget."""
    share = SOURCES_TOKENS // max(1, len(sources))
    return "\n".join(_render(source, fence, share) for source in sources)


def _render(source: Source, fence: str, budget: int) -> str:
    paper = source.paper
    title = shorten(clean_for_prompt(one_line(paper.title), fence=fence), _TITLE_CHARS)
    title = cut_to_tokens(title, budget // 3)  # three hundred characters of some scripts would take all of it
    facts = [f"{fence} source [{source.number}]", f"Title: {title}"]
    if paper.published:
        facts.append(f"Published: {paper.published.isoformat()}")
    if paper.author_count:
        facts.append(f"Authors: {paper.author_count}")
    head = "\n".join([*facts, "Abstract: "])
    abstract = clean_for_prompt(paper.abstract, fence=fence)
    # One token less for rounding and the line break between two sources.
    return head + _cut(abstract, budget - estimate_tokens(head) - 1)


def _cut(text: str, tokens: int) -> str:
    if estimate_tokens(text) <= tokens:
        return text
    kept: list[str] = []
    for sentence in split_sentences(text):
        if estimate_tokens(" ".join([*kept, sentence])) > tokens:
            break
        kept.append(sentence)
    return " ".join(kept) or cut_to_tokens(text, tokens)
