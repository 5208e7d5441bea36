"""What members and channels follow, and the notices of it."""

from dataclasses import dataclass

from bot.assistant.subscriptions.collecting import Collector
from bot.assistant.subscriptions.following import Following
from bot.clock import Clock
from bot.config import Settings
from bot.store.arrivals import Arrivals
from bot.store.database import Database
from bot.store.notices import NoticeStore
from bot.store.papers import SqlitePaperStore
from bot.store.subscriptions import SubscriptionStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriptions:
    """What is followed, and what is told of it."""

    following: Following
    collector: Collector
    store: SubscriptionStore
    notices: NoticeStore


def make_subscriptions(
    settings: Settings, *, database: Database, papers: SqlitePaperStore, clock: Clock
) -> Subscriptions:
    """Put them together."""
    store, notices = SubscriptionStore(database=database), NoticeStore(database=database)
    return Subscriptions(
        following=Following(subscriptions=store, clock=clock),
        collector=Collector(
            arrivals=Arrivals(database=database),
            papers=papers,
            subscriptions=store,
            notices=notices,
            clock=clock,
            daily_at=settings.digest.time,
            zone=settings.digest.zone,
        ),
        store=store,
        notices=notices,
    )
