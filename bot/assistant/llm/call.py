"""What one call of a model used."""

from dataclasses import dataclass


@dataclass(slots=True)
class Call:
    """What becomes known of a call while it runs: who answered, at which price, and what it used.

    Tokens are None where the server doesn't tell them. Prices are for a million tokens.
    """

    model: str = ""
    price_input: float = 0.0
    price_output: float = 0.0
    input_tokens: int | None = None
    output_tokens: int | None = None
