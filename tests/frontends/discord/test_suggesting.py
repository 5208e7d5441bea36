"""What is offered while members type, beside titles."""

from pathlib import Path

import pytest

from tests.apps import sample_app
from tests.factories import make_paper
from tests.frontends.discord.server import running

PAPERS = [
    make_paper(
        authors=("Geoffrey Hinton",),
        categories=("cs.CL",),
        keywords=("kettle whistles", "tea"),
        organisation="Kettle Institute",
    ),
    make_paper(
        title="Kettle Noises",
        arxiv_id="2401.00002",
        authors=("Yann Spout", "x" * 101),
        categories=("cs.SD",),
        keywords=("kettle whistles", "w" * 99),
    ),
]


async def test_a_search_offers_authors_and_categories_that_find_papers(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=PAPERS) as app, running(app) as server:
        await app.names.current(patience_s=30)
        [author] = await server.ada.autocomplete(server.channel, "search", "author", "hinton geof")
        [category] = await server.ada.autocomplete(server.channel, "search", "category", "sound")
        assert await server.ada.autocomplete(server.channel, "search", "author", "x") == []  # longer than Discord takes
        by_author = await server.ada.slash(server.channel, "search", query="kettle", author=author["value"])
        within = await server.ada.slash(server.channel, "search", query="kettle", category=category["value"])
    assert category == {"name": "cs.SD – Sound", "value": "cs.SD"}
    for result, title in ((by_author, "Telling Whistles Apart"), (within, "Kettle Noises")):
        assert result.response is not None
        description = str(result.response.embeds[0].description)
        assert title in description
        assert description.count("https://arxiv.org/abs/") == 1


@pytest.mark.parametrize(("command", "option"), [("summarise", "subject"), ("compare", "first"), ("compare", "fifth")])
async def test_where_a_topic_will_do_topics_stand_before_titles(tmp_path: Path, command: str, option: str) -> None:
    async with sample_app(tmp_path, papers=PAPERS) as app, running(app) as server:
        await app.names.current(patience_s=30)
        offered = await server.ada.autocomplete(server.channel, command, option, "kettle n")
        more = await server.ada.autocomplete(server.channel, command, option, "kettle")
        [long] = await server.ada.autocomplete(server.channel, command, option, "www")
    assert offered == [{"name": "Kettle Noises", "value": "2401.00002"}]
    assert more[:2] == [{"name": "kettle whistles (topic, 2 papers)", "value": "kettle whistles"}, *offered]
    assert len(long["name"]) <= 100
    assert long["name"].endswith("… (topic, 1 paper)")
    assert long["value"] == "w" * 99


async def test_explaining_offers_topics(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=PAPERS) as app, running(app) as server:
        await app.names.current(patience_s=30)
        assert await server.ada.autocomplete(server.channel, "explain", "term", "te") == [
            {"name": "tea", "value": "tea"}
        ]


@pytest.mark.parametrize(
    ("kind", "typed", "name"),
    [
        ("author", "hinton", "Geoffrey Hinton"),
        ("topic", "whistl", "kettle whistles"),
        ("organisation", "inst", "Kettle Institute"),
    ],
)
async def test_what_can_be_followed_is_offered_also_where_the_bot_was_never_added(
    tmp_path: Path, kind: str, typed: str, name: str
) -> None:
    async with sample_app(tmp_path, papers=PAPERS) as app, running(app) as server:
        await app.names.current(patience_s=30)
        private = await server.env.create_user("cleo").autocomplete(f"follow {kind}", kind, typed)
        server.bot._connection._guilds.pop(server.guild.id)
        [choice] = await server.ada.autocomplete(server.channel, f"follow {kind}", kind, typed)
        followed = await server.ada.slash(server.channel, f"follow {kind}", **{kind: choice["value"]})
    assert private == [choice] == [{"name": name, "value": name}]
    assert followed.ephemeral
    assert followed.response is not None
    assert followed.response.content.startswith("Now following ")


async def test_names_are_offered_by_direct_message_too(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=PAPERS) as app, running(app) as server:
        await app.names.current(patience_s=30)
        user = server.env.create_user("cleo")
        [choice] = await user.autocomplete("search", "author", "spout")
    assert choice["value"] == "Yann Spout"
