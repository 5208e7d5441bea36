"""LIMITS_*."""

from pydantic import BaseModel, Field


class LimitsSettings(BaseModel):
    """LIMITS_*: what one user may ask for."""

    question_chars: int = Field(1000, description="The longest question, in characters.", ge=20, le=4000)
    concurrent: int = Field(
        8, description="How many answers are written at once on Discord; further ones wait in a queue.", ge=1, le=1000
    )
    user_tokens: int = Field(
        150_000, description="Model tokens a day (UTC) for one user, about 6,000 for an answer. 0: no limit.", ge=0
    )
    guild_tokens: int = Field(2_000_000, description="Model tokens a day for one server. 0: no limit.", ge=0)
    day_tokens: int = Field(5_000_000, description="Model tokens a day for all together. 0: no limit.", ge=0)
    cooldown_seconds: int = Field(
        0,
        description="Time between two answers to one user on Discord. A server can ask for more. 0: none.",
        ge=0,
        le=3600,
    )
    user_answers: int = Field(
        0, description="Answers a day (UTC) to one user on Discord. A server can allow fewer. 0: no limit.", ge=0
    )
    guild_answers: int = Field(
        0, description="Answers a day in one server. A server can allow fewer. 0: no limit.", ge=0
    )
    day_cost: float = Field(
        0.0, description="What a day's calls may cost, in the currency of OPENAI_PRICE_*. 0: no limit.", ge=0
    )
