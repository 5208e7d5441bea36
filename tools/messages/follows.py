"""Payloads of follows: the list, a notification of new papers, and one of updates to a paper."""

from dataclasses import replace
from datetime import date

from bot.app import App
from bot.follows.follow import FOLLOW_LIMIT, FollowKind, Pace, Wish, in_channel
from bot.follows.notifications import Followed, Notification, NotificationItem, Reason, marker
from bot.frontends.discord.follows.follow_list import following_embed, following_message, following_view
from bot.frontends.discord.follows.outlet import notification_embed
from bot.store.follows import Pause
from tools.messages import samples
from tools.messages.payload import Asked, Payloads, payload

_HERE = in_channel(1)
_NONCE = "5f1c09d2ab3e4471"


async def write_follows(app: App, to: Payloads) -> None:
    """Write a channel's list, a notification of new papers, and one of updates to a paper."""
    follow = app.follows.follow
    await follow(FollowKind.TOPIC, "telling whistles apart", Wish(destination=_HERE))
    await follow(FollowKind.AUTHOR, "Ada Kettle", Wish(destination=_HERE, pace=Pace.DAILY, hour=17))
    await follow(FollowKind.ORGANISATION, "Google DeepMind", Wish(destination=_HERE, pace=Pace.DAILY))
    await app.follows.follow_paper(samples.LISTED[0], Wish(destination=_HERE))
    embed, view = await following_message(_HERE, app=app)
    asked = Asked("/following")
    to.write("following", payload([embed], view=view, asked=asked, private=True))

    follows = await app.follows.of_destination(_HERE)
    for pause in (Pause(Reason.PRIVATE, told=False), Pause(Reason.FORBIDDEN, told=False)):
        embed = following_embed(_HERE, follows, pause=pause, limit=FOLLOW_LIMIT, daily_at="08:00", zone="UTC")
        view = following_view(_HERE, follows, pause)
        to.write(f"following-paused-{pause.reason}", payload([embed], view=view, asked=asked, private=True))

    topic, author = Followed(FollowKind.TOPIC, "telling whistles apart"), Followed(FollowKind.AUTHOR, "Ada Kettle")
    first, *others = samples.LISTED
    reasons = [(topic, author), *((topic,) for _ in others)]
    items = [NotificationItem(one, "new", None, why) for one, why in zip(samples.LISTED, reasons, strict=True)]
    to.write("follow-notice", payload([notification_embed(Notification(tuple(items), 12, marker(_NONCE)))]))

    paper = (Followed(FollowKind.PAPER, first.title),)
    changed = replace(first, version=2, withdrawn=date(2026, 11, 23))
    news = (("version", "2"), ("code", "https://github.com/example/code"), ("withdrawn", "2026-11-23"))
    items = [NotificationItem(changed, kind, detail, paper) for kind, detail in news]
    to.write("paper-update", payload([notification_embed(Notification(tuple(items), 0, marker(_NONCE)))]))
