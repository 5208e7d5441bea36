"""/digest: what a server's digests contain, where and when they are posted."""

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
from bot.frontends.discord.digests import definitions
from bot.frontends.discord.digests.definitions import check_channel, find_digest, guild_of, suggest_digests
from bot.frontends.discord.digests.rendering import digest_embeds
from bot.frontends.discord.shared import autocomplete
from bot.frontends.discord.shared.interactions import AppClient, locale_for_guild
from bot.frontends.discord.shared.markdown import escape
from bot.i18n.translation import gettext, phrase, use_locale
from bot.store.digests import DigestDefinition
from bot.time_zones import zone_names

NOW_EVERY = timedelta(minutes=1)
"""How long a server waits between two posts on request."""

DEFAULT_TIME = time(8)
"""When a digest is posted unless a time is given."""

_GONE = phrase("it no longer exists, or I can't see it")
_DIGEST = "One of this server's digests"
_OPTIONS = {
    "name": f"Name, up to {NAME_LIMIT} characters",
    "channel": "Channel to post in; default: this channel",
    "at": "Time to post, such as 08:30; default: 08:00",
    "zone": "Time zone, such as Europe/Berlin; default: UTC",
    "weekdays": "Mon-Fri, or Mon, Wed, Fri; default: every day",
    "period": "Daily, or a weekly or monthly round-up; default: daily",
    "topics": "Topics to include, separated by commas; default: any topic",
    "excluded": "Words to exclude, separated by commas",
    "categories": "arXiv categories to include, such as cs.LG, cs.CL",
    "authors": "Authors to follow, separated by commas",
    "organisations": "Labs and universities to follow, separated by commas",
    "min_upvotes": "Minimum upvotes per paper; default: 0",
    "length": "Maximum number of papers, 1 to 25; default: 10",
    "writer": "Sentences written by the model and checked, or taken word for word from abstracts",
    "when_empty": "If there are no papers: tell members why, or stay silent",
    "thread": "Open a thread for questions under each post",
}
_EDIT_OPTIONS = {
    name: text.partition("; default")[0] + ("; - for none" if name in {"topics", "excluded"} else "")
    for name, text in _OPTIONS.items()
}
_NAMES = {"at": "time", "excluded": "exclude"}
"""The options that are named otherwise than the fields of a definition."""

_FIELDS = {option: field for field, option in _NAMES.items()}
_COMPLETED = {
    "topics": autocomplete.suggest_listed_topics,
    "categories": autocomplete.suggest_listed_categories,
    "authors": autocomplete.suggest_listed_authors,
}
_Period = Literal["daily", "weekly", "monthly"]
_Writer = Literal["model", "extracts"]
_WhenEmpty = Literal["tell", "silent"]
_Text = app_commands.Range[str, 1, 900]
_Name = app_commands.Range[str, 1, NAME_LIMIT]


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class DigestsCog(commands.GroupCog, group_name="digest", group_description="Set up this server's digests."):
    """Commands for members with Manage Server, who alone see the replies.

    discord.py reads the options of `add` and `edit` from their parameters; the values are read from the namespace.
    """

    def __init__(self, *, app: App) -> None:
        self._app = app
        self._posted_at: dict[int, datetime] = {}

    async def cog_load(self) -> None:
        """Read the names of time zones, so that the first completion has them."""
        await asyncio.to_thread(zone_names)

    def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Refuse everybody without Manage Server, whomever an admin handed the commands to."""
        guild_of(interaction)
        return True

    @app_commands.command(description="Set up a digest.")
    @app_commands.rename(**_NAMES)
    @app_commands.describe(**_OPTIONS)
    @app_commands.autocomplete(zone=definitions.suggest_zones, **_COMPLETED)
    async def add(
        self,
        interaction: discord.Interaction,
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
        await interaction.response.defer(thinking=True, ephemeral=True)
        guild, place = guild_of(interaction), channel or interaction.channel
        if not isinstance(place, discord.TextChannel):
            raise DigestChannelUnfit(channel=phrase("this channel"), reason=phrase("it isn't a text channel"))
        blank = DigestDefinition(
            key="",
            guild=str(guild.id),
            channel=place.id,
            name="",
            at=DEFAULT_TIME,
            made_by=str(interaction.user.id),
            created_at=self._app.clock().timestamp(),
        )
        wanted = with_changes(blank, _read_options(interaction))
        check_channel(place, thread=wanted.thread)
        if await self._app.digest_store.named(wanted.name, guild=str(guild.id)):
            raise DigestNameTaken(name=wanted.name)
        kept = await self._app.digest_store.add(wanted, limit=definitions.MOST_DIGESTS)
        if kept is None:
            raise DigestsFull(limit=definitions.MOST_DIGESTS)
        text = gettext("Digest set up. Use /digest preview to see what it would say now.")
        await _say(interaction, f"{definitions.definition_text(kept)}\n\n{text}")

    @app_commands.command(description="Change a digest; options you leave out stay as they are.")
    @app_commands.rename(**_NAMES)
    @app_commands.describe(digest=_DIGEST, **_EDIT_OPTIONS)
    @app_commands.autocomplete(digest=suggest_digests, zone=definitions.suggest_zones, **_COMPLETED)
    async def edit(
        self,
        interaction: discord.Interaction,
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
        await interaction.response.defer(thinking=True, ephemeral=True)
        guild = guild_of(interaction)
        known = await definitions.find_own_digest(digest, guild, app=self._app)
        changed = replace(
            with_changes(known, _read_options(interaction)),
            channel=channel.id if channel else known.channel,
            paused=None,
        )
        if (place := guild.get_channel(changed.channel)) is None:
            raise DigestChannelUnfit(channel=phrase("the digest's channel"), reason=_GONE)
        check_channel(place, thread=changed.thread)
        namesake = await self._app.digest_store.named(changed.name, guild=str(guild.id))
        if namesake is not None and namesake.key != changed.key:
            raise DigestNameTaken(name=changed.name)
        if not await self._app.digest_store.change(changed):
            raise DigestUnknown(name=known.name)  # removed by somebody else meanwhile
        await _say(interaction, f"{definitions.definition_text(changed)}\n\n{gettext('Changes saved.')}")

    @app_commands.command(description="Preview what a digest would say now, just for you; nothing is posted.")
    @app_commands.describe(digest=_DIGEST)
    @app_commands.autocomplete(digest=suggest_digests)
    async def preview(self, interaction: discord.Interaction, digest: str) -> None:
        """Write the digest and show it; the ledger knows nothing of it."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        guild = guild_of(interaction)
        definition = await find_digest(digest, guild, app=self._app)
        with use_locale(await locale_for_guild(guild, app=self._app)):  # as it would be posted
            written = await self._written(definition)
            embeds = digest_embeds(written, note=gettext("preview · only you can see this"))
        if written.silent:
            text = gettext("It would stay silent: {reason}").format(reason=escape(written.notice or ""))
            await _say(interaction, text)
            return
        await interaction.followup.send(embeds=embeds, ephemeral=True)

    @app_commands.command(description="Post a digest right now as an extra; the scheduled one is still posted.")
    @app_commands.describe(digest=_DIGEST)
    @app_commands.autocomplete(digest=suggest_digests)
    async def now(self, interaction: discord.Interaction, digest: str) -> None:
        """Post it outside the ledger: it neither counts as the day's post nor takes papers from the next one."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        guild = guild_of(interaction)
        self._check_pace(guild)
        definition = await find_digest(digest, guild, app=self._app)
        channel = guild.get_channel(definition.channel)
        if not isinstance(channel, discord.TextChannel):
            raise DigestChannelUnfit(channel=phrase("the digest's channel"), reason=_GONE)
        check_channel(channel, thread=False)
        with use_locale(await locale_for_guild(guild, app=self._app)):
            written = await self._written(definition)
            embeds = digest_embeds(written, note=gettext("posted on request, in addition to the scheduled posts"))
        if not written.items:
            text = gettext("Nothing to post: {reason}").format(reason=escape(written.notice or ""))
            await _say(interaction, text)
            return
        # The nonce: Discord may get the same request twice, when its answer is lost.
        message = await channel.send(embeds=embeds, nonce=str(interaction.id))
        self._posted_at[guild.id] = self._app.clock()
        await _say(interaction, gettext("Posted: {link}").format(link=message.jump_url))

    @app_commands.command(name="list", description="List this server's digests and how each one's last post went.")
    async def list_(self, interaction: discord.Interaction) -> None:
        """Show all of them, to the user alone."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        known = await definitions.digests_of(guild_of(interaction), app=self._app)
        listed = [(one, await self._app.digest_contents.last_row(one.key)) for one in known]
        await interaction.followup.send(
            embed=definitions.digests_embed(listed, limit=definitions.MOST_DIGESTS), ephemeral=True
        )

    @app_commands.command(description="Remove a digest, after asking you to confirm.")
    @app_commands.describe(digest=_DIGEST)
    @app_commands.autocomplete(digest=suggest_digests)
    async def remove(self, interaction: discord.Interaction, digest: str) -> None:
        """Ask whether the digest is to be removed. Raises DigestUnknown and DigestOfSettings."""
        definition = await definitions.find_own_digest(digest, guild_of(interaction), app=self._app)
        text = gettext("Remove this digest? Its posts stay.")
        await interaction.response.send_message(
            f"{text}\n{definitions.definition_text(definition)}",
            view=definitions.removal_view(definition),
            ephemeral=True,
        )

    def _check_pace(self, guild: discord.Guild) -> None:
        last = self._posted_at.get(guild.id)
        wait = last + NOW_EVERY - self._app.clock() if last else timedelta()
        if timedelta() < wait <= NOW_EVERY:
            cooldown = app_commands.Cooldown(1, NOW_EVERY.total_seconds())
            raise app_commands.CommandOnCooldown(cooldown, wait.total_seconds())

    async def _written(self, definition: DigestDefinition) -> Digest:
        """Write what the digest would say now: of the papers since its last post."""
        now = self._app.clock()
        since = await self._app.digest_ledger.posted_until(definition.key, now=now.timestamp())
        return await self._app.digest_writer.write(
            definition,
            now.astimezone(definition.time_zone).date(),
            after=(now - first_span(definition)).timestamp() if since is None else since,
            until=now.timestamp(),
        )


def _read_options(interaction: discord.Interaction) -> dict[str, Any]:
    """Return what was given for a digest's fields, by the names of the fields."""
    given = {_FIELDS.get(name, name): value for name, value in interaction.namespace}
    return {name: value for name, value in given.items() if name in _OPTIONS and name != "channel"}


async def _say(interaction: discord.Interaction, text: str) -> None:
    await interaction.followup.send(text, ephemeral=True, suppress_embeds=True)


async def setup(client: AppClient) -> None:
    """Add the cog."""
    await client.add_cog(DigestsCog(app=client.app))
