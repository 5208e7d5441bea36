"""Saved papers as a Markdown file."""

import re
from collections.abc import Sequence

from bot.assistant.keeping.saved import Saved
from bot.frontends.wording import paper_facts
from bot.text import one_line
from bot.translation import day, gettext

_MARKS = re.compile(r"([\\`*_\[\]<>|#~])")


def markdown_list(saved: Sequence[Saved]) -> str:
    """Return a list with a link, the facts and the note of each paper; titles can't format or link."""
    return f"# {gettext('Saved papers')}\n\n" + "".join(f"{_item(each)}\n" for each in saved)


def _item(saved: Saved) -> str:
    if saved.paper is None:
        head = f"- {_plain(saved.key)} ({gettext('no longer in the store')})"
    else:
        facts = " · ".join(_plain(fact) for fact in paper_facts(saved.paper))
        head = f"- [{_plain(saved.paper.title)}]({_address(saved.paper.url)})" + (f" · {facts}" if facts else "")
    head += f" · {gettext('saved {day}').format(day=day(saved.saved_at.date()))}"
    return f"{head}\n  - {_plain(saved.note)}" if saved.note else head


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\1", one_line(text))


def _address(url: str) -> str:
    return url.replace("(", "%28").replace(")", "%29")
