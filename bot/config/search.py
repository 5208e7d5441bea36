"""SEARCH_*."""

from pydantic import BaseModel, Field


class SearchSettings(BaseModel):
    """SEARCH_*: how papers are found."""

    sources: int = Field(6, description="How many papers stand in one prompt or answer.", ge=1, le=8)
