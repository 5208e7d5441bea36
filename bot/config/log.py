"""LOG_*."""

from typing import Literal

from pydantic import BaseModel, Field


class LogSettings(BaseModel):
    """LOG_*: what is written to standard error."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much is logged.")
