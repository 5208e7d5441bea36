"""How many tokens a text takes, without a tokeniser: tiktoken would need the network."""

import math


def estimate_tokens(text: str) -> int:
    """Estimate tokens as a third of the characters, rounded up: on the safe side for English text."""
    return math.ceil(len(text) / 3)
