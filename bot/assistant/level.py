"""For whom something is explained."""

from enum import StrEnum


class Level(StrEnum):
    """What a reader knows already."""

    NEWCOMER = "newcomer"
    PRACTITIONER = "practitioner"
    EXPERT = "expert"
