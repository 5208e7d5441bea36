"""/follow and /following, as members use them."""

from pathlib import Path

import discord
import pytest
from simcord.actors import MemberActor
from simcord.results import ResponseMessage

from bot.follows.follow import FOLLOW_LIMIT
from tests.apps import sample_app
from tests.factories import make_papers
from tests.frontends.discord.rendering.limits import NASTY, monstrous_paper
from tests.frontends.discord.replies import private_reply
from tests.frontends.discord.server import Server, running


def manager(server: Server) -> MemberActor:
    """Return a member who manages channels."""
    role = server.guild.create_role("editors", permissions=discord.Permissions(manage_channels=True))
    return server.guild.add_member(server.env.create_user("carol"), roles=[role])


async def listed(server: Server) -> ResponseMessage:
    return private_reply(await server.ada.slash(server.channel, "following"))


def text(message: ResponseMessage) -> str:
    return message.embeds[0].description or ""


@pytest.mark.parametrize(
    ("kind", "named", "said"),
    [
        ("topic", "spiking *transformers*", "Now following new papers on **spiking \\*transformers\\***."),
        ("author", "Ada Example", "Now following new papers by **Ada Example**."),
        ("organisation", "Google DeepMind", "Now following new papers from **Google DeepMind**."),
        ("paper", "2401.00001", "Now following **Alpha Waves**: new versions, withdrawal and code."),
    ],
)
async def test_each_kind_is_followed_and_listed_in_private(tmp_path: Path, kind: str, named: str, said: str) -> None:
    async with sample_app(tmp_path, papers=make_papers("Alpha Waves")) as app, running(app) as server:
        result = private_reply(await server.ada.slash(server.channel, f"follow {kind}", **{kind: named}))
        assert result.content.splitlines()[:2] == [
            said,
            "I'll send you anything new by direct message as soon as I find it.",
        ]
        assert text(await listed(server)).startswith(f"1\\. {kind} ")
        again = private_reply(
            await server.ada.slash(server.channel, f"follow {kind}", **{kind: named}, when="daily", hour=7)
        )
        assert again.content.splitlines()[:2] == [
            said.replace("Now", "Already", 1),
            "I'll send you anything new by direct message, once a day at 07:00 UTC.",
        ]
        message = await listed(server)
    assert text(message).endswith("daily at 07:00 UTC")
    assert message.embeds[0].footer.text == "1 of 25 followed · sent by direct message"


async def test_nothing_followed_says_how_to_begin(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app, running(app) as server:
        message = await listed(server)
    assert text(message).startswith("Nothing followed yet. Start with `/follow topic`")
    assert message.components == []


async def test_things_are_taken_off_also_after_a_restart(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app, running(app) as server:
        for topic in ("kettles", "teapots", "spoons"):
            await server.ada.slash(server.channel, "follow topic", topic=topic)
        message = await listed(server)
        await server.env.restart_bot(server.another_bot())
        first, _, last = await app.follows.of_destination(f"user:{server.ada.id}")
        await server.ada.select(message, [str(first.id), str(last.id)], custom_id="following:remove:0")
        message = ResponseMessage(server.env, server.env.backend.get_message(message.channel_id, message.id))
    assert text(message) == "1\\. topic teapots · as it happens"


async def test_a_full_list_says_so(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app, running(app, check_errors=False) as server:
        for number in range(FOLLOW_LIMIT):
            await server.ada.slash(server.channel, "follow topic", topic=f"kettle {number}")
        full = private_reply(await server.ada.slash(server.channel, "follow topic", topic="one more"))
        assert full.content == (
            "At most 25 things can be followed here. Unfollow something with /following, then try again."
        )
        known = private_reply(await server.ada.slash(server.channel, "follow topic", topic="kettle 3", when="daily"))
        assert known.content.startswith("Already following")
        other = private_reply(await server.bob.slash(server.channel, "follow topic", topic="one more"))
        assert other.content.startswith("Now following")
        private_reply(await server.ada.slash(server.channel, "following"))


async def test_what_says_nothing_or_is_not_there_is_refused(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app, running(app, check_errors=False) as server:
        vague = private_reply(await server.ada.slash(server.channel, "follow topic", topic="what is the"))
        sign = private_reply(await server.ada.slash(server.channel, "follow author", author="…"))
        unknown = private_reply(await server.ada.slash(server.channel, "follow paper", paper="2401.99999"))
    assert vague.content.startswith("That's too general to follow as a topic")
    assert sign.content.startswith("That's too general to follow as an author")
    assert unknown.content.startswith("I can't find the paper 2401.99999.")


async def test_who_manages_channels_follows_for_one_and_others_may_not(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app, running(app, check_errors=False) as server:
        carol = manager(server)
        refused = private_reply(
            await server.ada.slash(server.channel, "follow topic", topic="kettles", channel=server.channel)
        )
        assert refused.content == "You need Manage Channels for this. Ask an admin to do it."
        said = private_reply(await carol.slash(server.channel, "follow topic", topic="kettles", channel=server.channel))
        assert f"I'll post anything new in <#{server.channel.id}> as soon as I find it." in said.content
        message = private_reply(await carol.slash(server.channel, "following", channel=server.channel))
        assert text(message) == "1\\. topic kettles · as it happens"
        hidden = private_reply(await server.ada.slash(server.channel, "following", channel=server.channel))
        assert hidden.content.startswith("You need Manage Channels")
        (one,) = await app.follows.of_destination(f"channel:{server.channel.id}")
        await carol.select(message, [str(one.id)], custom_id=f"following:remove:{server.channel.id}")
        assert await app.follows.of_destination(f"channel:{server.channel.id}") == []
        assert text(private_reply(await carol.slash(server.channel, "following"))).startswith("Nothing followed yet")


async def test_a_channel_in_which_the_bot_may_not_post_is_refused_by_name(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app, running(app, check_errors=False) as server:
        carol = manager(server)
        quiet = server.guild.create_text_channel("quiet")
        channel = server.bot.get_channel(quiet.id)
        assert isinstance(channel, discord.TextChannel)
        await channel.set_permissions(channel.guild.default_role, send_messages=False)
        said = private_reply(await carol.slash(server.channel, "follow topic", topic="kettles", channel=quiet))
    assert said.content == (
        "I can't post in #quiet: I need Send Messages, Embed Links there. Ask an admin to allow that, or choose "
        "another channel."
    )


async def test_a_message_of_my_own_follows_by_direct_message(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app, running(app) as server:
        result = private_reply(await server.ada.user.slash("follow topic", topic="kettles"))
        assert result.content.startswith("Now following new papers on **kettles**.")


async def test_where_the_bot_was_never_added_members_follow_in_private_and_no_channel_can(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app, running(app, check_errors=False) as server:
        carol = manager(server)
        server.bot._connection._guilds.pop(server.guild.id)
        said = private_reply(await carol.slash(server.channel, "follow topic", topic="kettles"))
        refused = private_reply(await carol.slash(server.channel, "follow topic", topic="pots", channel=server.channel))
        message = private_reply(await carol.slash(server.channel, "following"))
        assert text(message) == "1\\. topic kettles · as it happens"
        (one,) = await app.follows.of_destination(f"user:{carol.id}")
        await carol.select(message, [str(one.id)], custom_id="following:remove:0")
        assert await app.follows.of_destination(f"user:{carol.id}") == []
    assert said.content.splitlines()[1] == "I'll send you anything new by direct message as soon as I find it."
    assert refused.content.startswith("I can't see that channel: I'm not in its server, or it's hidden from me.")


async def test_monstrous_names_stay_within_a_message(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[monstrous_paper(1)]) as app, running(app) as server:
        for number in range(FOLLOW_LIMIT - 1):
            await server.ada.slash(server.channel, "follow topic", topic=f"{number} {NASTY}"[:100])
        said = private_reply(await server.ada.slash(server.channel, "follow paper", paper="2401.00001"))
        message = await listed(server)
    assert "@everyone" not in said.content + text(message)


async def test_what_is_followed_is_exported_and_forgotten(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app, running(app) as server:
        carol = manager(server)
        await carol.slash(server.channel, "follow topic", topic="kettles")
        await carol.slash(server.channel, "follow topic", topic="spoons", channel=server.channel)
        told = await app.personal_data.export(str(carol.id))
        assert [(one["what"], one["follows"]) for one in told] == [("subscription", "kettles")]
        done = await app.personal_data.forget_user(str(carol.id))
        assert done.others["subscription"] == 1
        assert await app.personal_data.export(str(carol.id)) == []
        assert len(await app.follows.of_destination(f"channel:{server.channel.id}")) == 1
