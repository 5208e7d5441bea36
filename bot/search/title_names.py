"""The name that a title gives its paper's method: "SpikeGPT" in "SpikeGPT: Generative Pre-trained Language Model …"."""

from collections.abc import Iterable

from bot.search.tokens import tokenize


def title_name(title: str) -> str:
    """Return what stands before a title's first colon, or nothing."""
    name, colon, _ = title.partition(":")
    return name.strip() if colon else ""


def is_all_that_is_asked(title: str, asked: Iterable[str]) -> bool:
    """Whether the terms of a question, `asked`, are those of the title's name and no others: "what is SpikeGPT?"."""
    name = set(tokenize(title_name(title)))
    return bool(name) and name == set(asked)
