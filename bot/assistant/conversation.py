"""What a front end holds of a conversation: enough to go on with it."""

from dataclasses import dataclass

from bot.assistant.asker import Asker


@dataclass(frozen=True, slots=True)
class Conversation:
    """One asker's turns in one place, such as `console` or `discord:<channel>`; the turns lie in the store."""

    id: str
    place: str
    asker: Asker
