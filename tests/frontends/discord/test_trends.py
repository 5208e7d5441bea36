"""/trends, as members use it."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.frontends.discord.trends.commands import ALT_LIMIT
from bot.trends.chart import ChartProcesses
from bot.trends.wording import alternative_text
from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.factories import make_paper
from tests.frontends.discord.rendering.limits import NASTY
from tests.frontends.discord.replies import embed_of
from tests.frontends.discord.server import running

pytestmark = pytest.mark.slow

NOW = FakeClock(datetime(2026, 11, 25, 12, 0, tzinfo=UTC))
PAPERS = [
    make_paper(title=f"Kettles {number}", abstract="We boil.", arxiv_id=f"2401.{number:05}", published=day)
    for number, day in enumerate(
        [date(2025, 3, 1), date(2026, 2, 1), date(2026, 2, 28), date(2026, 11, 3), None], start=1
    )
]


async def test_a_chart_is_posted_with_its_figures_in_words(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=PAPERS, clock=NOW) as app, running(app, settle_s=60) as server:
        result = await server.ada.slash(server.channel, "trends", topic="kettle vs samovars")
    assert not result.ephemeral
    embed = embed_of(result)
    assert embed.title == "Papers per month"
    assert str(embed.description).replace("\\", "").splitlines() == [
        "1. “kettle”: 4 papers; first in Mar 2025, most in Feb 2026 (2), 1 so far in Nov 2026. 1 more has no date.",
        "2. “samovars”: no paper in the store contains all of these words in its title or abstract.",
    ]
    assert str(embed.footer.text).endswith("out of 5 papers in the store.")
    assert result.response is not None
    [picture] = result.response.attachments
    assert picture.filename == "trends.png"
    assert picture.description is not None
    assert picture.description.startswith("Line chart: Papers per month, Mar 2025 to Nov 2026. “kettle”: 4 papers;")
    assert "(Mar 2025: 1; Feb 2026: 2; Nov 2026: 1)" in picture.description


async def test_a_span_without_papers_says_where_they_are(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=PAPERS[:3], clock=NOW) as app, running(app, settle_s=60) as server:
        result = await server.ada.slash(server.channel, "trends", topic="kettles", span="quarter")
    assert embed_of(result).description == (
        "“kettles”: no papers in this period. 3 more were published outside this period; choose a longer span."
    )
    assert result.response is not None
    assert result.response.attachments == []


async def test_no_paper_at_all_is_said_without_a_picture(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=PAPERS, clock=NOW) as app, running(app, settle_s=60) as server:
        result = await server.ada.slash(server.channel, "trends", topic="samovars", private=True)
    assert result.ephemeral
    assert "no paper in the store contains all of these words" in str(embed_of(result).description)


@pytest.mark.parametrize("topic", ["the", "a vs b vs c vs d vs e", "…"])
async def test_what_is_no_topic_is_refused_to_its_asker_alone(tmp_path: Path, topic: str) -> None:
    async with sample_app(tmp_path, papers=PAPERS, clock=NOW) as app, running(app, check_errors=False) as server:
        result = await server.ada.slash(server.channel, "trends", topic=topic)
    assert result.ephemeral
    assert result.response is not None
    assert result.response.embeds == []
    assert result.response.content.startswith(("I can count papers on up to 4 topics", "There's no question yet"))


async def test_without_the_permission_for_files_the_figures_stand_alone_and_it_is_named(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=PAPERS, clock=NOW) as app, running(app, settle_s=60) as server:
        assert server.guild.me is not None
        without: dict[Any, Any] = {server.guild.me: discord.PermissionOverwrite(attach_files=False)}
        channel = server.guild.create_text_channel("no-files", overwrites=without)
        result = await server.ada.slash(channel, "trends", topic="kettles")
    assert str(embed_of(result).description).endswith(
        "-# No chart: I can't attach files here. An admin can give me Attach Files."
    )


async def test_a_picture_that_cannot_be_drawn_leaves_the_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing(*_: object) -> None:
        return None

    monkeypatch.setattr(ChartProcesses, "draw", nothing)
    async with sample_app(tmp_path, papers=PAPERS, clock=NOW) as app, running(app, settle_s=60) as server:
        result = await server.ada.slash(server.channel, "trends", topic="kettles")
    assert "“kettles”: 4 papers" in str(embed_of(result).description)
    assert "The chart couldn't be drawn" in str(embed_of(result).description)


async def test_it_works_by_direct_message(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=PAPERS, clock=NOW) as app, running(app, settle_s=60) as server:
        result = await server.env.create_user("cleo").slash("trends", topic="kettles")
    assert result.response is not None
    assert len(result.response.attachments) == 1


async def test_nothing_that_was_typed_formats_pings_or_links(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=PAPERS, clock=NOW) as app, running(app, settle_s=60) as server:
        result = await server.ada.slash(server.channel, "trends", topic=f"kettles vs {NASTY * 4} vs @everyone")
    text = str(embed_of(result).description)
    assert "@everyone" not in text
    assert "](https://evil" not in text
    assert "**bold**" not in text


async def test_topics_are_completed_after_vs_too(tmp_path: Path) -> None:
    papers = [make_paper(keywords=("kettles", "knowledge distillation"))]
    async with sample_app(tmp_path, papers=papers, clock=NOW) as app, running(app, settle_s=60) as server:
        await app.names.current(patience_s=30)
        first = await server.ada.autocomplete(server.channel, "trends", "topic", "ket")
        second = await server.ada.autocomplete(server.channel, "trends", "topic", "my pots VS dist")
    assert first == [{"name": "kettles", "value": "kettles"}]
    assert second == [{"name": "my pots VS knowledge distillation", "value": "my pots VS knowledge distillation"}]


async def test_the_alternative_text_fits_whatever_there_is_to_tell(tmp_path: Path) -> None:
    days = [date(2022 + number // 12, number % 12 + 1, 1) for number in range(48)]
    papers = [
        make_paper(title=f"Kettles and Pots {number}", arxiv_id=f"2401.{number:05}", published=day)
        for number, day in enumerate(days)
    ]
    async with sample_app(tmp_path, papers=papers, clock=NOW) as app:
        trend = await app.trends.of(
            f"kettles vs pots vs {'kettles ' * 30}pots vs pots tell", span="all", today=NOW().date()
        )
    text = alternative_text(trend, limit=ALT_LIMIT)
    assert 100 < len(text) <= ALT_LIMIT
    assert text.startswith("Line chart: Papers per month, Jan 2022 to Nov 2026. “kettles”: 48 papers;")
