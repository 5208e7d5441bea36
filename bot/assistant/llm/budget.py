"""A day's budgets: what calls cost, and the sentence for a limit that is reached."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.assistant.llm.call import Call
from bot.config import LimitsSettings
from bot.errors import BudgetUsed
from bot.store.usage import DayLimits, Exceeded, Limit
from bot.translation import Phrase, phrase

_WHOSE: dict[Limit, Phrase] = {
    "user": phrase("your budget of model answers"),
    "guild": phrase("this server's budget of model answers"),
    "day": phrase("today's budget of model answers"),
    "cost": phrase("today's budget of model answers"),
}


@dataclass(frozen=True, slots=True)
class Price:
    """What a million tokens cost: of prompts, and of what is written."""

    input: float = 0.0
    output: float = 0.0

    def of(self, input_tokens: int, output_tokens: int) -> float:
        """Return what a call costs."""
        return (self.input * input_tokens + self.output * output_tokens) / 1_000_000


def dearest(prices: Sequence[Price]) -> Price:
    """Return the most that a call may cost, whichever endpoint answers it."""
    return Price(max((price.input for price in prices), default=0.0), max((p.output for p in prices), default=0.0))


def price_of(call: Call, otherwise: Price) -> Price:
    """Return the price of the endpoint that answered, or the other where none has said who it is."""
    return Price(call.price_input, call.price_output) if call.model else otherwise


def day_limits(settings: LimitsSettings) -> DayLimits:
    """Return the day's limits as the store compares them."""
    return DayLimits(
        user_tokens=settings.user_tokens,
        guild_tokens=settings.guild_tokens,
        day_tokens=settings.day_tokens,
        day_cost=settings.day_cost,
    )


def budget_used(exceeded: Exceeded) -> BudgetUsed:
    """Return the error for a limit that forbids a call."""
    most = exceeded.limit
    cost = exceeded.which == "cost"
    limit = phrase("a cost of {limit:g}", limit=most) if cost else phrase("{limit:,.0f} tokens", limit=most)
    return BudgetUsed(whose=_WHOSE[exceeded.which], limit=limit)
