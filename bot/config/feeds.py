"""FEEDS_*."""

import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, field_validator
from pydantic_settings import NoDecode

from bot.search.arxiv_categories import category_name, is_divided


def _words(value: Any) -> Any:
    """Split a list that is written with commas."""
    if isinstance(value, str):
        return list(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))
    return value


class FeedsSettings(BaseModel):
    """FEEDS_*: where papers come from by themselves."""

    enabled: Annotated[list[str], NoDecode, BeforeValidator(_words)] = Field(
        [], description="The feeds that are on, separated by commas, e.g. daily-papers. Empty: none is polled."
    )
    categories: Annotated[list[str], NoDecode, BeforeValidator(_words)] = Field(
        ["cs.AI", "cs.CL", "cs.CV", "cs.LG"], description="The arXiv categories that are read, separated by commas."
    )
    search: bool = Field(
        False,
        description="Whether a question about which the store holds nothing is looked up in the feeds that are on: its "
        "words are sent there.",
    )
    poll_minutes: float = Field(30.0, description="How often the feeds are asked, in minutes.", ge=5, le=1440)
    request_seconds: float = Field(30.0, description="The longest time for one answer of a feed.", gt=0, le=600)
    run_minutes: float = Field(
        60.0, description="The longest time for one poll of a feed; the next one goes on from there.", gt=0, le=1440
    )
    contact: str | None = Field(
        None,
        description="An address at which a feed's operator can reach you, sent along in User-Agent.",
        pattern=r"^[!-~ ]{1,100}$",
    )
    daily_papers_url: str = Field(
        "https://huggingface.co", description="Where Daily Papers are. Tests point elsewhere."
    )
    arxiv_api_url: str = Field("https://export.arxiv.org", description="Where arXiv's API is.")
    arxiv_rss_url: str = Field("https://rss.arxiv.org", description="Where arXiv's feeds of new papers are.")

    @field_validator("categories")
    @classmethod
    def _known(cls, value: list[str]) -> list[str]:
        # A name that arXiv doesn't have would find nothing, for ever and without an error.
        for name in value:
            if category_name(name) is None or is_divided(name):
                raise ValueError(
                    f"{name[:40]!r} is no category of arXiv's; they are written cs.CL or quant-ph, "
                    "see arxiv.org/category_taxonomy"
                )
        if not value:
            raise ValueError("must name a category, such as cs.CL")
        return value

    @field_validator("daily_papers_url", "arxiv_api_url", "arxiv_rss_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", value):
            raise ValueError("must be an address such as https://huggingface.co")
        return value.rstrip("/")
