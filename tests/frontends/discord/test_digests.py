"""/digest, as those with Manage Server use it."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.actors import MemberActor
from simcord.results import ResponseMessage

from bot.frontends.discord.digests.definitions import digests_embed
from bot.models import Paper
from bot.store.digests import DigestDefinition
from tests.apps import sample_app
from tests.digests.examples import make_definition
from tests.factories import make_paper, make_papers
from tests.frontends.discord.rendering.limits import NASTY, assert_within_limits
from tests.frontends.discord.replies import private_reply
from tests.frontends.discord.server import Server, running

NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)


@dataclass(frozen=True)
class GuildSettings:
    """A server with somebody who may set up digests."""

    server: Server
    admin: MemberActor

    async def say(self, command: str, /, **options: Any) -> ResponseMessage:
        return private_reply(await self.admin.slash(self.server.channel, f"digest {command}", **options))

    async def definitions(self) -> Sequence[DigestDefinition]:
        return await self.server.app.digest_store.all()

    @property
    def posted(self) -> list[discord.Message]:
        return self.server.channel.history()


@asynccontextmanager
async def guild_settings(
    folder: Path, *, papers: Sequence[Paper] = (), check_errors: bool = True, **groups: Any
) -> AsyncIterator[GuildSettings]:
    async with sample_app(folder, papers=list(papers), clock=lambda: NOW, **groups) as app:
        async with running(app, check_errors=check_errors) as server:
            role = server.guild.create_role("keeper", permissions=discord.Permissions(manage_guild=True))
            yield GuildSettings(server, server.guild.add_member(server.env.create_user("kim"), roles=[role]))


async def test_a_digest_is_set_up_with_every_value_and_told_back(tmp_path: Path) -> None:
    async with guild_settings(tmp_path) as there:
        said = await there.say(
            "add",
            name="Spikes",
            time="7:30",
            zone="Europe/Berlin",
            weekdays="Mon-Fri",
            topics="spiking transformers, speech",
            exclude="survey",
            categories="cs.lg",
            authors="Ada Example",
            organisations="Example Lab",
            min_upvotes=2,
            length=5,
            writer="extracts",
            when_empty="silent",
            thread=True,
        )
        (kept,) = await there.definitions()
        channel = there.server.channel.id
    assert said.content == (
        f"**Spikes** · <#{channel}> · on Mon to Fri at 07:30, Europe/Berlin\n"
        "topics: spiking transformers, speech; categories: cs.LG; authors: Ada Example; organisations: Example Lab; "
        "without: survey; at least 2 upvotes\n"
        "-# at most 5 papers · verbatim sentences · silent if there are no papers · with a thread\n\n"
        "Digest set up. Use /digest preview to see what it would say now."
    )
    assert (kept.weekdays, kept.topics, kept.made_by) == (
        (0, 1, 2, 3, 4),
        ("spiking transformers", "speech"),
        str(there.admin.id),
    )


async def test_the_values_left_out_are_plain_ones(tmp_path: Path) -> None:
    async with guild_settings(tmp_path) as there:
        said = await there.say("add", name="Morning")
    assert " · every day at 08:00, UTC\nall papers\n-# at most 10 papers · sentences by the model · " in said.content


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"time": "25:00"}, "“25:00” doesn't work as the digest's time. Try something like 08:30."),
        (
            {"zone": "Berlin"},
            "“Berlin” doesn't work as the digest's time zone. Try something like Europe/Berlin or UTC; ",
        ),
        ({"zone": "../etc/passwd"}, "doesn't work as the digest's time zone."),
        (
            {"weekdays": "someday"},
            "“someday” doesn't work as the digest's weekdays. Try something like Mon-Fri, or Mon, Wed, ",
        ),
        ({"topics": "the, of"}, "“the” doesn't work as the digest's topics. Try something like spiking transformers, "),
        ({"topics": ",".join(map(str, range(13)))}, "at most 12, separated by commas"),
        ({"authors": "!!!"}, "“!!!” doesn't work as the digest's authors."),
        (
            {"categories": "physics!"},
            "“physics!” doesn't work as the digest's categories. Try something like cs.LG, cs.CL, ",
        ),
        ({"organisations": "x" * 61}, "at most 60 characters each"),
        ({"exclude": ","}, "“,” doesn't work as the digest's excluded words."),
        ({"name": "***"}, "“\\*\\*\\*” doesn't work as the digest's name."),
    ],
)
async def test_each_wrong_value_is_refused_with_an_example(
    tmp_path: Path, options: dict[str, str], refusal: str
) -> None:
    async with guild_settings(tmp_path, check_errors=False) as there:
        said = await there.say("add", **{"name": "Morning", **options})
        assert refusal in said.content
        assert await there.definitions() == []


async def test_a_name_is_taken_once_and_a_server_has_25_digests(tmp_path: Path) -> None:
    async with guild_settings(tmp_path, check_errors=False) as there:
        for number in range(25):
            await there.say("add", name=f"Digest {number}")
        taken = await there.say("add", name="DIGEST 3")
        full = await there.say("add", name="One more")
        listed = await there.say("list")
    assert taken.content.startswith("This server already has a digest called “DIGEST 3”.")
    assert full.content.startswith("This server already has the maximum of 25 digests.")
    assert listed.embeds[0].footer.text == "25 of up to 25 digests"
    assert (listed.embeds[0].description or "").count("**Digest ") == 25


async def test_a_channel_where_the_bot_may_not_post_is_refused_with_what_it_lacks(tmp_path: Path) -> None:
    async with guild_settings(tmp_path, check_errors=False) as there:
        guild = there.server.guild
        denied = discord.PermissionOverwrite(embed_links=False, create_public_threads=False)
        quiet = guild.create_text_channel("quiet", overwrites={guild.default_role: denied})
        plain = await there.say("add", name="Morning", channel=quiet)
        threaded = await there.say("add", name="Morning", channel=quiet, thread=True)
        assert await there.definitions() == []
    assert plain.content == (
        "I can't post digests in #quiet: I need Embed Links there. Fix that, or choose another channel."
    )
    assert "I need Embed Links, Create Public Threads there." in threaded.content


async def test_members_without_manage_server_are_refused_whatever_the_command(tmp_path: Path) -> None:
    async with guild_settings(tmp_path, check_errors=False) as there:
        await there.say("add", name="Morning")
        (command,) = [one for one in await there.server.bot.tree.fetch_commands() if one.name == "digest"]
        there.server.guild.set_command_permissions(command, {there.server.ada: True})
        for name, options in {"list": {}, "preview": {"digest": "Morning"}, "remove": {"digest": "Morning"}}.items():
            said = await there.server.ada.slash(there.server.channel, f"digest {name}", **options)
            assert private_reply(said).content == "You need Manage Server for this. Ask an admin to do it."


async def test_an_edit_changes_what_is_given_and_nothing_else(tmp_path: Path) -> None:
    async with guild_settings(tmp_path) as there:
        await there.say("add", name="Morning", topics="kettles, pots", length=5)
        (before,) = await there.definitions()
        await there.server.app.digest_store.pause(before.key, "the channel was gone")
        said = await there.say("edit", digest="morning", name="Evening", time="20:15", topics="-")
        (after,) = await there.definitions()
    assert (after.name, f"{after.at:%H:%M}", after.topics, after.length) == ("Evening", "20:15", (), 5)
    assert after.paused is None
    assert said.content.endswith("\n\nChanges saved.")


async def test_completion_offers_the_servers_digests_and_time_zones(tmp_path: Path) -> None:
    async with guild_settings(tmp_path) as there:
        await there.say("add", name="Morning")
        await there.say("add", name="Evening")
        channel = there.server.channel
        digests = await there.admin.autocomplete(channel, "digest edit", "digest", "eve")
        zones = await there.admin.autocomplete(channel, "digest add", "zone", "berl")
        said = await there.say("edit", digest=digests[0]["value"], length=3)
    assert [choice["name"] for choice in digests] == ["Evening · #papers"]
    assert zones[0] == {"name": "Europe/Berlin", "value": "Europe/Berlin"}
    assert said.content.startswith("**Evening**")


async def test_a_preview_shows_the_digest_and_leaves_no_trace(tmp_path: Path) -> None:
    papers = [make_paper(title="Whistling kettles"), make_paper(title="Pots", abstract="Pots.", arxiv_id="2401.2")]
    async with guild_settings(tmp_path, papers=papers) as there:
        await there.say("add", name="Kettles", topics="kettles")
        said = await there.say("preview", digest="Kettles")
        rows = await there.server.app.digest_contents.last_row("1")
        assert there.posted == []
    embed = said.embeds[0]
    assert embed.title == "Kettles · Monday, 5 Oct 2026"
    assert (embed.description or "").startswith("1\\. **[Whistling kettles](https://arxiv.org/abs/2401.00001)**\n")
    assert "-# matches “kettles” · 5 Jan 2024" in (embed.description or "")
    assert "Pots" not in (embed.description or "")
    assert embed.footer.text == (
        "1 new paper, title matches first, then most upvotes · preview · only you can see this"
    )
    assert rows is None


async def test_a_preview_tells_when_a_digest_would_stay_silent(tmp_path: Path) -> None:
    async with guild_settings(tmp_path, papers=make_papers("Pots")) as there:
        await there.say("add", name="Speech", topics="speech", when_empty="silent")
        said = await there.say("preview", digest="Speech")
    assert said.content == (
        "It would stay silent: 1 paper arrived, but it doesn't match this digest \\(topics: speech\\)."
    )


async def test_now_posts_an_extra_that_is_not_taken_for_the_days(tmp_path: Path) -> None:
    async with guild_settings(tmp_path, papers=make_papers("Pots"), check_errors=False) as there:
        await there.say("add", name="Morning")
        said = await there.say("now", digest="Morning")
        again = await there.say("now", digest="Morning")
        (message,) = there.posted
        app = there.server.app
        assert await app.digest_contents.last_row("1") is None
        assert await app.digest_ledger.posted_until("1", now=app.clock().timestamp()) is None
    assert said.content == f"Posted: {message.jump_url}"
    assert again.content.startswith("You've reached the rate limit. Try again in ")
    assert message.embeds[0].footer.text == (
        "1 new paper, most upvotes first, then most comments, then newest · posted on request, in addition to "
        "the scheduled posts"
    )


async def test_now_posts_nothing_when_there_is_nothing(tmp_path: Path) -> None:
    async with guild_settings(tmp_path) as there:
        await there.say("add", name="Morning")
        said = await there.say("now", digest="Morning")
        assert there.posted == []
    assert said.content.startswith("Nothing to post: There are no papers yet.")


async def test_a_digest_is_removed_after_asking_once_more_also_after_a_restart(tmp_path: Path) -> None:
    async with guild_settings(tmp_path) as there:
        await there.say("add", name="Morning")
        asked = await there.say("remove", digest="Morning")
        assert asked.content.startswith("Remove this digest? Its posts stay.\n**Morning**")
        await there.admin.click(asked, label="Keep")
        assert len(await there.definitions()) == 1
        asked = await there.say("remove", digest="Morning")
        await there.server.env.restart_bot(there.server.another_bot())
        await there.admin.click(asked, label="Remove")
        assert await there.definitions() == []
        message = there.server.env.backend.get_message(asked.channel_id, asked.id)
    assert ResponseMessage(there.server.env, message).content == "Removed: Morning. Its posts stay."


async def test_the_operators_digests_are_listed_and_cannot_be_changed(tmp_path: Path) -> None:
    for folder in ("first", "second"):
        (tmp_path / folder).mkdir()
    async with guild_settings(tmp_path / "first") as there:
        channel = there.server.channel.id  # the simulation numbers channels alike each time
    settings = {"channel_ids": [channel], "time": "20:00"}
    async with guild_settings(tmp_path / "second", check_errors=False, digest=settings) as there:
        assert there.server.channel.id == channel
        listed = await there.say("list")
        refused = await there.say("edit", digest="New papers", length=3)
        removed = await there.say("remove", digest="New papers")
    assert "Set up by the bot's operator." in (listed.embeds[0].description or "")
    assert refused.content.startswith("This digest was set up by the bot's operator")
    assert removed.content == refused.content


async def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    async with guild_settings(tmp_path, check_errors=False) as there:
        said = await there.say("preview", digest="Nope *x*")
        empty = await there.say("list")
    assert said.content == "This server has no digest called “Nope \\*x\\*”. Use /digest list to see what there is."
    assert empty.embeds[0].description == "No digests yet. Set one up with /digest add."


async def test_a_list_of_monstrous_digests_stays_within_a_message(tmp_path: Path) -> None:
    long = tuple(f"{number} {NASTY}"[:60] for number in range(12))
    definition = make_definition(name=NASTY[:40], topics=long, authors=long, excluded=long, paused=NASTY * 9)
    embed = digests_embed([(definition, None)] * 25, limit=25)
    assert_within_limits([embed])
    assert (embed.description or "").count("Paused") > 5


async def test_the_commands_stay_within_discords_limits(tmp_path: Path) -> None:
    async with guild_settings(tmp_path) as there:
        tree = there.server.bot.tree
        group = tree.get_command("digest")
        assert group is not None
        told = group.to_dict(tree)
    assert (told["dm_permission"], int(str(told["default_member_permissions"]))) == (
        False,
        discord.Permissions(manage_guild=True).value,
    )
    texts = list(_texts(told))
    assert max(map(len, texts)) <= 100
    assert sum(map(len, texts)) <= 8000


def _texts(value: object) -> Iterator[str]:
    """Yield what Discord counts: names, descriptions and values."""
    if isinstance(value, dict):
        yield from (str(value[name]) for name in ("name", "description", "value") if name in value)
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        yield from _texts(part)
