"""A message that grows, edited no more often than Discord likes."""

import asyncio
from itertools import pairwise
from typing import Any, cast

import aiohttp
import discord
import pytest
from discord.ui import View
from discord.utils import MISSING

from bot.frontends.discord.answers import streaming
from bot.frontends.discord.answers.streaming import StreamedMessage

INTERVAL_S = 0.1


def embed(text: str) -> discord.Embed:
    return discord.Embed(description=text)


def refusal() -> discord.HTTPException:
    class Response:
        status, reason = 500, "Internal Server Error"

    return discord.HTTPException(cast("Any", Response()), "no")


class Channel:
    """Holds messages as Discord would, notes when each state was shown, and fails when it is told to."""

    def __init__(self) -> None:
        self.messages: list[str] = []
        self.views: dict[int, View] = {}
        self.shown_at: list[float] = []
        self.failures: list[Exception] = []

    async def send(self, embed: discord.Embed, *, view: View = MISSING) -> discord.Message:
        self._take(None, embed, view)
        return cast("discord.Message", Message(self, len(self.messages) - 1))

    def _take(self, number: int | None, state: discord.Embed, view: View) -> None:
        self.shown_at.append(asyncio.get_running_loop().time())
        if self.failures:
            raise self.failures.pop(0)
        if number is None:
            self.messages.append(state.description or "")
        else:
            self.messages[number] = state.description or ""
        if view:
            self.views[len(self.messages) - 1 if number is None else number] = view


class Message:
    def __init__(self, channel: Channel, number: int) -> None:
        self._channel = channel
        self.number = number

    async def edit(self, *, embed: discord.Embed, view: View = MISSING) -> None:
        self._channel._take(self.number, embed, view)


@pytest.fixture
def channel(monkeypatch: pytest.MonkeyPatch) -> Channel:
    monkeypatch.setattr(streaming, "EDIT_INTERVAL_S", INTERVAL_S)
    return Channel()


def message_in(channel: Channel) -> StreamedMessage:
    return StreamedMessage(send=channel.send, also=channel.send)


async def test_a_state_that_arrives_late_puts_off_the_next_one(channel: Channel) -> None:
    async def send_late(embed: discord.Embed, *, view: View = MISSING) -> discord.Message:
        await asyncio.sleep(0.8 * INTERVAL_S)
        return await channel.send(embed, view=view)

    message = StreamedMessage(send=send_late, also=channel.send)
    await message.update(embed("late"))
    await asyncio.sleep(0.3 * INTERVAL_S)
    await message.update(embed("too soon"))
    await message.finish([embed("the end")])
    assert len(channel.shown_at) == 2
    assert channel.shown_at[1] - channel.shown_at[0] >= INTERVAL_S - 0.005


async def test_many_states_make_few_edits_and_the_last_one_stands(channel: Channel) -> None:
    message = message_in(channel)
    for number in range(60):
        await message.update(embed(f"state {number}"))
        await asyncio.sleep(0.008)
    await message.finish([embed("the end")])
    assert channel.messages == ["the end"]
    assert 4 <= len(channel.shown_at) <= 8
    assert all(later - earlier >= INTERVAL_S * 0.99 for earlier, later in pairwise(channel.shown_at))


async def test_the_first_state_is_shown_at_once(channel: Channel) -> None:
    message = message_in(channel)
    await message.update(embed("first"))
    await message.update(embed("too soon"))
    assert channel.messages == ["first"]


async def test_an_answer_that_is_ready_at_once_does_not_wait(channel: Channel) -> None:
    before = asyncio.get_running_loop().time()
    await message_in(channel).finish([embed("the end")])
    assert channel.messages == ["the end"]
    assert channel.shown_at[0] - before < INTERVAL_S / 2


async def test_a_long_answer_edits_its_message_and_sends_the_others_after_it(channel: Channel) -> None:
    message = message_in(channel)
    await message.update(embed("writing"))
    view = View()
    shown = await message.finish([embed("one"), embed("two"), embed("three")], view=view)
    assert channel.messages == ["one", "two", "three"]
    assert channel.views == {2: view}
    assert [cast("Any", each).number for each in shown] == [0, 1, 2]


async def test_buttons_come_below_a_short_answer_with_its_last_edit(channel: Channel) -> None:
    message = message_in(channel)
    await message.update(embed("writing"))
    assert channel.views == {}
    view = View()
    await message.finish([embed("the end")], view=view)
    assert channel.views == {0: view}


@pytest.mark.parametrize(
    "failure",
    [refusal(), aiohttp.ServerDisconnectedError(), aiohttp.ClientOSError(), ConnectionResetError(), TimeoutError()],
    ids=lambda failure: type(failure).__name__,
)
@pytest.mark.parametrize("already_sent", [True, False], ids=["edit", "send"])
async def test_an_interim_state_that_fails_costs_nothing(
    channel: Channel, failure: Exception, already_sent: bool
) -> None:
    message = message_in(channel)
    if already_sent:
        await message.update(embed("first"))
        await asyncio.sleep(INTERVAL_S)
    channel.failures.append(failure)
    await message.update(embed("lost"))
    assert channel.messages == (["first"] if already_sent else [])
    await asyncio.sleep(INTERVAL_S)
    await message.update(embed("next"))
    assert channel.messages == ["next"]
    await message.finish([embed("the end")])
    assert channel.messages == ["the end"]


async def test_a_final_state_that_fails_is_told(channel: Channel) -> None:
    message = message_in(channel)
    await message.update(embed("first"))
    channel.failures.append(refusal())
    with pytest.raises(discord.HTTPException):
        await message.finish([embed("the end")])


async def test_what_an_expired_interaction_does_not_take_goes_to_the_channel(channel: Channel) -> None:
    plain = Channel()
    message = StreamedMessage(send=channel.send, also=channel.send, handed_over=plain.send)
    await message.update(embed("writing"))
    over = refusal()
    over.code = 50027
    channel.failures.append(over)
    await message.finish([embed("one"), embed("two")])
    assert channel.messages == ["writing"]
    assert plain.messages == ["one", "two"]
