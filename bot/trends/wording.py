"""Counts of papers over time, in words and as a chart."""

from datetime import date

from bot.answers.wording import day, month
from bot.i18n.translation import gettext, ngettext, number
from bot.text import shorten
from bot.trends.chart import Chart, Line
from bot.trends.counts import TopicCounts, Trend, Unit

_TOPIC_LIMIT = 80


def chart_of(trend: Trend) -> Chart | None:
    """Return the chart; None when no topic has a paper in the span."""
    if not any(topic.total for topic in trend.topics):
        return None
    note = gettext("Only papers in the store, by publication date.")
    if trend.unfinished:
        note += " " + gettext("Hollow marker: period still in progress.")
    return Chart(
        title=heading(trend),
        note=note,
        ticks=tuple(part(start, trend.unit) for start in trend.starts),
        lines=tuple(Line(topic.topic, topic.counts) for topic in trend.topics),
        unfinished=trend.unfinished,
    )


def heading(trend: Trend) -> str:
    """Return the chart's heading: papers per week, month or year."""
    match trend.unit:
        case Unit.WEEK:
            return gettext("Papers per week")
        case Unit.MONTH:
            return gettext("Papers per month")
        case Unit.YEAR:
            return gettext("Papers per year")


def part(start: date, unit: Unit) -> str:
    """Return a week (by its Monday), month or year as it is written below a chart."""
    match unit:
        case Unit.WEEK:
            return day(start)
        case Unit.MONTH:
            return month(start)
        case Unit.YEAR:
            return str(start.year)


def in_words(topic: TopicCounts, trend: Trend) -> str:
    """Return a topic's figures in a sentence or two: how many papers, the first, the most, and the last."""
    name = shorten(topic.topic, _TOPIC_LIMIT)
    others = _others(topic)
    if not topic.total and not others:
        nothing = gettext("“{topic}”: no paper in the store contains all of these words in its title or abstract.")
        return nothing.format(topic=name)
    if not topic.total:
        return f"{gettext('“{topic}”: no papers in this period.').format(topic=name)} {others}"
    first = next(place for place, count in enumerate(topic.counts) if count)
    most = max(topic.counts)
    peak = topic.counts.index(most)
    said = ngettext(
        "“{topic}”: {number} paper; first {first}, most {peak} ({most}), {last} so far {now}.",
        "“{topic}”: {number} papers; first {first}, most {peak} ({most}), {last} so far {now}.",
        topic.total,
    ).format(
        topic=name,
        number=number(topic.total),
        first=_when(trend, first),
        peak=_when(trend, peak),
        most=number(most),
        now=_when(trend, len(topic.counts) - 1),
        last=number(topic.counts[-1]),
    )
    return f"{said} {others}".rstrip()


def rule(trend: Trend) -> str:
    """Say which papers count, and among how many."""
    return ngettext(
        (
            "Counted: papers whose title or abstract contains every word of the topic, in any form, out of {held} "
            "paper in the store."
        ),
        (
            "Counted: papers whose title or abstract contains every word of the topic, in any form, out of {held} "
            "papers in the store."
        ),
        trend.held,
    ).format(held=number(trend.held))


def alternative_text(trend: Trend, *, limit: int) -> str:
    """Return the chart's figures as text, in at most `limit` characters: all that are not 0, while there is room."""
    span = gettext("Line chart: {heading}, {first} to {last}.").format(
        heading=heading(trend), first=part(trend.starts[0], trend.unit), last=part(trend.starts[-1], trend.unit)
    )
    words = [in_words(topic, trend) for topic in trend.topics]
    figures = [_figures(topic, trend) if topic.total else "" for topic in trend.topics]
    whole = " ".join([span, *(f"{said} {pairs}" for said, pairs in zip(words, figures, strict=True))])
    return whole if len(whole) <= limit else shorten(" ".join([span, *words]), limit)


def _figures(topic: TopicCounts, trend: Trend) -> str:
    pairs = (
        f"{part(start, trend.unit)}: {number(count)}"
        for start, count in zip(trend.starts, topic.counts, strict=True)
        if count
    )
    return f"({'; '.join(pairs)})"


def _when(trend: Trend, place: int) -> str:
    named = part(trend.starts[place], trend.unit)
    if trend.unit is Unit.WEEK:
        return gettext("in the week of {day}").format(day=named)
    return gettext("in {time}").format(time=named)


def _others(topic: TopicCounts) -> str:
    """Return how many of the topic's papers fall outside the span or have no date; empty if none."""
    left_out: list[str] = []
    if topic.elsewhen:
        left_out.append(
            ngettext(
                "{number} more was published outside this period; choose a longer span.",
                "{number} more were published outside this period; choose a longer span.",
                topic.elsewhen,
            ).format(number=number(topic.elsewhen))
        )
    if topic.undated:
        left_out.append(
            ngettext("{number} more has no date.", "{number} more have no date.", topic.undated).format(
                number=number(topic.undated)
            )
        )
    return " ".join(left_out)
