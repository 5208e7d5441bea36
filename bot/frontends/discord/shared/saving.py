"""Saving papers for a member, and what is replied to that."""

from collections.abc import Sequence

from bot.answers.talking import MOST_PAPERS
from bot.frontends.discord.shared import sources as source_lines
from bot.i18n.translation import gettext
from bot.models import Paper
from bot.saved_papers import SavedPapers


async def save_all(
    papers: Sequence[Paper], saved: SavedPapers, *, user: str, note: str | None = None, private: bool = True
) -> str:
    """Save the first MOST_PAPERS and return what to reply, in Discord's markdown. Raises SavedFull.

    `private` is whether the user alone sees the reply.
    """
    lines: list[str] = []
    for paper in papers[:MOST_PAPERS]:
        new = await saved.save(user, paper, note=note)
        text = gettext("Already saved, note updated: {paper}") if note else gettext("Already saved: {paper}")
        lines.append((gettext("Saved: {paper}") if new else text).format(paper=source_lines.cited_title(paper)))
    if len(papers) > MOST_PAPERS:
        lines.append(first_of(len(papers)))
    alone = gettext("Only you can see this. `/saved` lists your saved papers.")
    below = alone if private else gettext("`/saved` lists your saved papers, for you alone.")
    return "\n".join([*lines, f"-# {below}"])


async def unsave_all(papers: Sequence[Paper], saved: SavedPapers, *, user: str) -> str:
    """Take papers off a member's list and return what to reply, in Discord's markdown."""
    there = {each.paper.key: each.key for each in await saved.of_user(user) if each.paper is not None}
    lines: list[str] = []
    for paper in papers[:MOST_PAPERS]:
        removed = paper.key in there and await saved.remove(user, there[paper.key])
        text = gettext("No longer saved: {paper}") if removed else gettext("Not among your saved papers: {paper}")
        lines.append(text.format(paper=source_lines.cited_title(paper)))
    return "\n".join(lines)


def first_of(number: int) -> str:
    """Say that more papers were named than are taken."""
    return gettext("That's {number} papers; I used only the first {taken}.").format(number=number, taken=MOST_PAPERS)
