"""/status, as members use it."""

from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from simcord.results import InteractionResult

from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.digests.examples import make_definition
from tests.fakes.model_server import FakeModel, fails, says
from tests.frontends.discord.rendering.limits import assert_within_limits
from tests.frontends.discord.server import Server, channel_id, running

SAID = "Stormer forecasts the weather and barely changes the standard transformer [1]."


async def fields(server: Server) -> dict[str, str]:
    result = await server.ada.slash(server.channel, "status")
    return told(result)


def told(result: InteractionResult) -> dict[str, str]:
    assert result.ephemeral
    assert result.response is not None
    (embed,) = result.response.embeds
    assert_within_limits([embed])
    return {str(field.name): str(field.value) for field in embed.fields}


async def test_papers_model_budget_and_start_are_told(tmp_path: Path) -> None:
    clock = FakeClock(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    async with sample_app(tmp_path, clock=clock) as app, running(app) as server:
        shown = await fields(server)
    assert shown["Papers"].startswith("52 papers, abstracts only; published ")
    assert shown["Papers"].endswith(f"Last added <t:{int(clock().timestamp())}:R>")
    assert shown["Model"] == "none set up; answers are extracts, word for word from abstracts"
    assert shown["Left today (until 00:00 UTC)"].splitlines() == [
        "You: 150,000 of 150,000 tokens",
        "This server: 2,000,000 of 2,000,000 tokens",
        "All users: 5,000,000 of 5,000,000 tokens",
    ]
    assert shown["Next digest in this channel"] == "none scheduled"
    assert shown["Running since"] == f"<t:{int(clock().timestamp())}:R>"


async def test_an_empty_store_and_no_limits_are_told(tmp_path: Path) -> None:
    limits = {"user_tokens": 0, "guild_tokens": 0, "day_tokens": 0, "day_cost": 2.5}
    async with sample_app(tmp_path, papers=[], limits=limits) as app, running(app) as server:
        shown = await fields(server)
    assert shown["Papers"] == "none yet; an operator can add some with `paperbot import`"
    assert shown["Left today (until 00:00 UTC)"].splitlines() == [
        "You: no limit",
        "This server: no limit",
        "All users: no limit",
        "All users: 2.50 of a 2.50 cost limit",
    ]


async def test_the_last_call_of_the_model_is_told_and_none_is_made_for_it(tmp_path: Path) -> None:
    clock = FakeClock(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    async with FakeModel() as model:
        model.script(says(SAID), fails(401))
        openai = {"base_url": model.base_url, "model": "tiny", "plan_seconds": 0}
        async with sample_app(tmp_path, clock=clock, openai=openai) as app, running(app) as server:
            assert (await fields(server))["Model"] == "`tiny` is set up, but hasn't been used since startup"
            await server.ada.slash(server.channel, "ask", question="what is Stormer?")
            answered_at = int(clock().timestamp())
            shown = await fields(server)
            assert shown["Model"] == f"`tiny` answered <t:{answered_at}:R>"
            assert not shown["Left today (until 00:00 UTC)"].startswith("You: 150,000 of")
            clock.move(hours=1)
            await server.ada.slash(server.channel, "ask", question="what is GPipe?")
            shown = await fields(server)
        calls = len(model.answered)
    assert shown["Model"] == (
        f"`tiny` failed <t:{answered_at + 3600}:R>: the model server rejected the key; answers are extracts until it "
        "responds again"
    )
    assert calls == 2


async def test_the_next_summary_is_told_in_its_channel(tmp_path: Path) -> None:
    clock = FakeClock(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    digest = {"time": "08:00", "time_zone": "Europe/Berlin", "channel_ids": [await channel_id(tmp_path)]}
    async with sample_app(tmp_path, clock=clock, digest=digest) as app, running(app) as server:
        shown = await fields(server)
    at = int(datetime(2026, 11, 25, 7, 0, tzinfo=UTC).timestamp())
    assert shown["Next digest in this channel"] == f"<t:{at}:f> (<t:{at}:R>)"


async def test_the_next_of_this_servers_own_digests_is_told_but_not_of_paused_ones(tmp_path: Path) -> None:
    clock = FakeClock(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    async with sample_app(tmp_path, clock=clock) as app, running(app) as server:
        made = make_definition(key="", guild=str(server.guild.id), channel=server.channel.id, period="weekly")
        kept = await app.digest_store.add(made, limit=25)
        assert kept is not None
        shown = await fields(server)
        await app.digest_store.pause(kept.key, "no access")
        paused = await fields(server)
    at = int(datetime(2026, 11, 30, 8, 0, tzinfo=UTC).timestamp())
    assert shown["Next digest in this channel"] == f"<t:{at}:f> (<t:{at}:R>)"
    assert "This server's digests" not in shown
    assert paused["Next digest in this channel"] == "none scheduled"
    assert paused["This server's digests"] == "⚠ 1 is paused. Admins can see why with `/digest list`."


@pytest.mark.parametrize(
    ("mail", "said"),
    [
        ({"host": "mail.example", "from": "paperbot@example.org"}, "on: subscribe with `/email start`"),
        ({}, "off: the operator hasn't set up a mail server"),
    ],
)
async def test_whether_mail_can_be_had_is_told(tmp_path: Path, mail: dict[str, str], said: str) -> None:
    async with sample_app(tmp_path, mail=mail) as app, running(app) as server:
        assert (await fields(server))["Daily summary by email"] == said


async def test_the_servers_own_digest_is_told_in_its_channel_unless_it_is_paused(tmp_path: Path) -> None:
    clock = FakeClock(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    async with sample_app(tmp_path, clock=clock) as app, running(app) as server:
        guild, here = str(server.guild.id), server.channel.id
        for name, hour, channel, paused in (
            ("Tomorrow", 8, here, None),
            ("Tonight", 20, here, None),
            ("Soon", 10, here, "no access"),
            ("There", 10, here + 1, None),
        ):
            digest = make_definition(key="", guild=guild, channel=channel, name=name, at=time(hour), paused=paused)
            await app.digest_store.add(digest, limit=25)
        shown = await fields(server)
    at = int(datetime(2026, 11, 24, 20, 0, tzinfo=UTC).timestamp())
    assert shown["Next digest in this channel"] == f"<t:{at}:f> (<t:{at}:R>)"


async def test_in_private_no_server_is_spoken_of(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        shown = told(await server.env.create_user("cleo").slash("status"))
    assert shown["Left today (until 00:00 UTC)"].splitlines() == [
        "You: 150,000 of 150,000 tokens",
        "All users: 5,000,000 of 5,000,000 tokens",
    ]
