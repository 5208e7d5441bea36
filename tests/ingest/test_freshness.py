"""How feeds stand, as members and operators read it."""

from datetime import UTC, date, datetime

from bot.i18n.translation import localized, use_locale
from bot.ingest.freshness import Freshness
from tests.fakes.feeds import failures
from tests.ingest.ingesting import THURSDAY, Ingesting, fill


async def state(parts: Ingesting) -> tuple[Freshness, str]:
    [found] = await parts.feeds.freshness()
    assert found.reliable == (found.freshness in {Freshness.FRESH, Freshness.WEEKEND})
    return found.freshness, found.sentence


async def state_at(parts: Ingesting, *moment: int) -> tuple[Freshness, str]:
    """Poll at a moment of October 2026 (day, hour), then tell the state."""
    day, hour = moment
    parts.clock.now = datetime(2026, 10, day, hour, 0, tzinfo=UTC)
    parts.server.today = parts.clock.now.date()
    await parts.runner.poll(parts.feed)
    return await state(parts)


async def test_a_feed_that_was_never_read(parts: Ingesting) -> None:
    assert await state(parts) == (Freshness.STALE, "Daily Papers hasn't been read yet.")


async def test_todays_list_is_here(parts: Ingesting) -> None:
    assert await state_at(parts, 8, 12) == (Freshness.FRESH, "Daily Papers is up to date (8 Oct 2026).")


async def test_todays_list_is_not_out_yet(parts: Ingesting) -> None:
    assert await state_at(parts, 9, 7) == (
        Freshness.NOT_OUT_YET,
        "Daily Papers hasn't published its papers for 9 Oct 2026 yet.",
    )


async def test_a_weekend_is_no_silence(parts: Ingesting) -> None:
    fill(parts.server, until=date(2026, 10, 9))
    assert await state_at(parts, 11, 12) == (
        Freshness.WEEKEND,
        "Daily Papers has nothing new at weekends; the next papers are due on 12 Oct 2026.",
    )


async def test_a_list_that_never_came_is_told_also_at_the_weekend(parts: Ingesting) -> None:
    silent = (
        "Daily Papers has listed nothing since 8 Oct 2026, although new papers are due; it may be a holiday or a fault "
        "there."
    )
    assert await state_at(parts, 9, 19) == (Freshness.STALE, silent)
    assert await state_at(parts, 10, 12) == (Freshness.STALE, silent)
    assert await state_at(parts, 12, 3) == (Freshness.STALE, silent)


async def test_empty_lists_for_ever_are_no_quiet_days(parts: Ingesting) -> None:
    parts.server.days.clear()
    assert await state_at(parts, 8, 19) == (
        Freshness.STALE,
        "Daily Papers is reachable, but hasn't listed anything yet.",
    )


async def test_a_feed_that_fails_is_down_until_it_is_read_again(parts: Ingesting) -> None:
    await state_at(parts, 8, 12)
    parts.server.always(failures.status(502))
    found, said = await state_at(parts, 8, 13)
    assert found is Freshness.DOWN
    assert said == (
        "Daily Papers couldn't be read on 8 Oct 2026, 13:00 UTC: the feed is unreachable or failing (HTTP 502)."
    )
    with use_locale("de"):
        assert localized(said) == (
            "Daily Papers konnte am 8. Okt. 2026, 13:00 UTC nicht gelesen werden: der Feed ist nicht erreichbar oder "
            "gestört (HTTP 502)."
        )
    parts.server.always(None)
    assert (await state_at(parts, 8, 14))[0] is Freshness.FRESH


async def test_a_feed_that_nobody_reads_grows_stale(parts: Ingesting) -> None:
    await state_at(parts, 8, 12)
    parts.clock.move(hours=3)
    assert await state(parts) == (
        Freshness.STALE,
        "Daily Papers was last read on 8 Oct 2026, 12:00 UTC; anything newer is missing here.",
    )


async def test_a_killed_run_changes_nothing(parts: Ingesting) -> None:
    await state_at(parts, 8, 12)
    await parts.runs.begin("daily-papers", "poll", now=parts.clock().timestamp())
    assert (await state(parts))[0] is Freshness.FRESH
    [found] = await parts.feeds.freshness()
    assert (found.newest, found.read_at) == (THURSDAY, datetime(2026, 10, 8, 12, 0, tzinfo=UTC))
