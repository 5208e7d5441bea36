"""Members of a loopback Discord: they ask, mention the bot and search, and see what comes of it."""

import asyncio
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import cycle, islice

from bot.sources.files import read_sample
from tests.fakes.discord_server import FakeDiscord, FakeInteraction, Json
from tests.fakes.model_reply import Behaviour, Reply, in_pieces
from tests.fakes.model_writing import faithful

_FIRST_MEMBER = 200_000_000_000_000_000  # an id like Discord's, far from those of the fake
_MENTIONS_EVERY = 8
_LOOK_S = 0.2
_SEARCHING_AT_ONCE = 8
_SEARCH_S = 15.0
_PIECE_CHARS = 60
_UNFINISHED = ("Waiting", "Searching", "Reading", "Writing")
_QUESTIONS = (
    "How does {} work?",
    "What is the main result of {}?",
    "Which method is proposed in {}?",
    "What problem is solved by {}?",
    "What was evaluated in {}?",
)


@dataclass(frozen=True, slots=True)
class Request:
    """A member's question, by /ask or by a mention, and how to look at what the bot shows for it."""

    interaction: FakeInteraction | None
    shown: Callable[[], Json | None]

    @property
    def finished(self) -> bool:
        """Whether the end stands there, be it an answer or an error."""
        message = self.shown()
        if message is None:
            return False
        told = heading(message)
        return bool(told or message["content"]) and not told.startswith(_UNFINISHED)


def heading(message: Json) -> str:
    """Return what a message says it is, such as Answer; empty for one without."""
    embeds = message.get("embeds")
    return str(embeds[0].get("author", {}).get("name", "")) if embeds else ""


def taking(seconds: float, behaviour: Behaviour = faithful) -> Behaviour:
    """Write as `behaviour` does, over so many seconds, in pieces of a line."""

    def slow(request: Json) -> Reply:
        reply = behaviour(request)
        pieces = in_pieces("".join(reply.pieces), _PIECE_CHARS)
        return replace(reply, pieces=pieces, delay_s=seconds / max(1, len(pieces)))

    return slow


async def ask_within(discord: FakeDiscord, *, members: int, seconds: float, patience: float) -> list[Request]:
    """Let each member ask once at a random time within `seconds`, every eighth of them by a mention.

    No two ask the same, since the answer to an equal question is kept. Returns once all are answered, or `patience`
    seconds after the last has asked.
    """
    random_ = random.Random(7)
    moments = sorted(random_.uniform(0, seconds) for _ in range(members))
    channels = cycle((discord.channel_id, discord.second_channel_id))
    loop = asyncio.get_running_loop()
    start = loop.time()
    requests: list[Request] = []
    for number, (moment, question) in enumerate(zip(moments, _questions(), strict=False)):
        await asyncio.sleep(start + moment - loop.time())
        user_id = _FIRST_MEMBER + number
        if number % _MENTIONS_EVERY == _MENTIONS_EVERY - 1:
            requests.append(await _mention(discord, question, user_id=user_id, channel_id=next(channels)))
        else:
            requests.append(await _ask(discord, question, user_id=user_id))
    # Waiting for each change would cost a look at every message each time.
    for _ in range(int(patience / _LOOK_S)):
        if all(request.finished for request in requests):
            break
        await asyncio.sleep(_LOOK_S)
    return requests


async def search_often(discord: FakeDiscord, *, times: int, members: int) -> int:
    """Let the members use /search so many times, eight at once, and return how many saw no result."""
    queries = cycle(" ".join(paper.title.split()[:4]) for paper in read_sample())
    turns = iter(list(islice(zip(cycle(range(members)), queries, strict=False), times)))
    lost = 0

    async def go_on() -> None:
        nonlocal lost
        for number, query in turns:
            interaction = await discord.slash("search", {"query": query}, user_id=_FIRST_MEMBER + number)
            try:
                await interaction.settled(_SEARCH_S)
            except TimeoutError:
                lost += 1

    await asyncio.gather(*(go_on() for _ in range(_SEARCHING_AT_ONCE)))
    return lost


async def _ask(discord: FakeDiscord, question: str, *, user_id: int) -> Request:
    interaction = await discord.slash("ask", {"question": question}, user_id=user_id)
    return Request(interaction, lambda: interaction.response)


async def _mention(discord: FakeDiscord, question: str, *, user_id: int, channel_id: int) -> Request:
    asked = str(await discord.mention(question, user_id=user_id, channel_id=channel_id))

    def shown() -> Json | None:
        replies = (one for one in discord.messages(channel_id) if _replied_to(one) == asked)
        return next(replies, None)

    return Request(None, shown)


def _replied_to(message: Json) -> str | None:
    reference = message.get("message_reference") or {}
    return reference.get("message_id")


def _questions() -> Iterator[str]:
    titles = [paper.title for paper in read_sample()]
    for number in range(10**6):
        question = _QUESTIONS[number // len(titles) % len(_QUESTIONS)].format(titles[number % len(titles)])
        times = number // (len(titles) * len(_QUESTIONS))
        yield f"{question} ({times + 1})" if times else question
