"""`paperbot run` as a real process, against a Discord and a model server on the loopback interface."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.store.database import open_database
from bot.store.papers import SqlitePaperStore
from tests.digests.examples import free_lease
from tests.e2e.page import saved_page
from tests.e2e.process import environment, paperbot, pointed_at, running_bot
from tests.fakes.discord_server import FakeDiscord
from tests.fakes.model_server import FakeModel

COMMANDS = {"ask", "compare", "explain", "latest", "paper", "search", "similar", "summarise", "trending", "trends"}
COMMANDS |= {
    "digest",
    "email",
    "follow",
    "following",
    "setup",
    "settings",
    "help",
    "privacy",
    "save",
    "saved",
    "status",
    "Explain these papers",
    "Save these papers",
}

Json = dict[str, Any]


def heading(message: Json) -> str:
    return str(message["embeds"][0].get("author", {}).get("name", "")) if message["embeds"] else ""


def is_digest(message: Json) -> bool:
    return bool(message["embeds"]) and "paperbot digest" in message["embeds"][-1].get("footer", {}).get("text", "")


def a_minute_ago() -> str:
    return f"{datetime.now(UTC) - timedelta(minutes=1):%H:%M}"


async def titles(store: Path) -> set[str]:
    async with open_database(store) as database:
        return {paper.title for paper in await SqlitePaperStore(database=database).all()}


async def test_import_connect_answer_post_survive_a_kill_and_stop(tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    async with FakeDiscord() as discord, FakeModel() as model:
        env = pointed_at(
            discord, model, store, DIGEST_CHANNEL_IDS=str(discord.second_channel_id), DIGEST_TIME=a_minute_ago()
        )
        imported = await paperbot("import", str(saved_page(tmp_path)), env=env, cwd=tmp_path)
        assert "52 new, 0 changed, 0 unchanged, 0 rejected" in imported.out
        known = await titles(store)

        async with running_bot(env, tmp_path) as bot:
            await discord.ready()
            assert {command["name"] for command in discord.commands} == COMMANDS

            interaction = await discord.slash("ask", {"question": "how does Stormer forecast the weather?"})
            answer = await interaction.settled(20, lambda message: heading(message) == "Answer")
            text = answer["embeds"][0]["description"]
            assert "[1]" in text
            assert text.split("[1] **")[1].split("**")[0] in known

            asked = await discord.mention("what is GPipe?")
            reply = await discord.wait_for_message(
                lambda message: heading(message) == "Answer" and "message_reference" in message
            )
            assert reply["message_reference"]["message_id"] == str(asked)
            assert "GPipe: Efficient Training of Giant Neural Networks" in reply["embeds"][0]["description"]

            found = await discord.slash("search", {"query": "spiking transformers"})
            await found.settled(10, lambda message: "Search:" in message["embeds"][0]["title"])

            posted = await discord.wait_for_message(is_digest, channel_id=discord.second_channel_id)
            await bot.kill()

        free_lease(store)
        async with running_bot(env, tmp_path) as bot:
            await discord.ready()
            # The bot looks for a due digest as soon as it is ready, which is two seconds after it has its server.
            await bot.logged("connected to Discord")
            again = await discord.slash("ask", {"question": "what is GPipe?"})
            await again.settled(20, lambda message: heading(message) == "Answer")
            code, seconds = await bot.stop()

        assert [message["id"] for message in discord.messages(discord.second_channel_id)] == [posted["id"]]
        assert discord.syncs == 1
        assert code == 0
        assert seconds < 5
        assert discord.unhandled == []
        assert model.key not in bot.log
        assert discord.token not in bot.log


async def test_a_kill_right_after_posting_does_not_post_again(tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    async with FakeDiscord() as discord:
        discord.nonce_window = 0  # as after a downtime longer than Discord remembers nonces
        env = pointed_at(discord, None, store, DIGEST_CHANNEL_IDS=str(discord.channel_id), DIGEST_TIME=a_minute_ago())
        await paperbot("import", "--sample", env=env, cwd=tmp_path)
        # The post is carried out, but the bot never hears so: it is killed while it waits.
        discord.fail_next("POST", rf"/channels/{discord.channel_id}/messages", 503, times=1, carried_out=True)
        async with running_bot(env, tmp_path) as bot:
            await discord.wait_for_message(is_digest, timeout=20)
            await bot.kill()
        free_lease(store)
        async with running_bot(env, tmp_path) as bot:
            await bot.logged("was already posted")
            await bot.stop()
        assert len(discord.messages()) == 1


async def test_a_missing_and_a_wrong_token_end_with_their_own_codes(tmp_path: Path) -> None:
    missing = await paperbot("run", env=environment(STORE_PATH=str(tmp_path / "store.db")), cwd=tmp_path)
    assert missing.code == 78
    assert missing.err.startswith("paperbot: DISCORD_TOKEN isn't set.")
    async with FakeDiscord() as discord:
        env = pointed_at(discord, None, tmp_path / "store.db") | {"DISCORD_TOKEN": "another-token"}
        wrong = await paperbot("run", env=env, cwd=tmp_path)
    assert wrong.code == 77
    assert "paperbot: Discord rejected DISCORD_TOKEN." in wrong.err
    assert "another-token" not in wrong.err
    assert "Traceback" not in wrong.err


async def test_an_unreachable_discord_ends_with_its_own_code(tmp_path: Path) -> None:
    env = environment(
        DISCORD_TOKEN="fake-token", DISCORD_API_URL="http://127.0.0.1:9/api/v10", STORE_PATH=str(tmp_path / "store.db")
    )
    finished = await paperbot("run", env=env, cwd=tmp_path)
    assert finished.code == 69
    assert "paperbot: Discord couldn't be reached" in finished.err
    assert "Traceback" not in finished.err
