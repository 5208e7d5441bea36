"""The memory for plans."""

from datetime import timedelta

from bot.answers.expiring_cache import ExpiringCache
from tests.clocks import FakeClock


def make_cache(clock: FakeClock, *, size: int = 2) -> ExpiringCache[str, int]:
    return ExpiringCache(size=size, lifetime=timedelta(minutes=10), clock=clock)


def test_a_value_is_good_for_its_lifetime() -> None:
    clock = FakeClock()
    cache = make_cache(clock)
    cache.put("kettle", 1)
    clock.move(minutes=9, seconds=59)
    assert cache.get("kettle") == 1
    clock.move(seconds=1)
    assert cache.get("kettle") is None
    assert cache.get("pot") is None


def test_the_value_that_was_not_used_for_longest_goes_first() -> None:
    cache = make_cache(FakeClock())
    cache.put("kettle", 1)
    cache.put("pot", 2)
    assert cache.get("kettle") == 1
    cache.put("pan", 3)
    assert [cache.get(name) for name in ("kettle", "pot", "pan")] == [1, None, 3]


def test_a_value_put_anew_lives_anew() -> None:
    clock = FakeClock()
    cache = make_cache(clock)
    cache.put("kettle", 1)
    clock.move(minutes=6)
    cache.put("kettle", 2)
    clock.move(minutes=6)
    assert cache.get("kettle") == 2
