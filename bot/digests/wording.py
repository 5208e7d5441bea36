"""What digests say beside their papers, or in place of them, in words that every front end shares."""

from collections.abc import Sequence

from bot.answers.citations import closing
from bot.answers.wording import paper_facts, withdrawal, without_stop
from bot.digests.definitions import display_name
from bot.digests.digest import Digest, DigestItem, Headline, RoundUp
from bot.i18n.translation import day, gettext, localized, ngettext, number, weekday
from bot.ingest.freshness import FeedState, Freshness
from bot.latex import readable
from bot.store.digests import DigestDefinition
from bot.text import one_line, shorten

_EXPLAINING = (Freshness.DOWN, Freshness.STALE, Freshness.NOT_OUT_YET, Freshness.WEEKEND)
"""What explains a day without papers, the most serious first."""


def digest_title(digest: Digest) -> str:
    """Return a digest's heading."""
    name = display_name(digest.name)
    if digest.period == "weekly":
        return gettext("{name} · week to {day}").format(name=name, day=day(digest.day))
    if digest.period == "monthly":
        return gettext("{name} · month to {day}").format(name=name, day=day(digest.day))
    return gettext("{name} · {weekday}, {day}").format(name=name, weekday=weekday(digest.day), day=day(digest.day))


def headline_text(headline: Headline) -> str:
    """Return a headline with the numbers of its papers before its full stop."""
    body, stop = without_stop(headline.text)
    cited = "".join(f"[{cited}]" for cited in closing(headline.text, headline.citations))
    return f"{body} {cited}{stop}" if cited else headline.text


def item_facts(item: DigestItem) -> list[str]:
    """Return why a paper is there, and what else is known of it, as short phrases, none of them twice.

    That it was withdrawn comes first.
    """
    withdrawn = [withdrawal(item.paper.withdrawn)] if item.paper.withdrawn else []
    return list(dict.fromkeys([*withdrawn, *item.reasons, *paper_facts(item.paper)]))


def item_sentence(item: DigestItem, limit: int) -> str:
    """Return an item's sentence on one line in at most `limit` characters, and what shows whose words it is."""
    sentence = shorten(one_line(readable(item.sentence)), limit)
    if item.verbatim and sentence:
        return f"“{sentence}”"
    return f"{sentence} (Hugging Face)" if item.by_hub and sentence else sentence


def not_ours(digest: Digest) -> list[str]:
    """Say what “(Hugging Face)” after a sentence means, where one has it."""
    if not any(item.by_hub for item in digest.items):
        return []
    return [gettext("(Hugging Face): a summary by a model there, not checked here.")]


def compared(round_up: RoundUp, period: str) -> str:
    """Say how many papers came, against the span before."""
    papers = ngettext("{count} paper", "{count} papers", round_up.total).format(count=number(round_up.total))
    if round_up.before is None:
        return gettext("{papers} arrived.").format(papers=papers)
    more = round_up.total - round_up.before
    if period == "weekly":
        said = gettext("{papers} arrived, as many as in the week before.")
        if more:
            said = gettext("{papers} arrived, {difference} than in the week before.")
    else:
        said = gettext("{papers} arrived, as many as in the month before.")
        if more:
            said = gettext("{papers} arrived, {difference} than in the month before.")
    difference = gettext("{count} more") if more > 0 else gettext("{count} fewer")
    return said.format(papers=papers, difference=difference.format(count=number(abs(more))))


def added_later(digest: Digest) -> list[str]:
    """Say what was added after a digest was posted, oldest first."""
    return [
        ngettext("{count} paper added at {time}.", "{count} papers added at {time}.", addition.papers).format(
            count=number(addition.papers), time=f"{addition.at:%H:%M}"
        )
        for addition in digest.additions
    ]


def share_shown(digest: Digest, shown: int) -> str:
    """Say how many of a digest's papers are shown, and in which order."""
    new = ngettext("{count} new paper", "{count} new papers", digest.total).format(count=number(digest.total))
    if shown < digest.total:
        return gettext("{shown} of {papers}, {order}").format(shown=shown, papers=new, order=digest.order)
    return gettext("{papers}, {order}").format(papers=new, order=digest.order)


def feed_troubles(states: Sequence[FeedState]) -> tuple[str, ...]:
    """Return the sentences on the feeds that are stale or down: a silent feed is not to look like a quiet day."""
    troubles = (Freshness.STALE, Freshness.DOWN)
    return tuple(localized(state.sentence) for state in states if state.freshness in troubles)


def why_empty(definition: DigestDefinition, came: int, states: Sequence[FeedState]) -> str:
    """Say why a digest has no papers: `came` papers came, and none of them is wanted."""
    troubles = feed_troubles(states)
    if came:
        said = ngettext(
            "{count} paper arrived, but it doesn't match this digest ({asked}).",
            "{count} papers arrived, but none of them match this digest ({asked}).",
            came,
        ).format(count=number(came), asked=asked_for(definition))
        return " ".join([said, *troubles])
    for freshness in _EXPLAINING:
        sentences = [localized(state.sentence) for state in states if state.freshness == freshness]
        if sentences:
            return " ".join(dict.fromkeys([*troubles, *sentences]))
    if states:
        return gettext("No papers have arrived since the last digest. The feeds are up to date.")
    return gettext("No papers have arrived since the last digest. An operator can add some with `paperbot import`.")


def asked_for(definition: DigestDefinition) -> str:
    """Say what a digest lets in, in a few words."""
    lists = (
        (gettext("topics: {names}"), definition.topics),
        (gettext("categories: {names}"), definition.categories),
        (gettext("authors: {names}"), definition.authors),
        (gettext("organisations: {names}"), definition.organisations),
        (gettext("without: {names}"), definition.excluded),
    )
    limits = [said.format(names=", ".join(names)) for said, names in lists if names]
    if votes := definition.min_upvotes:
        least = ngettext("at least {count} upvote", "at least {count} upvotes", votes)
        limits.append(least.format(count=number(votes)))
    return "; ".join(limits) or gettext("all papers")
