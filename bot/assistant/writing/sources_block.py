"""The numbered sources as they stand in a prompt, within a budget of tokens."""

from collections.abc import Sequence

from bot.assistant.answer import Source
from bot.assistant.llm.tokens import cut_to_tokens, estimate_tokens
from bot.assistant.sentences import split_sentences
from bot.assistant.untrusted import clean_for_prompt
from bot.text import one_line, shorten

_TITLE_CHARS = 300
_AUTHORS_CHARS = 200


def render_sources(sources: Sequence[Source], *, fence: str, tokens: int) -> str:
    """Render sources, best first, each cut at a sentence's end to its share of `tokens`."""
    share = tokens // max(1, len(sources))
    return "\n".join(_render(source, fence, share) for source in sources)


def _render(source: Source, fence: str, budget: int) -> str:
    paper = source.paper

    def field(name: str, value: str, limit: int) -> str:
        shown = shorten(clean_for_prompt(one_line(value), fence=fence), limit)
        # Three hundred characters of some scripts would take all of the budget.
        return f"{name}: {cut_to_tokens(shown, budget // 4)}"

    facts = [f"{fence} source [{source.number}]", field("Title", paper.title, _TITLE_CHARS)]
    if paper.published:
        facts.append(f"Published: {paper.published.isoformat()}")
    if paper.withdrawn:
        facts.append(f"Withdrawn: {paper.withdrawn.isoformat()}")
    if paper.authors:
        facts.append(field("Authors", ", ".join(paper.authors), _AUTHORS_CHARS))
    elif paper.author_count:
        facts.append(f"Authors: {paper.author_count}")
    if paper.code_url:
        facts.append("Code: public, linked beside the answer")
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
