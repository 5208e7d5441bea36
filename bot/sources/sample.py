"""The bundled sample: 52 papers of a Daily Papers page, their abstracts retold in our own words."""

import json
from importlib.resources import files

from bot.models import SAMPLE_ORIGIN, Paper
from bot.sources.json_lines import read_record


def read_sample() -> list[Paper]:
    """Return the bundled papers, in the order of the page."""
    text = files("bot.sources").joinpath("sample.jsonl").read_text(encoding="utf-8")
    papers = [
        read_record(json.loads(line), number, origin=SAMPLE_ORIGIN) for number, line in enumerate(text.splitlines(), 1)
    ]
    return [paper for paper in papers if isinstance(paper, Paper)]
