"""The hour before a digest is due, and where it is posted."""

from datetime import timedelta

import pytest

from tests.clocks import FakeClock
from tests.digests.running import SATURDAY
from tests.fakes.outlet import FakeOutlet


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(SATURDAY - timedelta(hours=1))


@pytest.fixture
def outlet(clock: FakeClock) -> FakeOutlet:
    return FakeOutlet(clock)
