"""Logging of commands, on standard error."""

import logging
import sys

from bot.config import LogSettings


class _Stderr:
    """Standard error as it is at the moment: while an answer is drawn, rich puts itself there to keep lines apart."""

    def write(self, text: str) -> None:
        sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


def log_to_stderr(settings: LogSettings) -> None:
    """Log at the level asked for; libraries never below INFO, since at DEBUG they write bodies and addresses."""
    logging.basicConfig(
        stream=_Stderr(), level=logging.INFO, format="%(asctime)s %(levelname)-7s %(name)s: %(message)s"
    )
    level = logging.getLevelNamesMapping()[settings.level]
    logging.getLogger().setLevel(max(level, logging.INFO))
    logging.getLogger("bot").setLevel(level)
    for name in ("httpx2", "openai"):  # they tell of each request and each retry
        logging.getLogger(name).setLevel(logging.WARNING)
