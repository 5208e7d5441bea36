"""A model for the tests that ask one, and don't mind how it behaves at first."""

from collections.abc import AsyncIterator

import pytest

from tests.fakes.model_server import FakeModel


@pytest.fixture
async def model() -> AsyncIterator[FakeModel]:
    async with FakeModel() as server:
        yield server
