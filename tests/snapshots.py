"""Made-up records in the shape of the snapshot of arXiv's metadata."""

import json
from pathlib import Path
from typing import Any

WORDS = (
    "kettle whistle steam boiling water sound network model data train learn layer attention graph measure compare "
    "large small fast robust sparse dense signal noise audio image language question answer retrieval ranking"
).split()


def record(number: int, **changes: Any) -> dict[str, Any]:
    """Return the record of this number; numbers below 100,000 have ids of their own within 2020."""
    title = " ".join(WORDS[(number * 7 + step * step) % len(WORDS)] for step in range(6))
    text = [WORDS[(number * (step + 3) + step * 11) % len(WORDS)] for step in range(150)]
    lines = "\n".join(" ".join(text[at : at + 12]) for at in range(0, len(text), 12))
    return {
        "id": f"20{1 + number // 10_000 % 12:02}.{number % 10_000:05}",
        "submitter": "Ada Example",
        "authors": "Ada Example, B\u00e9la Example and C. Example Jr",
        "title": f"Study {number}: {title}\n  and more",
        "comments": "12 pages, accepted at NeurIPS 2020" if number % 5 == 0 else None,
        "journal-ref": None,
        "doi": None,
        "report-no": None,
        "categories": "cs.CL cs.AI" if number % 2 else "math.GT",
        "license": None,
        "abstract": f"  We study {number} kettles.\n{lines}.\n",
        "versions": [
            {"version": "v1", "created": "Mon, 6 Jan 2020 19:18:42 GMT"},
            {"version": "v2", "created": "Tue, 4 Feb 2020 09:00:00 GMT"},
        ],
        "update_date": "2020-02-05",
        "authors_parsed": [["Example", "Ada", ""], ["Example", "B\u00e9la", ""], ["Example", "C.", "Jr", "Kettle Lab"]],
        **changes,
    }


def write_snapshot(path: Path, count: int) -> None:
    """Write so many records as JSON Lines."""
    with path.open("w") as file:
        for number in range(count):
            file.write(json.dumps(record(number)) + "\n")
