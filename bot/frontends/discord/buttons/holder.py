"""How a button, made anew for each press, reaches the parts of the app."""

from typing import Protocol, runtime_checkable

import discord

from bot.app import App


@runtime_checkable
class HoldsApp(Protocol):
    """A client that holds the app."""

    @property
    def app(self) -> App:
        """The parts."""
        ...


def app_of(interaction: discord.Interaction) -> App:
    """Return the app of the client that an interaction came to."""
    client = interaction.client
    assert isinstance(client, HoldsApp), "buttons are added to a client that holds the app"
    return client.app
