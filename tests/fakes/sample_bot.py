"""A small real discord.py client, run as a process against the fake.

python -m tests.fakes.sample_bot API_URL GATEWAY_URL TOKEN
Ends with status 3 when the token is refused.
"""

import asyncio
import io
import sys
from typing import Any

import discord
import yarl
from discord import app_commands

BAD_TOKEN = 3
NONCE = "digest-2024-05-01"


class Counter(discord.ui.View):
    """One button that edits its own message and one that defers and answers privately."""

    def __init__(self) -> None:
        """Live until the process ends."""
        super().__init__(timeout=None)

    @discord.ui.button(label="More", custom_id="more")
    async def more(self, interaction: discord.Interaction, _button: discord.ui.Button["Counter"]) -> None:
        """Edit the message."""
        await interaction.response.edit_message(content="pressed")

    @discord.ui.button(label="Quiet", custom_id="quiet")
    async def quiet(self, interaction: discord.Interaction, _button: discord.ui.Button["Counter"]) -> None:
        """Answer for the user's eyes only."""
        await interaction.response.defer()
        await interaction.followup.send("psst", ephemeral=True)


class SampleBot(discord.Client):
    """Answers /ask, a message command and mentions."""

    def __init__(self) -> None:
        """Ask for no privileged intent."""
        intents = discord.Intents.default()
        super().__init__(intents=intents, guild_ready_timeout=0.1, allowed_mentions=discord.AllowedMentions.none())
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        """Register and sync the commands."""
        ask: app_commands.Command[Any, ..., None] = app_commands.Command(name="ask", description="Ask", callback=answer)
        ask.autocomplete("question")(suggest)
        self.tree.add_command(ask)
        self.tree.add_command(app_commands.ContextMenu(name="Quote", callback=quote))
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Skip the 5 s that discord.py waits before it identifies again."""

    async def on_message(self, message: discord.Message) -> None:
        """Do what a mention asks for and say what came of it."""
        if self.user is None or message.author == self.user:
            return
        if self.user not in message.mentions:
            await message.channel.send(f"unaddressed: {message.content!r}")
            return
        wish = message.content.removeprefix(self.user.mention).strip()
        try:
            await self.grant(wish, message)
        except discord.HTTPException as error:
            await message.reply(f"{error.status} {error.code}")

    async def grant(self, wish: str, message: discord.Message) -> None:
        """Do what a mention asks for."""
        match wish:
            case "twice":
                first = await message.channel.send("once only", nonce=NONCE)
                second = await message.channel.send("once only", nonce=NONCE)
                await message.reply(f"same: {first.id == second.id}")
            case "long":
                await message.channel.send("x" * 2_001)
            case "history":
                newest = [one async for one in message.channel.history(limit=2)]
                after = [one async for one in message.channel.history(after=newest[-1], limit=1)]
                seen = ", ".join(f"{one.author.name}={one.content}" for one in newest)
                await message.reply(f"{seen} | {after[0].id == newest[0].id} | {newest[0].nonce}")
            case "buttons":
                await message.channel.send("press", view=Counter())
            case "thread":
                thread = await message.create_thread(name="Follow-up")
                await thread.send("in the thread", file=discord.File(io.BytesIO(b"text"), "notes.txt"))
            case "private":
                await message.author.send("hello")
            case "edit":
                sent = await message.channel.send("draft", embed=discord.Embed(title="T", description="@everyone"))
                await sent.edit(content="final @everyone")
            case _:
                await message.reply(f"you said {wish}")


async def answer(interaction: discord.Interaction, question: str) -> None:
    """Answer a slash command the way the bot does: defer, then follow up."""
    await interaction.response.defer(thinking=True, ephemeral=question == "secret")
    await interaction.followup.send(f"about {question}")
    await interaction.edit_original_response(content=f"about {question}, edited")
    await interaction.followup.send("and more")


async def suggest(_interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
    """Offer one completion."""
    return [app_commands.Choice(name=f"{current}?", value=current)]


async def quote(interaction: discord.Interaction, message: discord.Message) -> None:
    """Answer a message command at once."""
    await interaction.response.send_message(f"> {message.content}", ephemeral=True)


async def main(api: str, gateway: str, token: str) -> None:
    """Redirect discord.py and run the client until it ends."""
    discord.http.Route.BASE = api
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
    async with SampleBot() as bot:
        await bot.start(token)


if __name__ == "__main__":
    try:
        asyncio.run(main(*sys.argv[1:]))
    except discord.LoginFailure:
        sys.exit(BAD_TOKEN)
