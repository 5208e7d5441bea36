"""What is kept of who asks, as an embed."""

import discord

from bot.config import Settings
from bot.frontends.privacy import NOT_KEPT, TODAY_STAYS, kept, sent
from bot.translation import gettext


def privacy_embed(settings: Settings) -> discord.Embed:
    """Return what is kept, what is sent to a model, and what the buttons do."""
    lines = "\n".join(f"- {line}" for line in kept(settings))
    heading = gettext("Kept, in one file on the operator's computer")
    below = gettext("**Export my data** gives you all of it as a file. **Forget me** deletes it.")
    text = f"**{heading}**\n{lines}\n\n{NOT_KEPT.told()}\n\n{sent(settings)}\n\n{below} {TODAY_STAYS.told()}"
    return discord.Embed(title=gettext("Privacy"), description=text, colour=discord.Colour.blurple())


def confirm_embed() -> discord.Embed:
    """Return the question that is asked before anything is deleted."""
    text = gettext(
        "This deletes your answers, conversations, saved papers and notes, what you follow, and your mail address. It "
        "can't be undone; messages in Discord stay where they are, without their evidence."
    )
    return discord.Embed(title=gettext("Forget all of it?"), description=text, colour=discord.Colour.orange())
