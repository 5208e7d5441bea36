"""What a paper's page at Hugging Face links to: models, data sets and spaces that name the paper."""

import re
from collections.abc import Iterator
from typing import Any

from bot.models import HubLinks, HubRepositories
from bot.sources import records
from bot.sources.fetching.exchange import UndecodableError

SHOWN = 3
"""How many of each kind are kept: popular papers have thousands of models."""

# user/name, of a few old ones the name alone: huggingface_hub's validate_repo_id. It can neither end an address nor
# lead out of it.
_ID = re.compile(r"(?:\w[\w.-]{0,95}/)?\w[\w.-]{0,95}", re.ASCII)


def read_links(record: Any, pages: str) -> HubLinks:
    """Return the links of the API's record of one paper, to pages below the address `pages`.

    Raises UndecodableError for what is no record. What is wrong within it is left out.
    """
    if not isinstance(record, dict):
        raise UndecodableError("it isn't a paper")
    return HubLinks(
        models=_read(record, "Models", pages),
        datasets=_read(record, "Datasets", f"{pages}/datasets"),
        spaces=_read(record, "Spaces", f"{pages}/spaces"),
    )


def _read(record: dict[str, Any], kind: str, address: str) -> HubRepositories:
    listed, total = record.get(f"linked{kind}"), record.get(f"numTotal{kind}")
    names = list(dict.fromkeys(_names(listed))) if isinstance(listed, list) else []
    if type(total) is not int or not 0 <= total <= records.LARGEST_COUNT:
        total = 0
    return HubRepositories(tuple((name, f"{address}/{name}") for name in names[:SHOWN]), max(total, len(names)))


def _names(listed: list[Any]) -> Iterator[str]:
    for item in listed:
        name = item.get("id") if isinstance(item, dict) else None
        if isinstance(name, str) and _ID.fullmatch(name) and ".." not in name:
            yield name
