"""The link with which an admin adds the bot to a server."""

import discord

PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,  # for the button that moves the talk into a thread
    embed_links=True,
    read_message_history=True,  # to see whether a day's summary was posted, after a crash
)
"""All that the bot needs. None of them lets it moderate, and it asks for no privileged intent."""


def invite_url(application_id: int) -> str:
    """Return the link for an application."""
    return discord.utils.oauth_url(application_id, permissions=PERMISSIONS, scopes=("bot", "applications.commands"))
