"""/digest: what a server's digests tell of, where and when. They are posted by cogs/daily.py."""

import asyncio
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.digests.digest import Digest
from bot.digests.parsing import NAME_LIMIT, with_changes
from bot.digests.schedule import first_span
from bot.errors.requests import DigestChannelUnfit, DigestNameTaken, DigestsFull, DigestUnknown
from bot.frontends.discord.digests.definitions import definition_text, digests_embed
from bot.frontends.discord.digests.editing import (
    MOST_DIGESTS,
    check_channel,
    digests_of,
    find_digest,
    find_own_digest,
    guild_of,
    removal_view,
    suggest_digests,
    suggest_zones,
)
from bot.frontends.discord.digests.rendering import digest_embeds
from bot.frontends.discord.shared.autocomplete import (
    suggest_listed_authors,
    suggest_listed_categories,
    suggest_listed_topics,
)
from bot.frontends.discord.shared.interactions import locale_for_guild
from bot.frontends.discord.shared.markdown import escape
from bot.i18n.translation import gettext, phrase, use_locale
from bot.store.digests import DigestDefinition
from bot.time_zones import zone_names

NOW_EVERY = timedelta(minutes=1)
"""How long a server waits between two posts on request."""

DEFAULT_TIME = time(8)
"""When a digest is posted unless somebody says so."""

_GONE = phrase("it is gone, or hidden from me")
_DIGEST = "One of this server's digests"
_OPTIONS = {
    "name": f"What it is called, at most {NAME_LIMIT} characters",
    "channel": "Where it is posted; else here",
    "at": "When, as 08:30; else 08:00",
    "zone": "The time zone, such as Europe/Berlin; else UTC",
    "weekdays": "Mon-Fri, or Mon, Wed, Fri; else every day",
    "period": "Every day, a round-up of the week, or of the month; else every day",
    "topics": "Topics wanted, with commas between them; else all papers",
    "excluded": "Words that keep a paper out, with commas between them",
    "categories": "arXiv categories wanted, such as cs.LG, cs.CL",
    "authors": "Authors followed, with commas between them",
    "organisations": "Labs and universities followed, with commas between them",
    "min_upvotes": "The fewest upvotes a paper needs; else 0",
    "length": "The most papers in it, 1 to 25; else 10",
    "writer": "Sentences by the model, checked, or taken from abstracts word for word",
    "when_empty": "Without papers: tell why, or stay silent",
    "thread": "Whether each post gets a thread for questions about it",
}
_EDIT_OPTIONS = {
    name: text.partition("; else")[0] + ("; - for none" if name in {"topics", "excluded"} else "")
    for name, text in _OPTIONS.items()
}
_COMPLETED = {
    "topics": suggest_listed_topics,
    "categories": suggest_listed_categories,
    "authors": suggest_listed_authors,
}
_Period = Literal["daily", "weekly", "monthly"]
_Writer = Literal["model", "extracts"]
_WhenEmpty = Literal["tell", "silent"]
_Text = app_commands.Range[str, 1, 900]
_Name = app_commands.Range[str, 1, NAME_LIMIT]


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class DigestsCog(commands.GroupCog, group_name="digest", group_description="Set up this server's digests."):
    """Those with Manage Server set up digests; all that is told here only they see."""

    def __init__(self, *, app: App) -> None:
        self._app = app
        self._posted_at: dict[int, datetime] = {}

    async def cog_load(self) -> None:
        """Read the names of time zones, so that the first completion has them."""
        await asyncio.to_thread(zone_names)

    def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Refuse everybody without Manage Server, whomever an admin handed the commands to."""
        guild_of(interaction)
        return True

    @app_commands.command(description="Set up a digest.")
    @app_commands.rename(at="time", excluded="exclude")
    @app_commands.describe(**_OPTIONS)
    @app_commands.autocomplete(zone=suggest_zones, **_COMPLETED)
    async def add(
        self,
        interaction: discord.Interaction[commands.Bot],
        name: _Name,
        channel: discord.TextChannel | None = None,
        at: str | None = None,
        zone: str | None = None,
        weekdays: str | None = None,
        period: _Period | None = None,
        topics: _Text | None = None,
        excluded: _Text | None = None,
        categories: _Text | None = None,
        authors: _Text | None = None,
        organisations: _Text | None = None,
        min_upvotes: app_commands.Range[int, 0, 10_000] | None = None,
        length: app_commands.Range[int, 1, 25] | None = None,
        writer: _Writer | None = None,
        when_empty: _WhenEmpty | None = None,
        thread: bool | None = None,
    ) -> None:
        """Check every value and the channel, then keep the digest and say what it will do."""
        typed = {
            "name": name,
            "at": at,
            "zone": zone,
            "weekdays": weekdays,
            "period": period,
            "topics": topics,
            "excluded": excluded,
            "categories": categories,
            "authors": authors,
            "organisations": organisations,
            "min_upvotes": min_upvotes,
            "length": length,
            "writer": writer,
            "when_empty": when_empty,
            "thread": thread,
        }
        place = channel or interaction.channel
        await self._add(interaction, place, typed)

    @app_commands.command(description="Change a digest; what you leave out stays as it is.")
    @app_commands.rename(at="time", excluded="exclude")
    @app_commands.describe(digest=_DIGEST, **_EDIT_OPTIONS)
    @app_commands.autocomplete(digest=suggest_digests, zone=suggest_zones, **_COMPLETED)
    async def edit(
        self,
        interaction: discord.Interaction[commands.Bot],
        digest: str,
        name: _Name | None = None,
        channel: discord.TextChannel | None = None,
        at: str | None = None,
        zone: str | None = None,
        weekdays: str | None = None,
        period: _Period | None = None,
        topics: _Text | None = None,
        excluded: _Text | None = None,
        categories: _Text | None = None,
        authors: _Text | None = None,
        organisations: _Text | None = None,
        min_upvotes: app_commands.Range[int, 0, 10_000] | None = None,
        length: app_commands.Range[int, 1, 25] | None = None,
        writer: _Writer | None = None,
        when_empty: _WhenEmpty | None = None,
        thread: bool | None = None,
    ) -> None:
        """Check what is given, change it, and say what the digest is now. One that was paused is tried again."""
        typed = {
            "name": name,
            "at": at,
            "zone": zone,
            "weekdays": weekdays,
            "period": period,
            "topics": topics,
            "excluded": excluded,
            "categories": categories,
            "authors": authors,
            "organisations": organisations,
            "min_upvotes": min_upvotes,
            "length": length,
            "writer": writer,
            "when_empty": when_empty,
            "thread": thread,
        }
        await self._edit(interaction, digest, channel, typed)

    @app_commands.command(description="Show what a digest would say now, to you alone; nothing is posted.")
    @app_commands.describe(digest=_DIGEST)
    @app_commands.autocomplete(digest=suggest_digests)
    async def preview(self, interaction: discord.Interaction[commands.Bot], digest: str) -> None:
        """Write the digest and show it; the ledger knows nothing of it."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        guild = guild_of(interaction)
        definition = await find_digest(digest, guild, app=self._app)
        with use_locale(await locale_for_guild(guild, app=self._app)):  # as it would be posted
            written = await self._written(definition)
            embeds = digest_embeds(written, note=gettext("a preview, only you see it"))
        if written.silent:
            text = gettext("It would stay silent: {reason}").format(reason=escape(written.notice or ""))
            await _say(interaction, text)
            return
        await interaction.followup.send(embeds=embeds, ephemeral=True)

    @app_commands.command(description="Post a digest at once, as an extra; today's own is posted all the same.")
    @app_commands.describe(digest=_DIGEST)
    @app_commands.autocomplete(digest=suggest_digests)
    async def now(self, interaction: discord.Interaction[commands.Bot], digest: str) -> None:
        """Post it outside the ledger: it neither counts as the day's post nor takes papers from the next one."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        guild = guild_of(interaction)
        self._check_pace(guild)
        definition = await find_digest(digest, guild, app=self._app)
        channel = guild.get_channel(definition.channel)
        if not isinstance(channel, discord.TextChannel):
            raise DigestChannelUnfit(channel=phrase("its channel"), reason=_GONE)
        check_channel(channel, thread=False)
        with use_locale(await locale_for_guild(guild, app=self._app)):
            written = await self._written(definition)
            embeds = digest_embeds(written, note=gettext("posted on request, beside the usual posts"))
        if not written.items:
            text = gettext("Nothing to post: {reason}").format(reason=escape(written.notice or ""))
            await _say(interaction, text)
            return
        # The nonce: Discord may get the same request twice, when its answer is lost.
        message = await channel.send(embeds=embeds, nonce=str(interaction.id))
        self._posted_at[guild.id] = self._app.clock()
        await _say(interaction, gettext("Posted: {link}").format(link=message.jump_url))

    @app_commands.command(
        name="list", description="List this server's digests, and what became of the last post of each."
    )
    async def list_(self, interaction: discord.Interaction[commands.Bot]) -> None:
        """Show all of them."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        known = await digests_of(guild_of(interaction), app=self._app)
        listed = [(one, await self._app.digest_contents.last_row(one.key)) for one in known]
        await interaction.followup.send(embed=digests_embed(listed, limit=MOST_DIGESTS), ephemeral=True)

    @app_commands.command(description="Remove a digest, after asking once more.")
    @app_commands.describe(digest=_DIGEST)
    @app_commands.autocomplete(digest=suggest_digests)
    async def remove(self, interaction: discord.Interaction[commands.Bot], digest: str) -> None:
        """Ask whether it is to go."""
        definition = await find_own_digest(digest, guild_of(interaction), app=self._app)
        text = gettext("Remove this digest? What it posted stays.")
        await interaction.response.send_message(
            f"{text}\n{definition_text(definition)}", view=removal_view(definition), ephemeral=True
        )

    async def _add(self, interaction: discord.Interaction[commands.Bot], place: object, typed: dict[str, Any]) -> None:
        await interaction.response.defer(thinking=True, ephemeral=True)
        guild = guild_of(interaction)
        if not isinstance(place, discord.TextChannel):
            raise DigestChannelUnfit(channel=phrase("this place"), reason=phrase("it is no text channel"))
        blank = DigestDefinition(
            key="",
            guild=str(guild.id),
            channel=place.id,
            name="",
            at=DEFAULT_TIME,
            made_by=str(interaction.user.id),
            created_at=self._app.clock().timestamp(),
        )
        wanted = with_changes(blank, typed)
        check_channel(place, thread=wanted.thread)
        if await self._app.digest_store.named(wanted.name, guild=str(guild.id)):
            raise DigestNameTaken(name=wanted.name)
        kept = await self._app.digest_store.add(wanted, limit=MOST_DIGESTS)
        if kept is None:
            raise DigestsFull(limit=MOST_DIGESTS)
        said = gettext("Set up. /digest preview shows what it would say now.")
        await _say(interaction, f"{definition_text(kept)}\n\n{said}")

    async def _edit(
        self,
        interaction: discord.Interaction[commands.Bot],
        digest: str,
        channel: discord.TextChannel | None,
        typed: dict[str, Any],
    ) -> None:
        await interaction.response.defer(thinking=True, ephemeral=True)
        guild = guild_of(interaction)
        known = await find_own_digest(digest, guild, app=self._app)
        changed = replace(with_changes(known, typed), channel=channel.id if channel else known.channel, paused=None)
        if (place := guild.get_channel(changed.channel)) is None:
            raise DigestChannelUnfit(channel=phrase("its channel"), reason=_GONE)
        check_channel(place, thread=changed.thread)
        namesake = await self._app.digest_store.named(changed.name, guild=str(guild.id))
        if namesake is not None and namesake.key != changed.key:
            raise DigestNameTaken(name=changed.name)
        if not await self._app.digest_store.change(changed):
            raise DigestUnknown(name=known.name)  # removed by somebody else meanwhile
        await _say(interaction, f"{definition_text(changed)}\n\n{gettext('Changed.')}")

    def _check_pace(self, guild: discord.Guild) -> None:
        last = self._posted_at.get(guild.id)
        wait = last + NOW_EVERY - self._app.clock() if last else timedelta()
        if timedelta() < wait <= NOW_EVERY:
            cooldown = app_commands.Cooldown(1, NOW_EVERY.total_seconds())
            raise app_commands.CommandOnCooldown(cooldown, wait.total_seconds())

    async def _written(self, definition: DigestDefinition) -> Digest:
        """Write what the digest would say now: of the papers since its last post."""
        now = self._app.clock()
        since = await self._app.ledger.posted_until(definition.key, now=now.timestamp())
        return await self._app.digests.write(
            definition,
            now.astimezone(definition.time_zone).date(),
            after=(now - first_span(definition)).timestamp() if since is None else since,
            until=now.timestamp(),
        )


async def _say(interaction: discord.Interaction[commands.Bot], text: str) -> None:
    await interaction.followup.send(text, ephemeral=True, suppress_embeds=True)
