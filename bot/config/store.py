"""STORE_*."""

from pathlib import Path

from pydantic import BaseModel, Field


class StoreSettings(BaseModel):
    """STORE_*: the SQLite file that holds everything."""

    path: Path = Field(Path("paperbot.db"), description="The store's file. Its folder must exist and be writable.")
    answer_days: float = Field(
        30.0, description="How long answers are kept, for their evidence and for equal questions, in days.", gt=0
    )
    conversation_hours: float = Field(
        24.0, description="How long after its last question a conversation can be gone on with, in hours.", gt=0
    )
