"""Payloads of papers: a card with what its buttons show, lists, a search, and a chart."""

from dataclasses import replace

from bot.app import App
from bot.frontends.discord.papers.card import abstract_embeds, bibtex_embed, card_embed, paper_buttons
from bot.frontends.discord.papers.pages import open_page, results_embed, similar_embed, turning
from bot.frontends.discord.trends.commands import ALT_LIMIT, FILE_NAME, trend_embed
from bot.trends.counts import Trend
from bot.trends.drawing import draw
from bot.trends.wording import alternative_text, chart_of
from tools.messages import samples
from tools.messages.payload import Asked, Payloads, payload

_LISTS = {
    "latest": "latest:2025-12-08",
    "latest-none": "latest:2026-11-22",
    "trending": "trending:2026-11-17:2026-11-23",
}


async def write_papers(app: App, to: Payloads) -> None:
    """Write cards, lists, searches and trends; `app` holds the sample papers, at first alone."""
    found = await app.assistant.find("spiking transformers", limit=5)
    results = results_embed("spiking transformers", found.papers, searched=found.searched)
    to.write("search", payload([results], asked=Asked("/search")))
    await app.papers.upsert(samples.LISTED, now=app.clock().timestamp())
    paper = samples.LISTED[0]
    card = card_embed(replace(await app.cards.of(paper), links=samples.LINKS))
    to.write("card", payload([card], view=paper_buttons(paper), asked=Asked("/paper")))
    to.write("abstract", payload(abstract_embeds(paper), private=True))
    to.write("bibtex", payload([bibtex_embed(paper)], private=True))
    similar = await app.searcher.similar(paper, limit=3)
    embed = similar_embed(paper, [hit.paper for hit in similar])
    to.write("similar", payload([embed], asked=Asked("/similar", by="jonas")))
    for name, of in _LISTS.items():
        page = await open_page(of, 1, app=app)
        to.write(name, payload([page.embed], view=turning(page), asked=Asked(f"/{name.partition('-')[0]}")))
    await _write_trends(app, to)


async def _write_trends(app: App, to: Payloads) -> None:
    asked = Asked("/trends", by="jonas")
    trend = await charted(app)
    picture = (FILE_NAME, alternative_text(trend, limit=ALT_LIMIT))
    to.write("trends", payload([trend_embed(trend)], asked=asked, files=[picture]))
    nothing = await app.trends.of("kettle calibration", span="year", today=app.clock().date())
    to.write("trends-none", payload([trend_embed(nothing)], asked=asked))


async def charted(app: App) -> Trend:
    """Return the counts of papers that the chart in docs/messages shows."""
    return await app.trends.of("spiking transformers vs language models", span="all", today=app.clock().date())


def picture_of(trend: Trend) -> bytes:
    """Return the chart as a PNG. It has papers on each topic of `charted`."""
    chart = chart_of(trend)
    assert chart is not None, "the sample has papers on it"
    return draw(chart)
