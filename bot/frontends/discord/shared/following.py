"""Following something for a member or a channel, and what is replied to that."""

from bot.app import App
from bot.follows.follow import LABEL_LIMIT, FollowKind, Pace, Wish, channel_of, private
from bot.frontends.discord.shared.markdown import escape
from bot.i18n.translation import gettext
from bot.latex import readable
from bot.models import Paper
from bot.search.query.filters import words
from bot.text import one_line, shorten


async def follow_now(kind: FollowKind, followed: str | Paper, wish: Wish, *, app: App) -> str:
    """Follow a paper, or something by its name, and return what to reply. Raises FollowFull and FollowVague."""
    if isinstance(followed, Paper):
        label, new = followed.title, await app.follows.follow_paper(followed, wish)
    else:
        label, new = followed, await app.follows.follow(kind, followed, wish)
    label = shorten(one_line(label), LABEL_LIMIT)
    digest = app.settings.digest
    at = f"{digest.time:%H:%M}" if wish.hour is None else f"{wish.hour:02}:00"
    lines = [followed_text(kind, label, new=new), how_text(wish.destination, wish.pace, f"{at} {digest.time_zone}")]
    if await app.follows.resume(wish.destination):
        lines.append(gettext("Delivery was paused; I'll try again from now on."))
    lines.append(gettext("-# Use `/following` to see what's followed, and to unfollow."))
    return "\n".join(lines)


async def unfollow_now(user: str, name: str, paper: Paper | None, *, app: App) -> str:
    """Unfollow, for a member, a paper or whatever has this name, and return what to reply."""
    destination, wanted = private(user), words(name)
    found = [
        one
        for one in await app.follows.of_destination(destination)
        if (paper is not None and one.value == paper.key) or (wanted and words(one.label) == wanted)
    ]
    lines: list[str] = []
    for one in found:
        await app.follows.remove(destination, one.id)
        lines.append(gettext("No longer following **{label}**.").format(label=escape(readable(one.label))))
    if not found:
        label = shorten(one_line(paper.title if paper else name), LABEL_LIMIT)
        lines.append(gettext("You don't follow **{label}**.").format(label=escape(readable(label))))
    lines.append(gettext("-# Use `/following` to see what's followed, and to unfollow."))
    return "\n".join(lines)


def followed_text(kind: FollowKind, label: str, *, new: bool) -> str:
    """Say what is followed now, or that it was before."""
    if new:
        sentences = {
            FollowKind.TOPIC: gettext("Now following new papers on **{label}**."),
            FollowKind.AUTHOR: gettext("Now following new papers by **{label}**."),
            FollowKind.ORGANISATION: gettext("Now following new papers from **{label}**."),
            FollowKind.PAPER: gettext("Now following **{label}**: new versions, withdrawal and code."),
        }
    else:
        sentences = {
            FollowKind.TOPIC: gettext("Already following new papers on **{label}**."),
            FollowKind.AUTHOR: gettext("Already following new papers by **{label}**."),
            FollowKind.ORGANISATION: gettext("Already following new papers from **{label}**."),
            FollowKind.PAPER: gettext("Already following **{label}**: new versions, withdrawal and code."),
        }
    return sentences[kind].format(label=escape(readable(label)))


def how_text(destination: str, pace: Pace, at: str) -> str:
    """Say where and how soon notifications come; `at` is the time of a daily message, with its zone."""
    channel = channel_of(destination)
    if pace is Pace.SOON:
        private = gettext("I'll send you anything new by direct message as soon as I find it.")
        public = gettext("I'll post anything new in {channel} as soon as I find it.")
    else:
        private = gettext("I'll send you anything new by direct message, once a day at {at}.")
        public = gettext("I'll post anything new in {channel}, once a day at {at}.")
    return (private if channel is None else public).format(channel=f"<#{channel}>", at=escape(at))
