"""What storing records would change."""

from collections.abc import Sequence

from bot.models import Paper, slug
from bot.sources.refusal import Refusal
from bot.store.protocol import PaperStore, UpsertCounts


async def preview(papers: PaperStore, records: Sequence[Paper | Refusal]) -> tuple[UpsertCounts, tuple[Refusal, ...]]:
    """Return how many papers would be new, changed or unchanged, and what is refused. Nothing is written."""
    found = [record for record in records if isinstance(record, Paper)]
    held = await papers.wanted(keys=[paper.key for paper in found], slugs=[slug(paper.title) for paper in found])
    by_key = {paper.key: paper for paper in held}
    by_slug = {slug(paper.title): paper for paper in held}
    new = changed = unchanged = 0
    for paper in found:
        known = by_key.get(paper.key)
        if known is None:
            named = by_slug.get(slug(paper.title))
            known = named if named and None in {named.arxiv_id, paper.arxiv_id} else None
        if known is None:
            new += 1
        elif known.merged_with(paper) == known:
            unchanged += 1
        else:
            changed += 1
    return UpsertCounts(new, changed, unchanged), tuple(record for record in records if isinstance(record, Refusal))
