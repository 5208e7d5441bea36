"""A saved Daily Papers page: the real one where it is at hand, else one made from the bundled papers."""

from pathlib import Path

from bot.sources.files import read_sample

REAL_PAGE = Path(__file__).parents[3] / "shared" / "seeds" / "daily-papers-page.txt"


def saved_page(folder: Path) -> Path:
    """Return the path of a page with the 52 papers."""
    if REAL_PAGE.is_file():
        return REAL_PAGE
    path = folder / "page.txt"
    blocks = []
    for paper in read_sample():
        assert paper.published is not None
        day = f"{paper.published:%b} {paper.published.day}, {paper.published.year}"
        blocks.append(f"{paper.title}\n\n{paper.abstract}\n\n  • {paper.author_count} authors\n·\n{day}\n")
    path.write_text("Daily Papers\n\nDec 8\n\n" + "\n".join(blocks), encoding="utf-8")
    return path
