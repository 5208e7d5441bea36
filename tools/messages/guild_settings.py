"""Payloads of what tells of the bot itself: help, the rules of a server, how it stands, what it keeps."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.answers.llm.metering import CallOutcome
from bot.answers.request import Requester
from bot.app import App
from bot.errors.services import ModelBusy
from bot.frontends.discord.about.help import help_of
from bot.frontends.discord.about.privacy import privacy_embed, privacy_view
from bot.frontends.discord.about.status import status_embed, status_of
from bot.frontends.discord.client import PaperbotClient
from bot.frontends.discord.setup.rendering import SetupState, settings_embed, setup_embed
from bot.frontends.discord.setup.view import settings_view, setup_view
from bot.frontends.discord.shared.guild_rules import told_rules
from bot.ingest.freshness import FeedHistory, FeedState, feed_state
from bot.sources.feed import FeedCalendar
from bot.store.feeds import FeedRun
from bot.store.feeds import Outcome as RunOutcome
from bot.store.protocol import UpsertCounts
from tools.messages import written
from tools.messages.payload import Asked, Payloads, payload


async def write_guild_settings(app: App, to: Payloads) -> None:
    """Write them."""
    async with PaperbotClient(app=app) as client:
        await client.add_cogs()
        to.write("help", payload(help_of(client), asked=Asked("/help"), private=True))
    rules = await app.guild_settings.change("2", **written.RULES)
    states = {
        "": SetupState(rules=rules, **written.HOUSE),
        "-new": SetupState(rules=await app.guild_settings.rules("3"), looked_at=["100000000000000101"]),
    }
    for name, state in states.items():
        setup = setup_embed(state)
        to.write(f"setup{name}", payload([setup], view=setup_view(state), asked=Asked("/setup"), private=True))
    settings = settings_embed(states[""], app.guild_settings.operator)
    to.write("settings", payload([settings], view=settings_view(), asked=Asked("/settings"), private=True))
    privacy = payload([privacy_embed(app.settings)], view=privacy_view(), asked=Asked("/privacy"), private=True)
    to.write("privacy", privacy)

    now = app.clock()
    status = await status_of(app, Requester(user="1", guild="2"))
    began, tomorrow = now - timedelta(days=3), now + timedelta(days=1)
    told = status_embed(status, started_at=began, next_digest=tomorrow)
    to.write("status", payload([told], asked=Asked("/status"), private=True))
    failed = CallOutcome(now - timedelta(minutes=4), ModelBusy.reason)
    troubled = replace(status, last_call=failed, feeds=standing_feeds(now))
    told = status_embed(troubled, started_at=began, next_digest=None, rules=list(told_rules(rules)))
    to.write("status-feeds", payload([told], asked=Asked("/status"), private=True))


def standing_feeds(now: datetime) -> tuple[FeedState, ...]:
    """Return a feed in each state of freshness; `now` is the morning of a Monday."""
    early, late = _calendar(time(6)), _calendar(time(20))
    today, friday, before = now.date(), now.date() - timedelta(days=3), now.date() - timedelta(days=9)
    return tuple(
        feed_state("example", title, calendar, history, now=now, poll=timedelta(minutes=30))
        for title, calendar, history in (
            ("Daily Papers", early, _read(now, today)),
            ("arXiv (API)", early, _read(now, friday)),
            ("arXiv (announcements)", late, _read(now, friday)),
            ("The lab's list", early, _read(now, before)),
            ("The club's list", early, _read(now, friday, reason="it answered with 503")),
        )
    )


def _calendar(hour: time) -> FeedCalendar:
    weekdays = frozenset(range(5))
    return FeedCalendar(zone=ZoneInfo("UTC"), weekdays=weekdays, hour=hour, late_after=timedelta(hours=6))


def _read(at: datetime, newest: date, *, reason: str | None = None) -> FeedHistory:
    outcome = RunOutcome.FAILED if reason else RunOutcome.DONE
    run = FeedRun(
        number=1,
        feed="example",
        job="poll",
        started_at=at,
        ended_at=at,
        outcome=outcome,
        reason=reason,
        counts=UpsertCounts(0, 0, 0),
        refused=0,
        refusals=(),
        newest=newest,
    )
    return FeedHistory(runs=[run], last_done=run, newest=newest)
