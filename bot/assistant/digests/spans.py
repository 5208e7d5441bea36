"""How far back a digest looks that was never posted."""

from datetime import timedelta

from bot.store.digests import DigestDefinition


def first_span(definition: DigestDefinition) -> timedelta:
    """Return a week, also for a daily digest, whose first post would else be thin; a month for a monthly one."""
    return timedelta(days=31 if definition.period == "monthly" else 7)
