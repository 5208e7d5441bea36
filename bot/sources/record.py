"""What the records of every source share when they are validated."""

from typing import Annotated, Any

from pydantic import BaseModel, Field, ValidationError, model_validator

from bot.sources.refusal import Refusal

LARGEST_COUNT = 2**53
"""The largest integer that JSON keeps exactly; SQLite holds it as well."""

Count = Annotated[int, Field(ge=0, le=LARGEST_COUNT)]
"""A number of votes, comments or authors."""


class Record(BaseModel):
    """A JSON object in which null means the same as a missing field."""

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: field for name, field in value.items() if field is not None}
        return value


def refuse(error: ValidationError, line: int) -> Refusal:
    """Say which fields are wrong, the first three of them. Values are not repeated: they may be long."""
    return Refusal(
        line,
        "; ".join(
            f"{'.'.join(map(str, item['loc']))}: {item['msg'].removeprefix('Value error, ')}"
            for item in error.errors()[:3]
        ),
    )
