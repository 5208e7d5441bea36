"""The links with which the bot is added: to a server by an admin, to their own account by anybody."""

import discord

PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,  # for the button that moves the talk into a thread
    embed_links=True,
    attach_files=True,  # for the charts of /trends
    read_message_history=True,  # to see whether a day's summary was posted, after a crash
)
"""All that the bot needs. None of them lets it moderate, and it asks for no privileged intent."""


def invite_url(application_id: int) -> str:
    """Return the link that adds an application to a server."""
    return discord.utils.oauth_url(application_id, permissions=PERMISSIONS, scopes=("bot", "applications.commands"))


def user_install_url(application_id: int) -> str:
    """Return the link with which users add an application for themselves, once its owner has allowed that."""
    return f"https://discord.com/oauth2/authorize?client_id={application_id}&integration_type=1&scope=applications.commands"
