"""The payloads of digests: of a day, a week, an empty day for each reason, and one to which papers were added."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.app import App
from bot.digests.digest import Addition, Digest, DigestItem, Headline, RoundUp
from bot.digests.selection import order_of
from bot.digests.wording import feed_troubles, why_empty
from bot.frontends.discord.digests.rendering import digest_embeds
from bot.i18n.translation import phrase
from bot.ingest.freshness import FeedState, Freshness
from bot.models import Paper
from bot.sources.files import read_sample
from bot.store.digests import DigestDefinition
from tools.messages.payload import Payloads, payload

PLAIN = DigestDefinition(key="settings-1", guild=None, channel=1, name="New papers", at=time(8))
TOPICAL = replace(
    PLAIN,
    key="7",
    guild="1",
    name="Spikes and speech",
    topics=("spiking neural networks", "speech recognition"),
    authors=("Ada Example",),
)
EMPTY = {
    "weekend": (Freshness.WEEKEND, "Daily Papers has no list at weekends; the next one comes on Monday."),
    "not-out-yet": (Freshness.NOT_OUT_YET, "Today's Daily Papers list is not out yet."),
    "stale": (Freshness.STALE, "arXiv cs.LG has announced nothing since 19 Nov 2026, although papers were due."),
    "down": (Freshness.DOWN, "Daily Papers can't be reached since 05:12; what it lists will come later."),
}


def _feed(freshness: Freshness, sentence: str) -> FeedState:
    return FeedState(
        feed="daily_papers",
        title="Daily Papers",
        freshness=freshness,
        sentence=phrase(sentence),
        newest=None,
        read_at=None,
    )


async def write_digests(app: App, now: datetime, to: Payloads) -> None:
    """Write every kind; `app` holds the sample papers, which came at `now`."""
    after, until = now.timestamp() - 60, now.timestamp()
    day = await app.digests.write(PLAIN, now.date(), after=after, until=until)
    to.write("digest", payload(digest_embeds(day)))
    topical = await app.digests.write(TOPICAL, now.date(), after=after, until=until)
    headline = Headline("Three of these papers let spiking networks do the work of transformers.", (1, 2, 4))
    to.write("digest-topics", payload(digest_embeds(replace(topical, headline=headline))))
    long = replace(PLAIN, length=25)
    to.write("digest-long", payload(digest_embeds(await app.digests.write(long, now.date(), after=after, until=until))))
    to.write("digest-late", payload(digest_embeds(_later(day, now))))
    _write_weekly(replace(TOPICAL, period="weekly", name="The week"), topical, to)
    for name, (freshness, sentence) in EMPTY.items():
        notice = why_empty(PLAIN, 0, [_feed(freshness, sentence)])
        to.write(f"digest-empty-{name}", payload(digest_embeds(_empty(day, notice))))
    to.write("digest-empty-no-match", payload(digest_embeds(_empty(day, why_empty(TOPICAL, 31, [])))))
    trouble = feed_troubles([_feed(*EMPTY["stale"])])
    to.write("digest-stale", payload(digest_embeds(replace(day, items=day.items[:3], total=3, feeds=trouble))))


def _empty(day: Digest, notice: str) -> Digest:
    return replace(day, items=(), total=0, headline=None, notice=notice)


def _later(day: Digest, now: datetime) -> Digest:
    papers: list[Paper] = read_sample()[-2:]
    late = [
        DigestItem(paper=paper, sentence="", verbatim=True, reasons=("4 upvotes",), group="Added at 14:05")
        for paper in papers
    ]
    at = now.replace(hour=14, minute=5)
    return replace(day, items=(*day.items[:4], *late), total=6, additions=(Addition(at, 2),))


def _write_weekly(definition: DigestDefinition, digest: Digest, to: Payloads) -> None:
    papers = [item.paper for item in digest.items]
    told = RoundUp(
        total=digest.total, before=digest.total - 3, withdrawn=tuple(papers[-1:]), released=tuple(papers[1:3])
    )
    weekly = replace(
        digest,
        name=definition.name,
        period="weekly",
        day=digest.day - timedelta(days=1),
        round_up=told,
        order=order_of(definition),
    )
    to.write("digest-weekly", payload(digest_embeds(weekly)))
    monthly = replace(weekly, name="The month", period="monthly", round_up=replace(told, before=None, withdrawn=()))
    to.write("digest-monthly", payload(digest_embeds(monthly)))
