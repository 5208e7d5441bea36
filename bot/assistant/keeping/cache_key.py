"""Under what an answer can be found again for an equal request."""

import hashlib
import json
from collections.abc import Mapping, Sequence

from bot.assistant.answer import Task
from bot.models import Paper


def cache_key(
    *,
    prompts_hash: str,
    model: str,
    task: Task,
    request: str,
    options: Mapping[str, object],
    papers: Sequence[Paper],
) -> str:
    """Return a SHA-256, in hexadecimal digits, of all that an answer depends on.

    `request` is what was asked, worded so that equal requests are equal; `options` are what else shapes the answer,
    each with a telling `str`. Papers count with what prompts and answers show of them and in their order, so that a
    changed source gives another key.
    """
    known = [prompts_hash, model, str(task), request, {name: str(value) for name, value in options.items()}]
    text = json.dumps([*known, [_version(paper) for paper in papers]], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _version(paper: Paper) -> list[object]:
    shown = [
        paper.title,
        paper.abstract,
        paper.code_url,
        str(paper.published),
        str(paper.withdrawn),
        paper.author_count,
    ]
    return [paper.key, paper.version, hashlib.sha256(json.dumps(shown).encode()).hexdigest()]
