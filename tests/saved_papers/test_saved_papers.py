from pathlib import Path

import pytest

from bot.errors.requests import SavedFull
from bot.saved_papers import markdown_list
from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.factories import make_paper, make_papers


async def test_a_paper_that_gets_its_arxiv_id_later_stays_saved_once(tmp_path: Path) -> None:
    before = make_paper(arxiv_id=None)
    async with sample_app(tmp_path, papers=[before]) as app:
        assert await app.saved.save("ada", before)
        await app.papers.upsert([make_paper()], now=2.0)
        assert not await app.saved.save("ada", make_paper(), note="now with its id")
        (saved,) = await app.saved.of_user("ada")
    assert saved.paper is not None
    assert saved.paper.arxiv_id == "2401.00001"
    assert saved.note == "now with its id"


async def test_a_full_list_is_refused_but_takes_notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.saved_papers.SAVED_LIMIT", 2)
    papers = make_papers("Alpha", "Beta", "Gamma")
    async with sample_app(tmp_path, papers=papers) as app:
        for paper in papers[:2]:
            await app.saved.save("ada", paper)
        with pytest.raises(SavedFull, match=r"is full \(2 papers\)"):
            await app.saved.save("ada", papers[2])
        assert not await app.saved.save("ada", papers[0], note="read it")


async def test_a_note_is_one_line_without_hidden_characters_and_not_too_long(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[make_paper()]) as app:
        await app.saved.save("ada", make_paper(), note=f"one\ntwo\u202e {'x' * 300}")
        (saved,) = await app.saved.of_user("ada")
    assert saved.note is not None
    assert saved.note.startswith("one two x")
    assert len(saved.note) == 200


async def test_the_markdown_file_has_links_facts_and_notes_and_no_title_formats_it(tmp_path: Path) -> None:
    papers = make_papers("Alpha", "[Beta](https://evil.example) *loud*")
    clock = FakeClock()
    async with sample_app(tmp_path, papers=papers, clock=clock) as app:
        await app.saved.save("ada", papers[0], note="for `Bob`")
        clock.move(days=1)
        await app.saved.save("ada", papers[1])
        text = markdown_list(await app.saved.of_user("ada"))
    assert text == (
        "# Saved papers\n\n"
        "- [\\[Beta\\](https://evil.example) \\*loud\\*](https://arxiv.org/abs/2401.00002) · 5 Jan 2024"
        " · saved on 7 Jan 2024\n"
        "- [Alpha](https://arxiv.org/abs/2401.00001) · 5 Jan 2024 · saved on 6 Jan 2024\n  - for \\`Bob\\`\n"
    )
