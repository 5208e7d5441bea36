"""What the bot asks Discord to be told, over real sockets."""

import gc
from collections.abc import Iterator
from pathlib import Path

import discord as library
import pytest

from bot.errors.operation import IntentRefused
from bot.frontends.discord.client import PaperbotClient
from bot.frontends.discord.run import run_bot
from tests.apps import sample_app
from tests.fakes.discord_server import FakeDiscord


@pytest.fixture(autouse=True)
def as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Undo what running the bot does to the process."""
    for holder, name in ((library.http.Route, "BASE"), (library.gateway.DiscordWebSocket, "DEFAULT_GATEWAY")):
        monkeypatch.setattr(holder, name, getattr(holder, name))
    yield
    gc.unfreeze()


@pytest.mark.slow
async def test_an_intent_that_was_not_switched_on_is_named_with_where_to_do_it(tmp_path: Path) -> None:
    async with FakeDiscord() as discord:
        settings = {
            "token": discord.token,
            "api_url": discord.api_url,
            "gateway_url": discord.gateway_url,
            "message_content": True,
        }
        async with sample_app(tmp_path, discord=settings) as app:
            with pytest.raises(IntentRefused, match="Turn on Message Content Intent"):
                await run_bot(app)


@pytest.mark.parametrize("wanted", [False, True])
async def test_all_messages_are_read_only_when_the_settings_say_so(tmp_path: Path, wanted: bool) -> None:
    async with sample_app(tmp_path, discord={"message_content": wanted}) as app:
        intents = PaperbotClient(app=app).intents
    assert intents.message_content is wanted
    assert not intents.members
    assert not intents.presences
