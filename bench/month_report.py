"""What became of weeks of digests: a row for each digest, and one for each day."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from bench.month_feed import ListedPaper, MonthOfLists
from bot.frontends.discord.digests.rendering import digest_embeds
from bot.models import Paper
from bot.store.digest_ledger import LedgerEntry
from bot.store.digests import DigestDefinition
from bot.store.feeds import FeedRun, Outcome
from tests.fakes.outlet import Post

NOTICED_WITHIN = timedelta(hours=9)
"""So long after a feed went down a poll has met it, a kill of the process included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestRow:
    """What became of one digest. `due` counts its days, `silent` those with nothing to tell."""

    name: str
    due: int
    posts: int
    silent: int
    edits: int
    papers: int
    repeated_posts: int
    repeated_papers: int
    missed_posts: int
    missed_papers: int

    @property
    def faults(self) -> tuple[int, int, int, int]:
        """What should be 0."""
        return self.repeated_posts, self.repeated_papers, self.missed_posts, self.missed_papers

    def __str__(self) -> str:
        """Return the row as a line of the table."""
        told = (self.due, self.posts, self.silent, self.edits, f"{self.papers:,}", *self.faults)
        return f"| {self.name} | {' | '.join(map(str, told))} |"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow:
    """One day, in UTC: what its list holds in the end, the feed's runs, and the posts."""

    day: date
    listed: int
    runs: int
    failed: int
    new: int
    refused: int
    states: Sequence[str]
    posts: int

    def __str__(self) -> str:
        """Return the row as a line of the table."""
        told = (self.listed, self.runs, self.failed, self.new, self.refused, ", ".join(self.states), self.posts)
        return f"| {self.day:%a %d %b} | {' | '.join(map(str, told))} |"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All of it. `read_at` is when the feed was last read; `troubled` tells on which days it was of no use."""

    digests: Sequence[DigestRow]
    days: Sequence[DayRow]
    stored: Mapping[str, Paper]
    listed: Sequence[ListedPaper]
    read_at: datetime
    posts: Sequence[Post]
    troubled: Callable[[date], bool]
    kills: int

    @property
    def never_stored(self) -> list[ListedPaper]:
        """The papers that stood in a list when that was last read and are not in the store."""
        return [paper for paper in self.listed if paper.since <= self.read_at and paper.title not in self.stored]

    @property
    def old_votes(self) -> list[ListedPaper]:
        """The papers of the last two days whose votes in the store are not those of the list."""
        recent = [one for one in self.listed if one.day >= self.read_at.date() - timedelta(days=2)]
        known = [paper for paper in recent if paper.title in self.stored]
        return [paper for paper in known if self.stored[paper.title].upvotes != paper.votes(self.read_at)]

    @property
    def told_of_trouble(self) -> tuple[list[Post], list[Post]]:
        """The posts made while the feed was of no use: those that say so, and those that do not."""
        posts = [post for post in self.posts if self.troubled((post.at - NOTICED_WITHIN).date())]
        posts = [post for post in posts if self.troubled(post.at.date())]
        says = [post for post in posts if "Daily Papers couldn't be read" in text_of(post)]
        return says, [post for post in posts if post not in says]

    def __str__(self) -> str:
        """Return the tables."""
        says, silent = self.told_of_trouble
        runs, failed, refused = (sum(getattr(day, name) for day in self.days) for name in ("runs", "failed", "refused"))
        return "\n".join(
            [
                "| digest | days | posts | silent | edits | papers told | posts repeated | papers repeated |"
                " posts missed | papers missed |",
                "|---|" + "---|" * 9,
                *map(str, self.digests),
                "",
                "| day (UTC) | listed | runs | failed | new | refused | the feed is | posts |",
                "|---|" + "---|" * 7,
                *map(str, self.days),
                "",
                f"{len(self.stored):,} papers stored, {len(self.never_stored)} of the lists never; {runs} runs,"
                f" {failed} of them failed; {refused} times a record was refused; {self.kills} kills;"
                f" {len(says)} digests posted while the feed was down say so, {len(silent)} don't.",
            ]
        )


def text_of(post: Post) -> str:
    """Return what members read when it was posted."""
    return "\n".join(embed.description or "" for embed in digest_embeds(post.first))


def digest_row(
    definition: DigestDefinition, posts: Sequence[Post], *, entries: Sequence[LedgerEntry], came: int, due: set[date]
) -> DigestRow:
    """Count; `came` papers came within the spans of its posts."""
    told = Counter(key for post in posts for key in post.digest.matched)
    total = sum(post.digest.total for post in posts)
    done = {entry.day for entry in entries if entry.state in ("posted", "skipped")}
    return DigestRow(
        name=f"{definition.name}, {definition.period}",
        due=len(due),
        posts=len(posts),
        silent=sum(entry.state == "skipped" for entry in entries),
        edits=sum(post.edits for post in posts),
        papers=total,
        repeated_posts=len(posts) - len({post.day for post in posts}),
        repeated_papers=sum(told.values()) - len(told),
        missed_posts=len(due - done),
        missed_papers=max(0, came - total),
    )


def day_rows(
    feed: MonthOfLists, runs: Sequence[FeedRun], posts: Sequence[Post], states: Mapping[date, Sequence[str]]
) -> list[DayRow]:
    """Return a row for each day on which the feed's state was seen."""
    listed = Counter(paper.day for paper in feed.papers)
    posted = Counter(post.at.date() for post in posts)
    ordered = sorted(runs, key=lambda run: run.started_at)
    by_day = {day: list(some) for day, some in groupby(ordered, key=lambda run: run.started_at.date())}
    return [
        DayRow(
            day=day,
            listed=listed[day],
            runs=len(by_day.get(day, [])),
            failed=sum(run.outcome is Outcome.FAILED for run in by_day.get(day, [])),
            new=sum(run.counts.new for run in by_day.get(day, [])),
            refused=sum(run.refused for run in by_day.get(day, [])),
            states=seen,
            posts=posted[day],
        )
        for day, seen in sorted(states.items())
    ]
