"""DIGEST_*."""

import datetime as dt
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, Field, field_validator
from pydantic_settings import NoDecode

_LARGEST_ID = 2**63 - 1  # of a Discord id, and of an integer in SQLite


class DigestSettings(BaseModel):
    """DIGEST_*: the daily summary."""

    channel_ids: Annotated[list[int], NoDecode] = Field(
        [], description="The channels that get the daily summary: ids, separated by commas. Empty: none is posted."
    )
    time: dt.time = Field(dt.time(8, 0), description="When it is posted, HH:MM.")
    time_zone: str = Field(
        "UTC", description='The time zone of DIGEST_TIME, and of "today" in questions on Discord, e.g. Europe/Berlin.'
    )
    papers: int = Field(10, description="How many papers it shows at the most.", ge=1, le=25)
    catch_up_hours: float = Field(
        12.0, description="How late, after downtime, the day's summary is still posted, in hours.", gt=0, le=23
    )

    @field_validator("channel_ids", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        if isinstance(value, str):
            parts = [part.strip() for part in value.split(",") if part.strip()]
            if not all(part.isascii() and part.isdigit() for part in parts):
                raise ValueError("must be channel ids (numbers), separated by commas")
            if any(len(part) > len(str(_LARGEST_ID)) or not 0 < int(part) <= _LARGEST_ID for part in parts):
                raise ValueError("holds a number that is no channel id; copy it in Discord (Copy Channel ID)")
            return list(dict.fromkeys(int(part) for part in parts))
        return value

    @field_validator("time")
    @classmethod
    def _without_zone(cls, value: dt.time) -> dt.time:
        if value.tzinfo is not None:
            raise ValueError("must be HH:MM without a zone; DIGEST_TIME_ZONE names that")
        return value

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError("must be a time zone such as UTC or Europe/Berlin") from error
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The time zone as an object."""
        return ZoneInfo(self.time_zone)
