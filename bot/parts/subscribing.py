"""What members and channels follow, and the notices of it."""

from dataclasses import dataclass

from bot.assistant.subscriptions.collecting import Collector
from bot.assistant.subscriptions.following import Following
from bot.parts.ground import Ground
from bot.store.arrivals import Arrivals
from bot.store.notices import NoticeStore
from bot.store.subscriptions import SubscriptionStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriptions:
    """What is followed, and what is told of it."""

    following: Following
    collector: Collector
    store: SubscriptionStore
    notices: NoticeStore


def make_subscriptions(ground: Ground) -> Subscriptions:
    """Put them together."""
    store, notices = SubscriptionStore(database=ground.database), NoticeStore(database=ground.database)
    return Subscriptions(
        following=Following(subscriptions=store, clock=ground.clock),
        collector=Collector(
            arrivals=Arrivals(database=ground.database),
            papers=ground.papers,
            subscriptions=store,
            notices=notices,
            clock=ground.clock,
            daily_at=ground.settings.digest.time,
            zone=ground.settings.digest.zone,
        ),
        store=store,
        notices=notices,
    )
