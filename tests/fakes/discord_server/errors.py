"""The one exception of the fake: an error answer as Discord writes it."""

from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


class DiscordError(Exception):
    """An error answer; the HTTP layer turns it into JSON with Discord's keys."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        """Keep the HTTP `status`, Discord's own `code` and, for a refused form, its nested `errors`."""
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.body: Json = {"message": message, "code": code}
        if errors:
            self.body["errors"] = errors
