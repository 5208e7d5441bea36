"""In which language a server is spoken to: the one that its admins fixed, else the one that it has in Discord."""

from pathlib import Path

import discord
import pytest

from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.factories import make_papers
from tests.frontends.discord.languages import speak_in_discord
from tests.frontends.discord.rendering.limits import assert_within_limits
from tests.frontends.discord.server import Server, running
from tests.frontends.discord.setup.admin import add_admin, fields, opened, said, title
from tests.frontends.discord.test_daily import BEFORE, paper, text, world

GERMAN, FRENCH, ENGLISH = "de", "fr", "en-GB"


async def fix(server: Server, language: str) -> None:
    """Fix a server's language, as /setup does."""
    await server.app.guild_settings.change(str(server.guild.id), interface_language=language)


@pytest.mark.parametrize(("private", "heading"), [(False, "Extraits"), (True, "Auszüge")])
async def test_a_fixed_language_counts_for_what_all_see(
    private: bool, heading: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        speak_in_discord(monkeypatch, member=GERMAN, guild=ENGLISH)
        await fix(server, FRENCH)
        asked = await server.ada.slash(server.channel, "ask", question="what is Stormer?", private=private)
    assert asked.response is not None
    assert asked.response.embeds[0].author.name == heading


async def test_a_mention_is_answered_in_the_fixed_language(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        await fix(server, GERMAN)
        await server.ada.send(server.channel, f"{server.mention} what is Stormer?")
        assert server.last.embeds[0].author.name == "Auszüge"


async def test_setup_and_its_form_are_in_the_admins_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        speak_in_discord(monkeypatch, member=GERMAN, guild=FRENCH)
        boss = add_admin(server)
        message = await opened(server, boss)
        assert title(server, message) == "Einrichtung"
        await boss.select(message, [server.channel], custom_id="setup:channels")
        assert fields(server, message)["Sprachen"] == (
            "Antworten: die Sprache der Frage\nAlles andere: die Discord-Sprache dieses Servers"
        )
        form = await boss.click(message, custom_id="setup:limits")
        assert form.modal is not None
        assert form.modal["title"] == "Grenzen"
        refused = said(await boss.submit_modal(form, {"cooldown_seconds": "many"}))
        form = await boss.click(message, custom_id="setup:limits")
        await boss.submit_modal(form, {"cooldown_seconds": "1200"})
        limits = fields(server, message)["Antworten am Tag (UTC) und Wartezeit dazwischen"]
    assert refused.startswith("„many“ geht nicht als Grenze „Sekunden zwischen zwei Antworten“.")
    assert limits == "Jedes Mitglied: kein Limit\nDieser Server: kein Limit\nWartezeit: 1.200 Sekunden"


async def test_a_link_that_comes_again_is_told_of_in_the_servers_language(tmp_path: Path) -> None:
    papers, clock = make_papers("Alpha Waves"), FakeClock()
    content = {"message_content": True}
    async with sample_app(tmp_path, papers=papers, clock=clock, discord=content) as app, running(app) as server:
        await app.guild_settings.change(str(server.guild.id), channel_memory=True, interface_language=FRENCH)
        await server.ada.send(server.channel, papers[0].url)
        clock.move(days=3)
        await server.bob.send(server.channel, papers[0].url)
        assert server.last.content.startswith("-# `2401.00001` a été discuté le <t:")


async def test_a_digest_is_in_the_servers_language_and_found_again(tmp_path: Path) -> None:
    async with world(tmp_path, paper("Alpha"), locale=FRENCH) as there:
        async with there.run():
            await there.pass_time(hours=1)
        async with there.run():
            await there.add(paper("Beta"), at=BEFORE)
            await there.pass_time(hours=1)
        (message,) = there.digests()
    assert text(message).startswith("Nouveaux articles · jeudi 1 janv. 2026\n")
    assert "1 nouvel article, les plus upvotés d’abord, puis les plus commentés" in text(message)
    assert text(message).endswith("paperbot digest 2026-01-01")


async def test_a_servers_own_digest_says_in_its_language_why_it_is_empty(tmp_path: Path) -> None:
    async with world(tmp_path, paper("Alpha"), locale=GERMAN) as there:
        await there.set_up(name="Morgenpost", topics=("kettles",))
        async with there.run(channels=0):
            await there.pass_time(hours=1)
        (message,) = there.digests()
    assert text(message).startswith("Morgenpost · Donnerstag, 1. Jan. 2026\n")
    assert "1 Paper ist eingetroffen, passt aber nicht zu dieser Übersicht \\(Themen: kettles\\)." in text(message)


async def test_the_list_of_digests_names_permissions_and_days_as_its_reader_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        speak_in_discord(monkeypatch, member=GERMAN)
        await fix(server, FRENCH)
        boss = add_admin(server)
        mute = server.guild.create_text_channel(
            "mute", overwrites={server.guild.default_role: discord.PermissionOverwrite(send_messages=False)}
        )
        refused = await boss.slash(server.channel, "digest add", name="Papers", channel=mute)
        wrong = await boss.slash(server.channel, "digest add", name="Papers", weekdays="someday")
        await boss.slash(server.channel, "digest add", name="Papers", weekdays="Mon-Fri")
        listed = await boss.slash(server.channel, "digest list")
        preview = await boss.slash(server.channel, "digest preview", digest="Papers")
    assert "dort fehlt mir: Nachrichten senden" in said(refused)
    assert said(wrong) == (
        "„someday“ geht nicht als Wochentage der Übersicht. Gib zum Beispiel an: Mon-Fri oder Mon, Wed, Fri."
    )
    assert listed.response is not None
    (embed,) = listed.response.embeds
    assert embed.title == "Übersichten dieses Servers"
    assert "Mo bis Fr um 08:00, UTC" in (embed.description or "")
    assert preview.response is not None
    shown = preview.response.embeds
    assert_within_limits(shown)
    assert "aperçu · vous seul voyez ceci" in (shown[-1].footer.text or "")
