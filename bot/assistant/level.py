"""For whom something is explained."""

from enum import StrEnum


class Level(StrEnum):
    """What a reader knows already."""

    NEWCOMER = "newcomer"
    PRACTITIONER = "practitioner"
    EXPERT = "expert"


READERS = {
    Level.NEWCOMER: "a newcomer to the field. Use short, everyday words; say in passing what each technical word does.",
    Level.PRACTITIONER: "a practitioner who trains and uses models. Say what it is for, how it works, what it brings.",
    Level.EXPERT: "an expert in the field. Be exact and brief; say how it differs from what was there before.",
}
"""The reader of each level, as a prompt tells it."""
