"""A process that is killed at a given step, acted within the test's own process."""

from typing import Any


class Killed(BaseException):
    """The process ends here."""


class Deadly:
    """A part whose call of one method ends the process, before or after the method has done its work."""

    def __init__(self, part: Any, method: str, *, before: bool) -> None:
        self._part, self._method, self._before = part, method, before

    def __getattr__(self, name: str) -> Any:
        working = getattr(self._part, name)
        if name != self._method:
            return working

        async def dying(*args: Any, **more: Any) -> None:
            if not self._before:
                await working(*args, **more)
            raise Killed

        return dying
