"""Files that lie beside the repository on the machines where paperbot is developed."""

from pathlib import Path

import pytest

_SHARED = Path(__file__).parents[2] / "shared"


def shared_file(name: str) -> Path:
    """Return the path of ../shared/`name`; skip the test where that isn't there."""
    path = _SHARED / name
    if not path.exists():
        pytest.skip(f"../shared/{name} is not there")
    return path
