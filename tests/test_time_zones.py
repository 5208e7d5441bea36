"""Time zones to complete what is typed."""

from zoneinfo import ZoneInfo

import pytest

from bot.time_zones import matching_zones, zone_names


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("berl", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("utc", "UTC"),
        ("", "UTC"),
        ("asia/kol", "Asia/Kolkata"),
    ],
)
def test_a_city_or_a_region_finds_its_zone(typed: str, first: str) -> None:
    assert matching_zones(typed, limit=25)[0] == first


def test_all_that_is_offered_exists_once_and_fits_a_choice() -> None:
    names = zone_names()
    assert len(names) == len(set(names)) > 300
    assert all(ZoneInfo(name) and len(name) <= 100 for name in names)
    assert len(matching_zones("a", limit=25)) == 25
    assert matching_zones("xyz", limit=25) == []
