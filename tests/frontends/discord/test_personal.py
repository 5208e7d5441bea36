"""Small talk, and papers saved or topics followed in words: by mention, by reply, by direct message and by /ask."""

from pathlib import Path

import discord
import pytest

from bot.follows.follow import private
from tests.apps import sample_app
from tests.frontends.discord.languages import speak_in_discord
from tests.frontends.discord.replies import private_text
from tests.frontends.discord.server import Server, running

GPIPE = "GPipe: Efficient Training of Giant Neural Networks using Pipeline Parallelism"
POINTS_BACK = "This refers to something earlier, but there's nothing before it. Name the paper or topic."


async def told(server: Server, message: str, *, to: discord.Message | None = None) -> discord.Message:
    """Return the reply to a mention, or to a reply to one of the bot's messages."""
    await server.ada.send(server.channel, f"{server.mention} {message}", reply_to=to)
    reply = server.last
    assert reply.author == server.bot.user
    return reply


async def saved_titles(server: Server) -> list[str]:
    return [one.paper.title for one in await server.app.saved.of_user(str(server.ada.id)) if one.paper]


async def followed(server: Server) -> list[tuple[str, str]]:
    return [(one.kind, one.label) for one in await server.app.follows.of_destination(private(str(server.ada.id)))]


@pytest.mark.parametrize(
    ("message", "begins"),
    [
        ("hi", "Hi! I'm paperbot: I answer questions about research papers"),
        ("Hallo!", "Hallo! Ich bin paperbot: Ich beantworte Fragen"),
        ("bonjour", "Bonjour ! Je suis paperbot"),
        ("thanks!", "You're welcome!"),
        ("danke schön", "Gern geschehen!"),
        ("merci", "Avec plaisir !"),
        ("ok", "Fine. Ask me whenever you want to know more."),
        ("what can you do?", "I'm paperbot: I answer questions about research papers"),
        ("qui es-tu ?", "Je suis paperbot"),
    ],
)
async def test_small_talk_is_answered_in_its_language_and_without_buttons(
    tmp_path: Path, message: str, begins: str
) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        reply = await told(server, message)
        assert await app.archive.of_message(str(reply.id)) is None
    assert reply.content.startswith(begins)
    assert reply.embeds == []
    assert reply.components == []


async def test_a_greeting_offers_three_things_that_work(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        reply = await told(server, "hi")
        examples = [line.removeprefix("• ") for line in reply.content.splitlines() if line.startswith("• ")]
        headings = [(await told(server, example)) for example in examples]
    assert examples == ["summarise DBConformer", "compare DBConformer and FSATFusion", "save DBConformer"]
    assert [message.embeds[0].author.name for message in headings[:2]] == [
        "Summary (extracts)",
        "Comparison (extracts)",
    ]
    assert headings[2].content.startswith("Saved: ")


async def test_a_greeting_before_a_question_is_no_part_of_it(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        reply = await told(server, "hi, what is GPipe?")
    assert reply.embeds[0].title == "what is GPipe?"


async def test_a_greeting_is_answered_before_there_is_any_paper(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app, running(app) as server:
        reply = await told(server, "hi")
    assert "• explain diffusion models to a newcomer\n" in reply.content


async def test_small_talk_takes_none_of_the_answers_of_a_day(tmp_path: Path) -> None:
    limits = {"user_answers": 1, "cooldown_seconds": 600}
    async with sample_app(tmp_path, limits=limits) as app, running(app) as server:
        await told(server, "hi")
        assert (await told(server, "what is GPipe?")).embeds
        assert (await told(server, "thanks")).content == "You're welcome!"


@pytest.mark.parametrize("message", ["save GPipe", "speichere GPipe", "enregistre l'article GPipe", "save gpipe"])
async def test_a_paper_is_saved_by_mention(tmp_path: Path, message: str) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        reply = await told(server, message)
        again = await told(server, message)
        assert await saved_titles(server) == [GPIPE]
    assert reply.content.startswith(f"Saved: {GPIPE}")
    assert "Only you can see this" not in reply.content
    assert again.content.startswith(f"Already saved: {GPIPE}")


async def test_a_paper_is_saved_by_a_name_that_its_abstract_gives(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        reply = await told(server, "save Stormer")
        said = private_text(await server.ada.slash(server.channel, "save", paper="Stormer"))
    assert reply.content.startswith("Saved: Scaling transformer neural networks for skillful")
    assert said.startswith("Already saved: Scaling transformer neural networks for skillful")


async def test_an_unknown_paper_is_told_with_what_to_do(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        reply = await told(server, "save Pangu-Weather")
    assert reply.content == (
        "I can't find a paper called “Pangu-Weather”. Use its arXiv id, a link to it or its full title; "
        "/search shows them."
    )


@pytest.mark.parametrize("message", ["save it", "speichere das", "enregistre-le"])
async def test_what_a_reply_points_at_is_saved(tmp_path: Path, message: str) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        assert (await told(server, message)).content == POINTS_BACK
        answer = await told(server, "what is GPipe?")
        await told(server, message, to=answer)
        assert await saved_titles(server) == [GPIPE]


async def test_the_second_source_of_an_answer_is_saved(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        answer = await told(server, "compare GPipe and SpikeGPT")
        reply = await told(server, "save the second one", to=answer)
        both = await told(server, "save them all", to=answer)
    assert reply.content.startswith("Saved: SpikeGPT")
    assert both.content.startswith(f"Saved: {GPIPE}\nAlready saved: SpikeGPT")


async def test_a_summary_and_then_its_paper_saved(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        before = len(server.channel.history())
        await told(server, "summarise GPipe and save it")
        _, summary, saved = server.channel.history()[before:]
        assert await saved_titles(server) == [GPIPE]
    assert summary.embeds[0].title == GPIPE
    assert saved.content.startswith("Saved: ")


async def test_topics_and_papers_are_followed_and_unfollowed(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        topic = await told(server, "follow diffusion models")
        await told(server, "subscribe me to papers by Yann LeCun")
        paper = await told(server, "follow GPipe")
        assert await followed(server) == [("topic", "diffusion models"), ("author", "Yann LeCun"), ("paper", GPIPE)]
        gone = await told(server, "unfollow diffusion models")
        await told(server, "folge GPipe nicht mehr")
        assert await followed(server) == [("author", "Yann LeCun")]
        never = await told(server, "unfollow pruning")
    assert topic.content.startswith("Now following new papers on **diffusion models**.\nI'll send you anything new by")
    assert paper.content.startswith(f"Now following **{GPIPE}**: new versions, withdrawal and code.")
    assert gone.content.startswith("No longer following **diffusion models**.")
    assert never.content.startswith("You don't follow **pruning**.")


async def test_a_topic_that_is_too_general_is_refused_as_the_command_does(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        reply = await told(server, "follow what is this")
    assert reply.content == "That's too general to follow as a topic. Try more specific words."


async def test_a_saved_paper_is_taken_off_again(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        await told(server, "save GPipe")
        gone = await told(server, "remove GPipe from my saved papers")
        never = await told(server, "remove GPipe from my saved papers")
        assert await saved_titles(server) == []
    assert gone.content.startswith("No longer saved: GPipe")
    assert never.content.startswith("Not among your saved papers: ")


async def test_how_it_is_done_is_told(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        replies = [
            await told(server, said) for said in ("how do I save a paper?", "my saved papers", "what do I follow?")
        ]
    assert [reply.content for reply in replies] == [
        "Name a paper: “save” with its id, a link or its title, or use `/save`.",
        "`/saved` lists your saved papers, exports them and removes some.",
        "`/following` lists what you follow, and unfollows.",
    ]


async def test_ask_answers_its_user_alone_in_their_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    speak_in_discord(monkeypatch, member="de", guild="fr")
    async with sample_app(tmp_path) as app, running(app) as server:
        saved = private_text(await server.ada.slash(server.channel, "ask", question="speichere GPipe"))
        thanks = private_text(await server.ada.slash(server.channel, "ask", question="thanks"))
        assert await saved_titles(server) == [GPIPE]
    assert saved.startswith("Gemerkt: ")
    assert saved.endswith("-# Nur du siehst das. `/gemerkt` zeigt deine gemerkten Papers.")
    assert thanks == "Gern geschehen!"


async def test_ask_shows_the_answer_to_all_and_what_was_saved_to_its_user(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        result = await server.ada.slash(server.channel, "ask", question="what is GPipe? Save it.")
        assert await saved_titles(server) == [GPIPE]
    assert result.response is not None
    assert not result.response.ephemeral
    assert private_text(result).startswith("Saved: ")


async def test_a_direct_message_is_understood_like_a_mention(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        user = server.env.create_user("eve")
        await user.send_dm("follow diffusion models")
        [one] = await app.follows.of_destination(private(str(user.id)))
        await user.send_dm("hi")
        greeted = user.dm_channel.history()[-1].content
        await user.send_dm("speichere GPipe")
        saved = user.dm_channel.history()[-1].content
    assert one.label == "diffusion models"
    assert saved.startswith("Gemerkt: ")
    assert greeted.startswith("Hi! ")


async def test_where_questions_are_refused_small_talk_is_too(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        allowed = server.guild.create_text_channel("allowed")
        await app.guild_settings.change(str(server.guild.id), channels=(str(allowed.id),))
        by_mention = await told(server, "save GPipe")
        by_command = private_text(await server.ada.slash(server.channel, "ask", question="save GPipe"))
        assert await saved_titles(server) == []
    assert by_mention.content == by_command == f"I don't answer in this channel. Ask in <#{allowed.id}>."
