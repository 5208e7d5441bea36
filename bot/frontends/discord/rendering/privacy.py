"""What is kept of who asks, as an embed."""

import discord

from bot.config import Settings
from bot.frontends.privacy import NOT_KEPT, TODAY_STAYS, kept, sent


def privacy_embed(settings: Settings) -> discord.Embed:
    """Return what is kept, what is sent to a model, and what the buttons do."""
    lines = "\n".join(f"- {line}" for line in kept(settings))
    text = (
        f"**Kept, in one file on the operator's computer**\n{lines}\n\n{NOT_KEPT}\n\n{sent(settings)}\n\n"
        f"**Export my data** gives you all of it as a file. **Forget me** deletes it. {TODAY_STAYS}"
    )
    return discord.Embed(title="Privacy", description=text, colour=discord.Colour.blurple())


def confirm_embed() -> discord.Embed:
    """Return the question that is asked before anything is deleted."""
    text = (
        "This deletes your answers, conversations, saved papers and notes, what you follow, and your mail address. It "
        "can't be undone; messages in Discord stay where they are, without their evidence."
    )
    return discord.Embed(title="Forget all of it?", description=text, colour=discord.Colour.orange())
