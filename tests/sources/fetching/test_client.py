"""The client against a server that fails in every scripted way."""

import asyncio
import gzip
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.errors.services import FeedDown, FeedError, FeedLate, FeedMalformed, FeedPaused, FeedRefused, FeedTooLarge
from bot.sources.daily_papers import decode_json
from bot.sources.fetching.client import ATTEMPTS, FeedClient, open_feed_client
from bot.sources.fetching.exchange import FeedRequest, Fetched, Gate
from tests.clocks import FakeClock
from tests.fakes.feeds import FakeFeeds, failures
from tests.fakes.feeds.failures import Failure
from tests.sources.fetching.clients import ProcessMemory, quick_client


@pytest.fixture
async def feeds() -> AsyncIterator[FakeFeeds]:
    async with FakeFeeds() as server:
        yield server


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
async def client(clock: FakeClock, waits: list[float]) -> AsyncIterator[FeedClient]:
    async with quick_client(clock, waits=waits) as opened:
        yield opened


async def get(client: FeedClient, feeds: FakeFeeds, **changes: Any) -> Fetched[Any]:
    request = {"feed": "Kettle News", "url": f"{feeds.url}/json", "accept": "application/json", **changes}
    return await client.get(FeedRequest(**request), decode_json)


@pytest.mark.parametrize("code", [403, 406, 429, 500, 502, 503, 504])
async def test_what_may_pass_is_asked_for_again(client: FeedClient, feeds: FakeFeeds, code: int) -> None:
    feeds.script(failures.status(code), failures.status(code))
    assert (await get(client, feeds)).value == {"kettles": 3}
    assert len(feeds.requests) == 3


_PACKED = gzip.compress(b"[1, 2]", mtime=0)


@pytest.mark.parametrize(
    ("failure", "error", "words"),
    [
        (failures.status(503), FeedDown, "is unreachable or failing (HTTP 503)"),
        (failures.status(429), FeedRefused, "refused the request (HTTP 429)"),
        (failures.html(), FeedMalformed, "it's HTML or XML instead of JSON"),
        (failures.truncated(b'{"kettles": "many and loud"}'), FeedMalformed, "the JSON is broken"),
        (failures.body('{"kettles": "laut für alle"}'.encode("latin-1")), FeedMalformed, "it isn't UTF-8 text"),
        (failures.body(b"[" * 100_000), FeedMalformed, "the JSON can't be read"),
        (failures.body(b"9" * 10_000), FeedMalformed, "the JSON can't be read"),
        (failures.body(b"\x1f\x8bno", Content_Encoding="gzip"), FeedMalformed, "can't be decompressed"),
        (failures.body(_PACKED[:-9], Content_Encoding="gzip"), FeedMalformed, "it's incomplete"),
        (failures.body(b"[]", Content_Encoding="br"), FeedMalformed, "which wasn't requested"),
        (failures.interrupted(b"[" + b" " * 1000 + b"]"), FeedDown, "the response was cut off"),
    ],
)
async def test_what_stays_ends_after_a_few_attempts_with_a_sentence(
    client: FeedClient, feeds: FakeFeeds, failure: Failure, error: type[FeedError], words: str
) -> None:
    feeds.always(failure)
    with pytest.raises(error) as caught:
        await get(client, feeds)
    assert len(feeds.requests) == ATTEMPTS
    assert str(caught.value).startswith("Kettle News ")
    assert words in str(caught.value)
    assert feeds.url not in str(caught.value)


@pytest.mark.parametrize("code", [400, 401, 404, 410, 422])
async def test_other_refusals_are_asked_for_once(client: FeedClient, feeds: FakeFeeds, code: int) -> None:
    feeds.always(failures.status(code))
    with pytest.raises(FeedRefused, match=f"HTTP {code}"):
        await get(client, feeds)
    assert len(feeds.requests) == 1


async def test_an_expected_status_comes_back_with_its_body(client: FeedClient, feeds: FakeFeeds) -> None:
    feeds.always(failures.status(400))
    fetched = await get(client, feeds, expected=frozenset({400}))
    assert (fetched.status, fetched.value, fetched.body) == (400, None, b"refused")


@pytest.mark.parametrize("failure", [failures.silent(), failures.drip()], ids=["silent", "drip"])
async def test_a_slow_answer_has_an_end(clock: FakeClock, feeds: FakeFeeds, failure: Failure) -> None:
    feeds.always(failure)
    async with quick_client(clock, request_seconds=0.1) as client:
        with pytest.raises(FeedLate, match="no complete response in time"):
            await get(client, feeds)
    assert len(feeds.requests) == ATTEMPTS


async def test_a_deadline_bounds_all_attempts_together(client: FeedClient, feeds: FakeFeeds) -> None:
    feeds.always(failures.silent())
    with pytest.raises(FeedLate, match=r"no response within 0\.1 s"):
        await get(client, feeds, within_s=0.1)
    assert len(feeds.requests) == 1


async def test_no_connection_is_told_without_the_address(client: FeedClient, feeds: FakeFeeds) -> None:
    with pytest.raises(FeedDown, match="no connection") as caught:
        await get(client, feeds, url="http://127.0.0.1:9/?key=hidden")
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize(
    "failure",
    [failures.endless(50_000_000), failures.body(b" " * 50_000_000), failures.bomb(50_000_000)],
    ids=["without a length", "with a length", "packed"],
)
async def test_fifty_megabytes_are_not_taken(client: FeedClient, feeds: FakeFeeds, failure: Failure) -> None:
    feeds.always(failure)
    with pytest.raises(FeedTooLarge, match="more than 4,000,000 bytes"):
        await get(client, feeds)
    assert len(feeds.requests) == 1


async def test_a_packed_answer_is_unpacked(client: FeedClient, feeds: FakeFeeds) -> None:
    feeds.script(failures.body(gzip.compress(b"[1]"), Content_Encoding="gzip"))
    assert (await get(client, feeds)).value == [1]


async def test_waits_grow_and_are_shortened_by_chance(client: FeedClient, feeds: FakeFeeds, waits: list[float]) -> None:
    feeds.always(failures.status(500))
    with pytest.raises(FeedDown):
        await get(client, feeds)
    assert waits == [0.5, 1, 2, 4]  # of 1, 2, 4, 8 s the half, since the test's chance is none


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "7"}, 7),
        ({"Retry-After": "Sat, 06 Jan 2024 12:00:20 GMT"}, 20),
        ({"RateLimit": '"api";r=0;t=41'}, 41),
        ({"Retry-After": "soon"}, 0.5),
        ({"RateLimit": '"api";r=12;t=41'}, 0.5),
    ],
)
async def test_a_server_says_how_long_to_wait(
    client: FeedClient, feeds: FakeFeeds, waits: list[float], headers: dict[str, str], wait: float
) -> None:
    feeds.script(failures.status(429, **{name.replace("-", "_"): value for name, value in headers.items()}))
    await get(client, feeds)
    assert waits == [wait]


async def test_a_server_that_asks_for_a_long_wait_is_left_alone_for_it(
    client: FeedClient, feeds: FakeFeeds, clock: FakeClock, waits: list[float]
) -> None:
    feeds.script(failures.status(429, Retry_After="900"))
    with pytest.raises(FeedRefused):
        await get(client, feeds)
    clock.move(minutes=14)
    with pytest.raises(FeedPaused, match="until 12:15 UTC"):
        await get(client, feeds)
    assert (len(feeds.requests), waits) == (1, [])
    clock.move(minutes=1)
    assert (await get(client, feeds)).value == {"kettles": 3}


async def test_a_host_that_keeps_failing_is_left_alone(client: FeedClient, feeds: FakeFeeds, clock: FakeClock) -> None:
    feeds.always(failures.status(500))
    for _ in range(3):
        with pytest.raises(FeedDown, match="HTTP 500"):
            await get(client, feeds)
    with pytest.raises(FeedPaused):
        await get(client, feeds)
    assert len(feeds.requests) == 3 * ATTEMPTS
    clock.move(minutes=5)
    feeds.always(None)
    assert (await get(client, feeds)).value == {"kettles": 3}


async def test_only_a_changed_answer_comes_again_once_it_was_kept(client: FeedClient, feeds: FakeFeeds) -> None:
    first = await get(client, feeds, conditional=True)
    assert (await get(client, feeds, conditional=True)).value == {"kettles": 3}  # it was not stored so far
    await client.keep(first)
    again = await get(client, feeds, conditional=True)
    assert again.unchanged
    assert again.value is None


async def test_redirects_stay_on_their_site(client: FeedClient, feeds: FakeFeeds) -> None:
    feeds.script(failures.redirect("/json?moved=1"))
    assert (await get(client, feeds)).value == {"kettles": 3}
    for target in (
        "http://example.org/json",
        "http://127.0.0.1:1/json",
        "file:///etc/passwd",
        "http://me:x@127.0.0.1/",
    ):
        feeds.script(failures.redirect(target))
        with pytest.raises(FeedDown, match="a redirect to another site"):
            await get(client, feeds)
        client._breaker.succeeded(feeds.url.removeprefix("http://"))
    feeds.always(failures.redirect("/json"))
    with pytest.raises(FeedDown, match="more than 3 redirects"):
        await get(client, feeds)


async def test_requests_through_a_gate_keep_their_distance(
    client: FeedClient, feeds: FakeFeeds, clock: FakeClock
) -> None:
    starts: list[float] = []
    begun = clock()

    async def one() -> None:
        await get(client, feeds, gate=Gate("arxiv", 3.0))
        starts.append((clock() - begun).total_seconds())

    await asyncio.gather(*(one() for _ in range(4)))
    assert starts == [0, 3, 6, 9]


async def test_clients_with_one_memory_share_the_gate(feeds: FakeFeeds, clock: FakeClock) -> None:
    memory, waits = ProcessMemory(), list[float]()
    async with quick_client(clock, memory=memory, waits=waits) as one, quick_client(clock, memory=memory) as other:
        await get(other, feeds, gate=Gate("arxiv", 3.0))
        await get(one, feeds, gate=Gate("arxiv", 3.0))
    assert waits == [3.0]


async def test_every_request_says_who_asks_and_what_for(feeds: FakeFeeds, clock: FakeClock) -> None:
    async with open_feed_client(
        request_seconds=5, contact="ada@example.org", memory=ProcessMemory(), clock=clock
    ) as client:
        await get(client, feeds)
    [request] = feeds.requests
    assert request.headers["User-Agent"].startswith("paperbot/")
    assert "(ada@example.org)" in request.headers["User-Agent"]
    assert request.headers["Accept"] == "application/json"
