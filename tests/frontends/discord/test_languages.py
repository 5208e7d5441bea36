"""In which language members are answered: their own in private, the server's in public."""

from pathlib import Path
from typing import Any

import discord
import pytest
from discord.ui import DynamicItem
from simcord.results import InteractionResult

from bot.frontends.discord.shared.components import PersistentItem
from tests.apps import sample_app
from tests.factories import make_paper
from tests.fakes.model_server import FakeModel, fails, faithful, says
from tests.frontends.discord.languages import speak_in_discord
from tests.frontends.discord.rendering.limits import assert_within_limits
from tests.frontends.discord.server import Server, running

GERMAN, FRENCH, ENGLISH = "de", "fr", "en-GB"
PAPERS = [
    make_paper(
        title=f"{name}s That Whistle",
        arxiv_id=f"2401.0000{number}",
        abstract=f"{name}s whistle, but nobody knows why. We present {name}Net, a network that listens to {name}s. It "
        f"reaches {90 + number}% accuracy on recordings. Our results hold for small {name}s only.",
    )
    for number, name in enumerate(("Kettle", "Pot", "Pan"), start=1)
]
SAID = "Stormer forecasts the weather and barely changes the standard transformer [1]."


def embed_of(result: InteractionResult) -> discord.Embed:
    shown = [message for message in (result.response, *result.followups) if message is not None and message.embeds]
    assert_within_limits(shown[-1].embeds)
    return shown[-1].embeds[0]


def told(result: InteractionResult) -> str:
    assert result.ephemeral
    shown = [message for message in (result.response, *result.followups) if message is not None]
    return shown[-1].content


def buttons(message: Any) -> list[dict[str, Any]]:
    rows = [row if isinstance(row, dict) else row.to_dict() for row in message.components]
    return [item for row in rows for item in row["components"]]


def labels(message: Any) -> list[str]:
    return [item["label"] for item in buttons(message) if item.get("label")]


def button(message: Any, name: str) -> str:
    [found] = [item["custom_id"] for item in buttons(message) if item["custom_id"].startswith(f"{name}:")]
    return str(found)


async def test_discord_gets_names_and_descriptions_in_every_language(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        commands = {command.name: command for command in await server.bot.tree.fetch_commands()}
    ask, explain = commands["ask"], commands["explain"]
    assert ask.name_localizations == {discord.Locale.german: "fragen", discord.Locale.french: "demander"}
    assert ask.description_localizations[discord.Locale.german].startswith("Frag etwas zu den Papers.")
    assert [option.name_localizations.get(discord.Locale.french) for option in ask.options] == [None, "privé"]
    [level] = [option for option in explain.options if option.name == "level"]
    assert isinstance(level, discord.app_commands.Argument)
    assert level.choices[0].name_localizations[discord.Locale.german] == "für Einsteiger"
    menus = [command for command in commands.values() if command.type is discord.AppCommandType.message]
    assert {menu.name_localizations[discord.Locale.french] for menu in menus} == {
        "Expliquer ces articles",
        "Enregistrer ces articles",
    }


async def test_help_is_in_the_readers_language_with_the_names_that_they_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        speak_in_discord(monkeypatch, member=GERMAN, guild=ENGLISH)
        result = await server.ada.slash(server.channel, "help")
    embed = embed_of(result)
    assert embed.title == "Hilfe"
    assert "- `/fragen` Frag etwas zu den Papers." in (embed.description or "")
    assert "- **Diese Papers erklären**" in (embed.description or "")


@pytest.mark.parametrize(
    ("private", "heading", "footer"),
    [(False, "Extraits", "Recherche dans 52 articles"), (True, "Auszüge", "52 Papers durchsucht")],
)
async def test_an_answer_is_in_the_servers_language_and_a_private_one_in_the_askers(
    private: bool, heading: str, footer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        speak_in_discord(monkeypatch, member=GERMAN, guild=FRENCH)
        result = await server.ada.slash(server.channel, "ask", question="what is Stormer?", private=private)
    embed = embed_of(result)
    assert embed.author.name == heading
    assert (embed.footer.text or "").startswith(footer)
    assert ("Nachfragen" in labels(result.response)) is private
    assert ("Poursuivre" in labels(result.response)) is not private
    reason = "es ist kein Modell eingerichtet" if private else "aucun modèle n’est configuré"
    assert reason in (embed.description or "")


async def test_a_search_and_its_pages_are_in_the_servers_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        speak_in_discord(monkeypatch, member=FRENCH, guild=GERMAN)
        result = await server.ada.slash(server.channel, "search", query="transformers", since="2020")
        first = embed_of(result)
        assert result.response is not None
        await server.bob.click(result.response, custom_id=button(result.response, "page:2"))
        second = result.response.embeds[0]
    for number, embed in enumerate((first, second), start=1):
        assert embed.title == "Suche: transformers"
        assert (embed.description or "").startswith("-# Nur Papers seit dem 1. Jan. 2020")
        assert (embed.footer.text or "").startswith(f"Seite {number} von ")
        assert "Beste Treffer zuerst · " in (embed.footer.text or "")


async def test_an_error_is_told_in_the_language_of_who_alone_sees_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        speak_in_discord(monkeypatch, member=GERMAN, guild=FRENCH)
        unknown = await server.ada.slash(server.channel, "paper", paper="2401.99999")
        alone = await server.ada.slash(server.channel, "compare", first="GPipe", second="GPipe")
    assert told(unknown).startswith(
        "Nicht gefunden: das Paper 2401.99999. In den eingeschalteten Feeds ist zurzeit nichts dazu zu finden."
    )
    assert told(alone).startswith("Zwei der Angaben sind identisch. Nenne zwei bis fünf")


@pytest.mark.slow
async def test_what_a_button_shows_to_one_member_is_in_their_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with FakeModel(says(SAID)) as model:
        async with sample_app(tmp_path, openai={"base_url": model.base_url}) as app, running(app) as server:
            answer = (await server.ada.slash(server.channel, "ask", question="what is Stormer?")).response
            assert answer is not None
            await server.env.restart_bot(server.another_bot())
            speak_in_discord(monkeypatch, member=GERMAN, guild=FRENCH)
            evidence = embed_of(await server.bob.click(answer, custom_id=button(answer, "evidence")))
            verdict = told(await server.bob.click(answer, custom_id=button(answer, "good")))
            refused = told(await server.bob.click(answer, custom_id=button(answer, "again")))
            form = await server.bob.click(answer, custom_id=button(answer, "follow"))
            followed = await server.bob.submit_modal(form, {"question": "and what does SpikeGPT do?"})
    assert evidence.title == "Belege"
    assert (evidence.description or "").startswith("-# Was die Antwort sagt")
    assert verdict.startswith("Danke, als hilfreich vermerkt.")
    assert refused.startswith("Nur wer gefragt hat, kann diese Antwort neu schreiben lassen.")
    assert form.modal is not None
    assert form.modal["title"] == "Nachfragen"
    assert "Recherche dans 52 articles" in (embed_of(followed).footer.text or "")  # all see it


async def test_a_regenerated_answer_is_in_the_servers_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        speak_in_discord(monkeypatch, member=GERMAN, guild=FRENCH)
        answer = (await server.ada.slash(server.channel, "ask", question="what is Stormer?")).response
        assert answer is not None
        await server.ada.click(answer, custom_id=button(answer, "again"))
        assert answer.embeds[0].author.name == "Extraits"
        assert "Régénérer" in labels(answer)


async def test_a_thread_is_greeted_in_the_servers_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        speak_in_discord(monkeypatch, member=GERMAN, guild=FRENCH)
        answer = (await server.ada.slash(server.channel, "ask", question="what is Stormer?")).response
        assert answer is not None
        said = told(await server.bob.click(answer, custom_id=button(answer, "thread")))
        [thread] = server.bot.guilds[0].threads
        greeting = [message.content async for message in thread.history(limit=1)]
    assert said.startswith("Das Gespräch geht in <#")
    assert greeting[0].startswith("Continuez ici\xa0: mentionnez-moi")


async def test_a_mention_is_answered_in_the_servers_language(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        guild = server.env.create_guild(preferred_locale=GERMAN)
        channel = guild.create_text_channel("papers")
        member = guild.add_member(server.env.create_user("cleo"))
        await member.send(channel, f"{server.mention} what is Stormer?")
        assert channel.last_message is not None
        assert channel.last_message.embeds[0].author.name == "Auszüge"
        await member.send(channel, server.mention)
        assert channel.last_message.content.startswith("Es gibt noch keine Frage.")


@pytest.mark.slow
async def test_a_kept_answer_says_nothing_in_another_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = says(
        "In short | 1 | KettleNet hears kettles [1].\nIn short | 2 | PotNet gets 99% [2].\n"
        "In short | 3 | PanNet hears pans [3].\nResult | 3 | It gets 93% accuracy [3]."
    )
    async with FakeModel() as model:
        model.script(lines, faithful, lines, faithful)
        openai = {"base_url": model.base_url, "reading_seconds": 0}
        async with sample_app(tmp_path, papers=PAPERS, openai=openai) as app, running(app) as server:

            async def summary() -> discord.Embed:
                subject = "; ".join(paper.title for paper in PAPERS)
                return embed_of(await server.ada.slash(server.channel, "summarise", subject=subject))

            english = await summary()
            speak_in_discord(monkeypatch, guild=GERMAN)
            german = await summary()
            again = await summary()
    assert "Quoted lines come word for word" in (english.description or "")
    assert "Zeilen in Anführungszeichen stammen wörtlich" in (german.description or "")
    assert "Zeilen in Anführungszeichen stammen wörtlich" in (again.description or "")
    assert "von einer früheren, gleichen Frage übernommen" in (again.footer.text or "")


async def test_the_names_of_rows_are_translated_and_own_ones_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        speak_in_discord(monkeypatch, guild=GERMAN)
        sides = {"first": "Stormer", "second": "SpikeGPT", "aspects": "Answer"}
        embed = embed_of(await server.ada.slash(server.channel, "compare", **sides))
    assert embed.author.name == "Vergleich (Auszüge)"
    for name in ("Methode", "Ergebnis", "Aufwand", "Answer", "Code"):
        assert f"**{name}**\n" in (embed.description or "")
    assert "Der Code ist öffentlich, siehe den Link" in (embed.description or "")
    assert "*steht nicht im Abstract*" in (embed.description or "")


async def test_a_model_that_fails_is_told_in_the_askers_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with FakeModel(fails(401)) as model:
        async with sample_app(tmp_path, openai={"base_url": model.base_url}) as app, running(app) as server:
            speak_in_discord(monkeypatch, member=GERMAN)
            asked = await server.ada.slash(server.channel, "ask", question="what is Stormer?", private=True)
            status = embed_of(await server.ada.slash(server.channel, "status"))
    assert "stammen wörtlich aus Abstracts. Grund: der Modellserver hat den Schlüssel abgelehnt." in (
        embed_of(asked).description or ""
    )
    model_field = next(field.value for field in status.fields if field.name == "Modell")
    assert "gescheitert: der Modellserver hat den Schlüssel abgelehnt;" in (model_field or "")


async def test_every_kind_of_button_speaks_to_its_reader(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        assert app is not None
        kinds = dynamic_items(server)
    assert kinds
    assert [kind.__name__ for kind in kinds if not issubclass(kind, PersistentItem)] == []


def dynamic_items(server: Server) -> list[type[DynamicItem[discord.ui.Item[discord.ui.View]]]]:
    return list(server.bot._connection._view_store._dynamic_items.values())
