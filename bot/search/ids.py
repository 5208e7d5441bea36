"""Papers that a question names outright."""

import re

from bot.models import parse_arxiv_id

_CANDIDATE = re.compile(
    r"(?:(?<![\w.])|(?<=arxiv\.))(?:\d{4}\.\d{4,5}|[a-z][a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,3})?(?!\w)", re.IGNORECASE
)


def arxiv_ids(text: str) -> tuple[str, ...]:
    """Return the unversioned arXiv ids in `text`, also those within links, in order and once each."""
    parsed = (parse_arxiv_id(match.group()) for match in _CANDIDATE.finditer(text))
    return tuple(dict.fromkeys(found[0] for found in parsed if found))
