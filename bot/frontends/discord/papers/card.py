"""One paper: its card, its abstract, its entry for BibTeX."""

import discord

from bot.answers.cards import Card
from bot.answers.subjects import reference_of
from bot.answers.wording import HUB_SUMMARY, and_more, count, hub_links
from bot.app import App
from bot.frontends.discord.papers.pages import similar_embed
from bot.frontends.discord.shared.components import PersistentButton, view_of
from bot.frontends.discord.shared.interactions import AppClient
from bot.frontends.discord.shared.markdown import DESCRIPTION_LIMIT, TITLE_LIMIT, escape, escape_within, link, split
from bot.frontends.discord.shared.sources import PAGE_SIZE
from bot.i18n.translation import day, gettext, ngettext, number, phrase
from bot.latex import readable
from bot.models import Paper
from bot.saved_papers import bibtex
from bot.sources.hub_links import SHOWN, HubLinks, HubRepositories
from bot.text import one_line

_AUTHORS = 12
_AUTHORS_LIMIT = 700
_SENTENCE_LIMIT = 600
_FIELD_LIMIT = 200
_URL_LIMIT = 300  # three of them and the short one at Hugging Face fit a field
_FIELD_MOST = 1_024
"""Discord's, for the value of a field."""


def card_embed(card: Card) -> discord.Embed:
    """Return what is known of a paper."""
    paper, summary = card.paper, card.summary
    parts = [escape_within(_authors(paper), _AUTHORS_LIMIT)]
    if summary.text:
        said = escape_within(readable(summary.text), _SENTENCE_LIMIT)
        parts.append(f"> {said}" if summary.by_hub else f"> “{said}”")
    embed = discord.Embed(
        title=escape_within(one_line(paper.title), TITLE_LIMIT),
        url=paper.url if paper.has_page else None,
        description="\n\n".join(filter(None, parts)) or None,
        colour=discord.Colour.blurple(),
    )
    for name, value in _facts(paper).items():
        if value:
            embed.add_field(name=name, value=value)
    if links := _links(paper):
        embed.add_field(name=gettext("Links"), value=links, inline=False)
    if linked := _linked(card.links):
        embed.add_field(name=gettext("On Hugging Face"), value=linked, inline=False)
    if paper.thumbnail_url:
        embed.set_thumbnail(url=paper.thumbnail_url)
    if summary.text:
        quoted = gettext("Quoted word for word from the abstract")
        embed.set_footer(text=HUB_SUMMARY.localized() if summary.by_hub else quoted)
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


def _authors(paper: Paper) -> str:
    if not paper.authors:
        return count(paper.author_count, "author") if paper.author_count else ""
    total = max(len(paper.authors), paper.author_count or 0)
    shown = paper.authors[:_AUTHORS]
    names = ", ".join(shown)
    return and_more(names, total - len(shown))


def _facts(paper: Paper) -> dict[str, str]:
    """Return a paper's facts by their names, each escaped; empty where nothing is known."""
    version = f" (v{paper.version})" if paper.version and paper.version > 1 else ""
    votes = [
        count(paper.upvotes, "upvote") if paper.upvotes is not None else "",
        _comments(paper),
        ngettext("{stars} star for the code", "{stars} stars for the code", paper.stars).format(
            stars=number(paper.stars)
        )
        if paper.stars is not None
        else "",
    ]
    return {
        gettext("Withdrawn"): day(paper.withdrawn) if paper.withdrawn else "",
        gettext("Published"): f"{day(paper.published)}{version}" if paper.published else "",
        gettext("Listed"): _listed(paper),
        gettext("Votes"): " · ".join(filter(None, votes)),
        gettext("Venue"): _short(paper.venue or ""),
        gettext("Organisation"): _short(paper.organisation or ""),
        gettext("Categories"): _short(", ".join(paper.categories)),
    }


def _listed(paper: Paper) -> str:
    if paper.listed and paper.submitter:
        said = gettext("{day}, submitted by {name}")
        return said.format(day=day(paper.listed), name=escape_within(paper.submitter, _FIELD_LIMIT))
    return day(paper.listed) if paper.listed else ""


def _comments(paper: Paper) -> str:
    if paper.comments is None:
        return ""
    said = count(paper.comments, "comment")
    return link(said, paper.discussion_url) if paper.discussion_url else said


def _short(text: str) -> str:
    return escape_within(one_line(text), _FIELD_LIMIT)


def _links(paper: Paper) -> str:
    links = {
        "arXiv" if paper.has_page else gettext("find on arXiv"): paper.url,
        gettext("code"): paper.code_url,
        gettext("project page"): paper.project_url,
        "Hugging Face": paper.hub_url,
    }
    return " · ".join(link(label, url) for label, url in links.items() if url and len(url) <= _URL_LIMIT)


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
