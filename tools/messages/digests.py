"""The payloads of digests: of a day, a week, an empty day for each reason, and one to which papers were added."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.app import App
from bot.digests.digest import Addition, Digest, DigestItem, Headline, RoundUp
from bot.digests.selection import order_of
from bot.digests.wording import feed_troubles, why_empty
from bot.frontends.discord.digests.rendering import digest_embeds
from bot.models import Paper
from bot.sources.files import read_sample
from bot.store.digests import DigestDefinition
from tools.messages import samples
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


async def write_digests(app: App, now: datetime, to: Payloads) -> None:
    """Write every kind; `app` holds the sample papers, which came at `now`."""
    after, until = now.timestamp() - 60, now.timestamp()
    day = await app.digest_writer.write(PLAIN, now.date(), after=after, until=until)
    to.write("digest", payload(digest_embeds(day)))
    topical = await app.digest_writer.write(TOPICAL, now.date(), after=after, until=until)
    headline = Headline("Three of these papers let spiking networks do the work of transformers.", (1, 2, 4))
    to.write("digest-topics", payload(digest_embeds(replace(topical, headline=headline))))
    long = replace(PLAIN, length=25)
    to.write(
        "digest-long", payload(digest_embeds(await app.digest_writer.write(long, now.date(), after=after, until=until)))
    )
    to.write("digest-hugging-face", payload(digest_embeds(_from_hub(day))))
    to.write("digest-late", payload(digest_embeds(_later(day, now))))
    _write_weekly(replace(TOPICAL, period="weekly", name="The week"), topical, to)
    states = {state.freshness.replace(" ", "-"): state for state in samples.feeds(now)}
    for name in ("weekend", "not-out-yet", "stale", "down"):
        to.write(f"digest-empty-{name}", payload(digest_embeds(_empty(day, why_empty(PLAIN, 0, [states[name]])))))
    to.write("digest-empty-no-match", payload(digest_embeds(_empty(day, why_empty(TOPICAL, 31, [])))))
    trouble = feed_troubles([states["stale"]])
    to.write("digest-stale", payload(digest_embeds(replace(day, items=day.items[:3], total=3, feeds=trouble))))


def _from_hub(day: Digest) -> Digest:
    """Return a digest with Hugging Face's summary of the one paper that has one."""
    items = [
        DigestItem(
            paper=paper,
            sentence=paper.hub_summary or f"{paper.abstract.partition('. ')[0]}.",
            verbatim=not paper.hub_summary,
            by_hub=bool(paper.hub_summary),
        )
        for paper in samples.LISTED
    ]
    return replace(day, items=tuple(items), total=len(items), headline=None)


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
    round_up = RoundUp(
        total=digest.total, before=digest.total - 3, withdrawn=tuple(papers[-1:]), released=tuple(papers[1:3])
    )
    weekly = replace(
        digest,
        name=definition.name,
        period="weekly",
        day=digest.day - timedelta(days=1),
        round_up=round_up,
        order=order_of(definition),
    )
    to.write("digest-weekly", payload(digest_embeds(weekly)))
    monthly = replace(weekly, name="The month", period="monthly", round_up=replace(round_up, before=None, withdrawn=()))
    to.write("digest-monthly", payload(digest_embeds(monthly)))
