"""Payloads about the bot itself: setup and settings of a server, status, privacy."""

from dataclasses import replace
from datetime import timedelta

from bot.answers.llm.metering import CallOutcome
from bot.answers.request import Requester
from bot.app import App
from bot.errors.services import ModelBusy
from bot.frontends.discord.about.privacy import privacy_embed, privacy_view
from bot.frontends.discord.about.status import status_embed, status_of
from bot.frontends.discord.setup.rendering import SetupState, settings_embed, setup_embed
from bot.frontends.discord.setup.view import settings_view, setup_view
from bot.frontends.discord.shared.guild_rules import told_rules
from tools.messages import samples
from tools.messages.payload import Asked, Payloads, payload


async def write_about(app: App, to: Payloads) -> None:
    """Write /setup, /settings, /privacy and /status, the last also with feeds in every state."""
    rules = await app.guild_settings.change("2", **samples.RULES)
    states = {
        "": SetupState(rules=rules, **samples.GUILD),
        "-new": SetupState(rules=await app.guild_settings.rules("3"), looked_at=["100000000000000101"]),
    }
    for name, state in states.items():
        embed = setup_embed(state)
        to.write(f"setup{name}", payload([embed], view=setup_view(state), asked=Asked("/setup"), private=True))
    settings = settings_embed(states[""], app.guild_settings.operator)
    to.write("settings", payload([settings], view=settings_view(), asked=Asked("/settings"), private=True))
    privacy = payload([privacy_embed(app.settings)], view=privacy_view(), asked=Asked("/privacy"), private=True)
    to.write("privacy", privacy)

    now = app.clock()
    status = await status_of(app, Requester(user="1", guild="2"))
    began, tomorrow = now - timedelta(days=3), now + timedelta(days=1)
    shown = status_embed(status, started_at=began, next_digest=tomorrow)
    to.write("status", payload([shown], asked=Asked("/status"), private=True))
    failed = CallOutcome(now - timedelta(minutes=4), ModelBusy.reason)
    troubled = replace(status, last_call=failed, feeds=samples.feeds(now))
    shown = status_embed(troubled, started_at=began, next_digest=None, rules=list(told_rules(rules)))
    to.write("status-feeds", payload([shown], asked=Asked("/status"), private=True))
