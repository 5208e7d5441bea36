"""An outlet for digests in memory: channels that keep their messages over the lives of the bot's processes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.digests import outlet as trouble
from bot.digests.digest import Digest
from bot.errors.services import DigestRefused, DiscordError
from bot.store.digests import DigestDefinition

NONCE_LIFE = timedelta(minutes=5)


@dataclass
class Post:
    """A message: `digest` is what it shows, `first` what it showed when it was posted."""

    message: int
    channel: int
    key: str
    day: date
    at: datetime
    digest: Digest
    first: Digest
    edits: int = 0
    threads: int = 0

    @property
    def titles(self) -> list[str]:
        return [item.paper.title for item in self.digest.items]


@dataclass
class FakeOutlet:
    """Discord, as far as digests go. `clock` is Discord's own, which nobody sets.

    `down` lets every call fail as when the network is away, `closed` refuses channels with a code; those in `seen` are
    known to be closed without asking. `lost` answers get lost after the call was carried out.
    """

    clock: Callable[[], datetime]
    posts: list[Post] = field(default_factory=list)
    down: bool = False
    closed: dict[int, str] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    lost: int = 0
    locales: dict[int, str] = field(default_factory=dict)
    calls: list[tuple[str, int]] = field(default_factory=list)
    nonces: dict[tuple[int, str], tuple[datetime, int]] = field(default_factory=dict)

    async def locale(self, definition: DigestDefinition) -> str:
        return self.locales.get(definition.channel, "en")

    def trouble(self, definition: DigestDefinition) -> str | None:
        return self.closed.get(definition.channel) if definition.channel in self.seen else None

    async def post(self, definition: DigestDefinition, digest: Digest, *, nonce: str) -> int:
        self._call("post", definition)
        now = self.clock()
        at, message = self.nonces.get((definition.channel, nonce), (now - NONCE_LIFE, 0))
        if now - at >= NONCE_LIFE:
            message = 1000 + len(self.posts)
            self.posts.append(Post(message, definition.channel, definition.key, digest.day, now, digest, digest))
            self.nonces[definition.channel, nonce] = now, message
        if self.lost:
            self.lost -= 1
            raise DiscordError(reason="the answer got lost")
        return message

    async def find(self, definition: DigestDefinition, day: date, *, since: datetime) -> int | None:
        self._call("find", definition)
        found = (post for post in self.posts if (post.key, post.day, post.channel) == _place(definition, day))
        return next((post.message for post in found), None)

    async def edit(self, definition: DigestDefinition, digest: Digest, *, message: int) -> None:
        self._call("edit", definition)
        post = self._post(definition, message)
        post.digest = digest
        post.edits += 1

    async def open_thread(self, definition: DigestDefinition, day: date, *, message: int) -> int:
        self._call("thread", definition)
        post = self._post(definition, message)
        # Discord opens one thread at a message at most.
        post.threads = 1
        return message

    def of(self, key: str) -> list[Post]:
        return [post for post in self.posts if post.key == key]

    def days(self, key: str) -> list[str]:
        return [post.day.isoformat() for post in self.of(key)]

    def _post(self, definition: DigestDefinition, message: int) -> Post:
        place = message, definition.channel
        found = next((post for post in self.posts if (post.message, post.channel) == place), None)
        if found is None:
            raise DigestRefused(code=trouble.MESSAGE_GONE, reason=trouble.sentence(trouble.MESSAGE_GONE))
        return found

    def _call(self, what: str, definition: DigestDefinition) -> None:
        self.calls.append((what, definition.channel))
        if self.down:
            raise DiscordError(reason="503 Service Unavailable")
        if code := self.closed.get(definition.channel):
            raise DigestRefused(code=code, reason=trouble.sentence(code))


def _place(definition: DigestDefinition, day: date) -> tuple[str, date, int]:
    return definition.key, day, definition.channel
