"""One paper: its card, its abstract, its entry for BibTeX."""

import discord

from bot.answers.cards import Card, authors_of, facts_of, links_of
from bot.answers.subjects import reference_of
from bot.answers.wording import and_more, hub_links
from bot.app import App
from bot.frontends.discord.papers.pages import similar_embed
from bot.frontends.discord.shared.components import PersistentButton, view_of
from bot.frontends.discord.shared.interactions import AppClient
from bot.frontends.discord.shared.markdown import DESCRIPTION_LIMIT, TITLE_LIMIT, escape, escape_within, link, split
from bot.frontends.discord.shared.sources import PAGE_SIZE
from bot.i18n.translation import gettext, phrase
from bot.latex import readable
from bot.models import HubLinks, HubRepositories, Paper
from bot.saved_papers import bibtex
from bot.sources.hub_links import SHOWN
from bot.text import one_line

_AUTHORS_LIMIT = 700
_SENTENCE_LIMIT = 600
_FIELD_LIMIT = 200
_URL_LIMIT = 300  # three of them, or two and the short ones of a known paper, fit a field's 1,024
_FIELD_MOST = 1_024
"""Discord's, for the value of a field."""


def card_embed(card: Card) -> discord.Embed:
    """Return what is known of a paper."""
    paper, summary = card.paper, card.summary
    parts = [escape_within(authors_of(paper), _AUTHORS_LIMIT)]
    if summary.text:
        said = escape_within(readable(summary.text), _SENTENCE_LIMIT)
        parts.append(f"> {said}" if summary.by_hub else f"> “{said}”")
    embed = discord.Embed(
        title=escape_within(one_line(paper.title), TITLE_LIMIT),
        url=paper.url if paper.has_page else None,
        description="\n\n".join(filter(None, parts)) or None,
        colour=discord.Colour.blurple(),
    )
    for name, value in facts_of(paper).items():
        if value:
            embed.add_field(name=name, value=_short(value))
    if links := _links(paper):
        embed.add_field(name=gettext("Links"), value=links, inline=False)
    if linked := _linked(card.links):
        embed.add_field(name=gettext("On Hugging Face"), value=linked, inline=False)
    if paper.thumbnail_url:
        embed.set_thumbnail(url=paper.thumbnail_url)
    if summary.text:
        embed.set_footer(text=summary.origin)
    return embed


def abstract_embeds(paper: Paper) -> list[discord.Embed]:
    """Return the abstract, one embed for each message."""
    pieces = split(escape(paper.abstract), DESCRIPTION_LIMIT) or [gettext("The store has no abstract for this paper.")]
    embeds = [discord.Embed(description=piece, colour=discord.Colour.blurple()) for piece in pieces]
    embeds[0].title = escape_within(one_line(paper.title), TITLE_LIMIT)
    if paper.has_page:
        embeds[0].url = paper.url
    return embeds


def bibtex_embed(paper: Paper) -> discord.Embed:
    """Return the entry in a block of code, from which Discord copies it whole."""
    return discord.Embed(description=f"```bibtex\n{bibtex(paper)}\n```", colour=discord.Colour.blurple())


def _short(text: str) -> str:
    return escape_within(one_line(text), _FIELD_LIMIT)


def _links(paper: Paper) -> str:
    return " · ".join(link(name, url) for name, url in links_of(paper).items() if len(url) <= _URL_LIMIT)


def _linked(links: HubLinks) -> str:
    """Return a line for each kind of what is linked to the paper, with as many names as there is room for."""
    for names in range(SHOWN, -1, -1):
        lines = [_linked_line(words, repositories, names) for words, repositories in hub_links(links)]
        if len(text := "\n".join(lines)) <= _FIELD_MOST:
            return text
    return ""


def _linked_line(words: str, repositories: HubRepositories, names: int) -> str:
    shown = [link(name, url) for name, url in repositories.first[:names]]
    return f"{words}: {and_more(', '.join(shown), repositories.total - len(shown))}" if shown else words


_LABELS = {"abstract": phrase("Abstract"), "bibtex": phrase("BibTeX"), "similar": phrase("Similar")}


class PaperButton(
    PersistentButton, template=r"paper:(?P<what>abstract|bibtex|similar):(?P<paper>[A-Za-z0-9./-]{1,40})"
):
    """Shows the abstract, the BibTeX entry or the like of the paper that its custom_id refers to."""

    async def act(self, interaction: discord.Interaction, app: App) -> None:
        """Show what the button names. Raises PaperUnknown where the paper is no longer in the store."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        paper = await app.named_papers.of_reference(self.values["paper"])
        match self.values["what"]:
            case "abstract":
                embeds = abstract_embeds(paper)
            case "bibtex":
                embeds = [bibtex_embed(paper)]
            case _:
                hits = await app.searcher.similar(paper, limit=PAGE_SIZE)
                embeds = [similar_embed(paper, [hit.paper for hit in hits])]
        for embed in embeds:
            await interaction.followup.send(embed=embed, ephemeral=True)


def paper_buttons(paper: Paper) -> discord.ui.View:
    """Return the buttons of a card. It needs a running event loop."""
    reference = reference_of(paper)
    return view_of(*(PaperButton(label.localized(), what=what, paper=reference) for what, label in _LABELS.items()))


async def setup(client: AppClient) -> None:
    """Add the buttons."""
    client.add_dynamic_items(PaperButton)
