"""Feeds that fail."""

from typing import ClassVar

from bot.errors.root import PaperbotError
from bot.translation import Phrase, phrase


class FeedError(PaperbotError):
    """A feed gave nothing that can be used. `reason` stands within another sentence. Facts: `feed`, `detail`."""

    reason: ClassVar[Phrase] = phrase("the feed failed")
    sentence = "{feed} failed ({detail}). Try again later; what was stored before is kept."
    exit_code = 69


class FeedDown(FeedError):
    """No connection, or 5xx, still after the retries."""

    reason = phrase("the feed can't be reached or is failing")
    sentence = (
        "{feed} can't be reached or is failing ({detail}). Check the network and try again later; what was stored "
        "before is kept."
    )


class FeedPaused(FeedDown):
    """It failed so often, or asked for so long a wait, that it is left alone for a while."""

    reason = phrase("the feed failed and is left alone for a while")
    sentence = "{feed} is left alone for a while ({detail}). It is asked again by itself after that."


class FeedRefused(FeedError):
    """403, 406, 429 still after the retries, or another 4xx."""

    reason = phrase("the feed refuses the request")
    sentence = "{feed} refuses the request ({detail}). Wait some minutes and try again; if it stays, check FEEDS_*."


class FeedLate(FeedError):
    """No whole answer in time."""

    reason = phrase("the feed took too long")
    sentence = "{feed} took too long ({detail}). Try again later, or raise FEEDS_REQUEST_SECONDS."


class FeedTooLarge(FeedError):
    """An answer longer than what is taken."""

    reason = phrase("the feed sent more than is taken")
    sentence = (
        "{feed} sent more than is taken ({detail}). Nothing of that answer was used; check its address in FEEDS_*."
    )


class FeedMalformed(FeedError):
    """An answer that is not what the feed promises, still after the retries."""

    reason = phrase("the feed sent something else than papers")
    sentence = "{feed} sent something else than papers ({detail}). Check its address in FEEDS_*, or try again later."


class FeedsOff(PaperbotError):
    """Papers are to be fetched and no feed is on."""

    sentence = "No feed is on. Set FEEDS_ENABLED, for example to daily-papers, or name one with --source."
    exit_code = 78
