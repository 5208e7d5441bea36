"""The fake Discord against a real discord.py client in another process, tests/fakes/sample_bot.py."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from .discord_server import FakeDiscord, Json

pytestmark = [pytest.mark.asyncio, pytest.mark.timeout(30)]

ROOT = Path(__file__).parents[2]
# Not imported from sample_bot: discord.py itself warns (audioop) where it is imported with -W error.
BAD_TOKEN = 3
EPHEMERAL, LOADING = 1 << 6, 1 << 7


@asynccontextmanager
async def client(discord: FakeDiscord, token: str | None = None) -> AsyncIterator[Process]:
    """Run the sample bot until the block ends; what it wrote is shown when the test fails."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.fakes.sample_bot",
        discord.api_url,
        discord.gateway_url,
        token or discord.token,
        cwd=ROOT,
        stderr=PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        _, errors = await process.communicate()
        sys.stderr.write(errors.decode())


@asynccontextmanager
async def connected() -> AsyncIterator[FakeDiscord]:
    """Run the fake and a client that is ready; nothing may be asked of the fake that it does not know."""
    async with FakeDiscord() as discord:
        async with client(discord):
            await discord.ready()
            yield discord
        assert discord.unhandled == []


def says(text: str) -> Callable[[Json], bool]:
    """Return a predicate for messages."""
    return lambda message: text in message["content"]


async def test_slash_command_with_defer_and_follow_up() -> None:
    """The deferred response is filled by the first follow-up, then edited; the second is a message of its own."""
    async with connected() as discord:
        assert discord.syncs == 1
        assert sorted(one["name"] for one in discord.commands) == ["Quote", "ask"]
        interaction = await discord.slash("ask", {"question": "stormer"})
        message = await interaction.settled(5, says("edited"))
        await discord.wait_for_message(says("and more"))
        assert message["content"] == "about stormer, edited"
        assert interaction.acknowledged_after is not None
        assert interaction.acknowledged_after < 3
        assert [one["type"] for one in interaction.callbacks] == [5]
        assert [one["content"] for one in interaction.followups] == ["and more"]
        assert not interaction.ephemeral
        assert [body["content"] for _, _, body in discord.edits] == ["about stormer, edited"]
        with pytest.raises(KeyError, match="synced"):
            await discord.slash("nope")
        with pytest.raises(KeyError, match="wrong"):
            await discord.slash("ask", {"wrong": "x"})


@pytest.mark.slow
async def test_ephemeral_autocomplete_and_message_command() -> None:
    """What one user sees is not in the channel."""
    async with connected() as discord:
        assert await discord.autocomplete("ask", "question", "sto") == [{"name": "sto?", "value": "sto"}]
        secret = await discord.slash("ask", {"question": "secret"})
        message = await secret.settled(5, says("edited"))
        assert secret.ephemeral
        assert message["flags"] & EPHEMERAL
        message_id = await discord.say("unseen by the bot until quoted")
        echo = await discord.wait_for_message(says("unaddressed"))
        assert echo["content"] == "unaddressed: ''"
        target = {"channel_id": str(discord.channel_id), "id": str(message_id)}
        quoted = await discord.context_menu("Quote", target)
        assert (await quoted.settled(5))["content"] == "> unseen by the bot until quoted"
        assert not any("secret" in one["content"] or "quoted" in one["content"][:2] for one in discord.messages())


async def test_buttons() -> None:
    """A button edits its message; another one defers and answers privately."""
    async with connected() as discord:
        await discord.mention("buttons")
        message = await discord.wait_for_message(says("press"))
        pressed = await discord.click(message, "more")
        assert (await pressed.settled(5))["content"] == "pressed"
        assert discord.messages()[-1]["content"] == "pressed"
        quiet = await discord.click(message, "quiet")
        assert (await quiet.settled(5))["content"] == "psst"
        assert quiet.response is None
        with pytest.raises(KeyError, match="quiet"):
            await discord.click(message, "none")


@pytest.mark.slow
async def test_mentions_nonce_limit_history_thread_and_private_channel() -> None:
    """One process, one wish after the other."""
    async with connected() as discord:
        mention_id = await discord.mention("hi")
        answer = await discord.wait_for_message(says("you said hi"))
        assert answer["message_reference"]["message_id"] == str(mention_id)
        assert answer["referenced_message"]["content"].endswith("hi")
        assert answer["mentions"] == []

        await discord.mention("twice")
        await discord.wait_for_message(says("same: True"))
        assert [one["content"] for one in discord.messages()].count("once only") == 1

        await discord.mention("long")
        await discord.wait_for_message(says("400 50035"))

        await discord.say("a secret plan", channel_id=discord.second_channel_id)
        await discord.wait_for_message(says("unaddressed"), channel_id=discord.second_channel_id)
        await discord.mention("history", channel_id=discord.second_channel_id)
        # The newest two are the wish itself and the bot's remark; what was not addressed to it stays unread.
        read = await discord.wait_for_message(says("="), channel_id=discord.second_channel_id)
        assert read["content"] == f"reader=<@{discord.bot_id}> history, paperbot=unaddressed: '' | True | None"

        thread_id = await discord.mention("thread")
        posted = await discord.wait_for_message(says("in the thread"), channel_id=thread_id)
        assert [one["filename"] for one in posted["attachments"]] == ["notes.txt"]

        await discord.mention("private")
        private = discord.direct_channel()
        await discord.wait_for_message(says("hello"), channel_id=private)
        await discord.say("in private", channel_id=private)
        await discord.wait_for_message(says("unaddressed: 'in private'"), channel_id=private)

        await discord.mention("edit")
        edited = await discord.wait_for_message(says("final"))
        assert edited["embeds"][0]["type"] == "rich"
        assert not edited["mention_everyone"]


@pytest.mark.slow
async def test_dropped_client_resumes_and_gets_what_it_missed() -> None:
    """Close 4000, an event while away, RESUME; then a session that is gone for good; then a killed process."""
    async with FakeDiscord() as discord:
        async with client(discord):
            await discord.ready()
            async with discord.away():
                await discord.mention("while away")
            await discord.wait_for_message(says("you said while away"))
            assert (discord.connections, discord.resumes) == (1, 1)

            await discord.drop()
            await discord.mention("after a drop")
            await discord.wait_for_message(says("you said after a drop"))
            assert (discord.connections, discord.resumes) == (1, 2)

            await discord.invalidate_session()
            await discord.ready()
            await discord.mention("anew")
            await discord.wait_for_message(says("you said anew"))
            assert (discord.connections, discord.resumes) == (2, 2)
        async with client(discord):
            await discord.ready()
            await discord.mention("restarted")
            await discord.wait_for_message(says("you said restarted"))
            assert (discord.connections, discord.syncs) == (3, 2)
        assert [one["content"] for one in discord.messages()].count("you said while away") == 1
        assert discord.unhandled == []


async def test_scripted_failures_and_denied_permissions() -> None:
    """A 429 is waited for, a lost answer has its effect, a channel without permission refuses."""
    async with connected() as discord:
        discord.fail_next("POST", r"^/channels/\d+/messages$", 429)
        await discord.mention("limited")
        await discord.wait_for_message(says("you said limited"))
        posts = [path for method, path in discord.requests if method == "POST" and path.endswith("/messages")]
        assert len(posts) == 2

        discord.fail_next("POST", r"/messages$", 503, carried_out=True)
        await discord.mention("lost")
        await discord.wait_for_message(says("503 0"))
        assert [one["content"] for one in discord.messages()][-2:] == ["you said lost", "503 0"]

        discord.deny_history(discord.channel_id)
        await discord.mention("history")
        await discord.wait_for_message(says("403 50001"))

        discord.deny(discord.second_channel_id)
        await discord.mention("denied", channel_id=discord.second_channel_id)
        await discord.mention("the end")
        await discord.wait_for_message(says("you said the end"))
        assert discord.messages(discord.second_channel_id) == []


@pytest.mark.slow
async def test_wrong_token_ends_the_process() -> None:
    """REST answers 401, so the client never reaches the gateway."""
    async with FakeDiscord() as discord, client(discord, "wrong") as process:
        assert await asyncio.wait_for(process.wait(), 10) == BAD_TOKEN
        assert discord.connections == 0
        assert discord.requests == [("GET", "/users/@me")]


async def test_wrong_token_at_the_gateway_is_closed_with_4004() -> None:
    """A client that identifies with a wrong token, or asks for a privileged intent, is closed."""
    async with FakeDiscord() as discord, aiohttp.ClientSession() as session:
        for token, intents, code in (("wrong", 1, 4004), (discord.token, 1 << 15, 4014)):
            async with session.ws_connect(discord.gateway_url) as socket:
                assert (await socket.receive_json())["op"] == 10
                await socket.send_json({"op": 2, "d": {"token": token, "intents": intents}})
                await socket.receive()
                assert socket.close_code == code


@pytest.mark.parametrize(
    ("body", "code", "where"),
    [
        ({"content": "  "}, 50006, None),
        ({"content": "x", "nonce": "1" * 26, "enforce_nonce": True}, 50035, "nonce"),
        ({"embeds": [{"title": "x"}] * 11}, 50035, "embeds"),
        ({"embeds": [{"description": "x" * 4_097}]}, 50035, "embeds"),
        ({"embeds": [{"description": "x" * 3_001}] * 2}, 50035, "embeds"),
        ({"embeds": [{"fields": [{"name": "x", "value": "y" * 1_025}]}]}, 50035, "embeds"),
        ({"embeds": [{"fields": [{"name": "x", "value": "y"}] * 26}]}, 50035, "embeds"),
        ({"content": "x", "components": [{"type": 1, "components": []}] * 6}, 50035, "components"),
        (
            {"content": "x", "components": [{"type": 1, "components": [{"type": 2, "custom_id": "x" * 101}]}]},
            50035,
            "components",
        ),
        ({"content": "x", "message_reference": {"message_id": "1"}}, 50035, "message_reference"),
    ],
)
async def test_limits(body: Json, code: int, where: str | None) -> None:
    """Bodies that Discord refuses are refused, and say where they are wrong."""
    async with FakeDiscord() as discord, aiohttp.ClientSession() as session:
        headers = {"Authorization": f"Bot {discord.token}"}
        url = f"{discord.api_url}/channels/{discord.channel_id}/messages"
        async with session.post(url, json=body, headers=headers) as answer:
            data = await answer.json()
            assert answer.headers["Content-Type"] == "application/json"
        assert (answer.status, data["code"]) == (400, code)
        assert where is None or where in data["errors"]
        assert discord.messages() == []
        assert discord.unhandled == []


async def test_interaction_tokens_end() -> None:
    """One callback each; unknown, late and expired tokens are refused; unknown routes are noted."""
    async with FakeDiscord() as discord, aiohttp.ClientSession() as session:

        async def ask(method: str, path: str, body: object) -> tuple[int, int | None]:
            headers = {"Authorization": f"Bot {discord.token}"}
            async with session.request(method, discord.api_url + path, json=body, headers=headers) as answer:
                data = await answer.json() if answer.content_type == "application/json" else {}
                return answer.status, data.get("code") if isinstance(data, dict) else None

        commands = f"/applications/{discord.application_id}/commands"
        assert await ask("PUT", commands, [{"name": "ask", "description": "Ask"}]) == (200, None)
        interaction = await discord.slash("ask")
        callback = f"/interactions/{interaction.id}/{interaction.token}/callback"
        webhook = f"/webhooks/{discord.application_id}/{interaction.token}"
        assert await ask("POST", webhook, {"content": "early"}) == (404, 10015)
        assert await ask("POST", callback, {"type": 4, "data": {"content": "x" * 2_001}}) == (400, 50035)
        with pytest.raises(TimeoutError, match="never acknowledged"):
            await interaction.settled(0.01)
        assert await ask("POST", callback, {"type": 5, "data": {}}) == (204, None)
        with pytest.raises(TimeoutError, match="no fitting visible response"):
            await interaction.settled(0.01)
        assert interaction.response is not None
        assert interaction.response["flags"] & LOADING
        assert discord.messages() == []
        assert await ask("POST", callback, {"type": 5}) == (400, 40060)
        assert await ask("PATCH", f"{webhook}/messages/@original", {"content": "done"}) == (200, None)
        assert (await interaction.settled(0.01))["content"] == "done"
        interaction.expire()
        assert await ask("POST", webhook, {"content": "late"}) == (401, 50027)
        assert await ask("POST", callback.replace(interaction.token, "x"), {"type": 5}) == (404, 10062)
        discord.acknowledge_within = 0
        late = await discord.slash("ask")
        assert await ask("POST", f"/interactions/{late.id}/{late.token}/callback", {"type": 5}) == (404, 10062)
        assert discord.unhandled == []
        assert await ask("GET", "/nothing", None) == (404, 0)
        assert discord.unhandled == ["GET /nothing"]
